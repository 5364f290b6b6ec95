using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Retort.Benchmarks.Http.Servers;

/// <summary>The same app on ASP.NET Core's minimal APIs. The page is put together by hand, which is the least that any template engine could cost.</summary>
internal static class MinimalServer
{
    public static void Run(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        app.UseStaticFiles(new StaticFileOptions { RequestPath = "/static", FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "Servers", "static")) });

        app.MapGet("/plaintext", () => "Hello, World!");
        app.MapGet("/json", () => new Message("Hello, World!"));
        app.MapGet("/posts/{id:int}", (int id) => $"post {id}");
        app.MapGet("/search", (string q, int page = 1) => $"{q}, page {page}");
        app.MapPost("/echo", (Person person) => person);
        app.MapPost("/form", ([FromForm] string name, [FromForm] int age) => $"{name} is {age}").DisableAntiforgery();
        for (var i = 0; i < 500; i++)
        {
            var area = i;
            app.MapGet($"/area/{area}/items/{{id:int}}", (int id) => $"item {id} of area {area}");
        }
        app.MapGet("/users/{name}/posts/{id:int}", (string name, int id) => $"{name} wrote post {id}");
        app.MapGet("/counter", Counter);
        app.MapGet("/page", () => Results.Text(Page(), "text/html; charset=utf-8"));

        app.Run();
    }

    private static string Counter(HttpContext http)
    {
        var session = SignedCookie.Read(http.Request) ?? [];
        session["count"] = session.GetValueOrDefault("count") + 1;
        SignedCookie.Write(http.Response, session);
        return session["count"].ToString(CultureInfo.InvariantCulture);
    }

    private static string Page()
    {
        var rows = new StringBuilder();
        foreach (var row in Row.All)
            rows.Append(CultureInfo.InvariantCulture, $"<tr><td>{row.Id}</td><td>{HtmlEncoder.Default.Encode(row.Text)}</td></tr>\n");
        return Layout("Fortunes", $"<table>\n<tr><th>id</th><th>message</th></tr>\n{rows}</table>\n");
    }

    private static string Layout(string title, string content) =>
        $"<!DOCTYPE html>\n<html>\n<head><title>{HtmlEncoder.Default.Encode(title)}</title></head>\n<body>\n{content}</body>\n</html>\n";

    private sealed record Message(string message);
}
