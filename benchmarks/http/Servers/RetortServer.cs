using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using static Retort.Globals;

namespace Retort.Benchmarks.Http.Servers;

internal static class RetortServer
{
    public static void Run(int port)
    {
        var app = new App(rootPath: Path.Combine(AppContext.BaseDirectory, "Servers")) { SecretKey = "benchmark" };

        app.Get("/plaintext", () => new Response("Hello, World!", mimeType: "text/plain"));
        app.Get("/json", () => new { message = "Hello, World!" });
        app.Get("/posts/<int:id>", (int id) => $"post {id}");
        app.Get("/search", ([FromQuery] string q, [FromQuery] int page = 1) => $"{q}, page {page}");
        app.Post("/echo", ([FromBody] Person person) => person);
        app.Post("/form", ([FromForm] string name, [FromForm] int age) => $"{name} is {age}");
        for (var i = 0; i < 500; i++)
        {
            var area = i;
            app.Get($"/area/{area}/items/<int:id>", (int id) => $"item {id} of area {area}");
        }
        app.Get("/users/<name>/posts/<int:id>", (string name, int id) => $"{name} wrote post {id}");
        app.Get("/counter", Counter);
        app.Get("/page", () => RenderTemplate("page.html", new { rows = Row.All }));

        app.Run("run", "--port", port.ToString(CultureInfo.InvariantCulture), "--no-access-log");
    }

    private static string Counter()
    {
        var count = Session.Get("count", 0) + 1;
        Session["count"] = count;
        return count.ToString(CultureInfo.InvariantCulture);
    }
}
