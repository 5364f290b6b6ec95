using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Retort.Benchmarks.Http.Servers;

/// <summary>The least that Kestrel can do: one delegate that looks at the path. It has no sessions, files or pages.</summary>
internal static class KestrelServer
{
    public static void Run(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        ((IApplicationBuilder)app).Run(Answer);
        app.Run();
    }

    private static Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        switch (path)
        {
            case "/plaintext":
                return Write(http, "text/plain; charset=utf-8", "Hello, World!"u8);
            case "/json":
                return Write(http, "application/json", JsonSerializer.SerializeToUtf8Bytes(new { message = "Hello, World!" }));
            case var _ when path.StartsWith("/users/", StringComparison.Ordinal):
                var parts = path.Split('/');
                return Write(http, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"{parts[2]} wrote post {int.Parse(parts[4], CultureInfo.InvariantCulture)}"));
            case var _ when path.StartsWith("/posts/", StringComparison.Ordinal):
                return Write(http, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"post {int.Parse(path.AsSpan(7), CultureInfo.InvariantCulture)}"));
            case "/search":
                return Write(http, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"{http.Request.Query["q"]}, page {int.Parse(http.Request.Query["page"]!, CultureInfo.InvariantCulture)}"));
            case "/echo":
                return Echo(http);
            case "/form":
                return Form(http);
            case var _ when path.StartsWith("/area/", StringComparison.Ordinal):
                var names = path.Split('/');
                return Write(http, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"item {int.Parse(names[4], CultureInfo.InvariantCulture)} of area {names[2]}"));
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private static async Task Echo(HttpContext http) =>
        await Write(http, "application/json", JsonSerializer.SerializeToUtf8Bytes(await JsonSerializer.DeserializeAsync<Person>(http.Request.Body)));

    private static async Task Form(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        await Write(http, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"{form["name"]} is {int.Parse(form["age"]!, CultureInfo.InvariantCulture)}"));
    }

    private static Task Write(HttpContext http, string type, ReadOnlySpan<byte> body)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        body.CopyTo(http.Response.BodyWriter.GetSpan(body.Length));
        http.Response.BodyWriter.Advance(body.Length);
        return http.Response.BodyWriter.FlushAsync().AsTask();
    }
}
