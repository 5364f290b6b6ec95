using System.Globalization;
using static Retort.Globals;

namespace Retort.Benchmarks.Http.Servers;

internal static class RetortServer
{
    public static void Run(int port)
    {
        var app = new App(rootPath: Path.Combine(AppContext.BaseDirectory, "Servers")) { SecretKey = "benchmark" };

        app.Get("/plaintext", () => new Response("Hello, World!", mimeType: "text/plain"));
        app.Get("/json", () => new { message = "Hello, World!" });
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
