using Retort.Jinja;
using static Retort.Globals;

namespace Retort.Twin;

internal static class JsonValues
{
    public static void AddTo(App app)
    {
        app.Get("/json/types", Types);
        app.Get("/json/numbers", Numbers);
        app.Get("/json/strings", Strings);
        app.Get("/json/jsonify", Jsonified);
        app.Get("/json/bad-value", () => new Dictionary<string, object> { ["bad"] = typeof(App) });
        app.Post("/json/echo", () => new { json = Request.GetJson() });
        app.Post("/json/property", () => new { json = Request.Json });
        app.Post("/json/silent", () => new { json = Request.GetJson(silent: true) });
        app.Post("/json/force", () => new { json = Request.GetJson(force: true) });
    }

    private static object Types() => new
    {
        datetime = new DateTimeOffset(2024, 2, 29, 12, 30, 45, TimeSpan.Zero),
        naive = new DateTime(2024, 2, 29, 12, 30, 45, DateTimeKind.Unspecified),
        offset = new DateTimeOffset(2024, 2, 29, 12, 30, 45, TimeSpan.FromHours(2)),
        date = new DateOnly(2024, 2, 29),
        @decimal = 12.340m,
        uuid = Guid.Parse("12345678-1234-5678-1234-567812345678"),
        html = new Html(),
        dataclass = new Pair(1, 2.0),
        markup = new Markup("<b>"),
        tuple = (1, 2),
    };

    private static object Numbers() => new
    {
        i = 12345678901234567890,
        f = 1.0,
        e = 1e22,
        s = 1e-7,
        t = 0.1,
        n = -0.0,
        big = 1e16,
        third = 1.0 / 3,
        int_keys = new Dictionary<int, string> { [2] = "b", [10] = "c", [1] = "a" },
    };

    private static object Strings() => new
    {
        quote = "\"\\/",
        ctl = "\b\f\n\r\t\u0001\u007f",
        uni = "é日😀\u2028",
        html = "<a href='x'>&</a>",
        B = 1,
        a = 2,
        _ = 3,
        A = 4,
    };

    private static Response Jsonified() => Request.Args.Get("kind") switch
    {
        "kw" => Jsonify(new { b = 1, a = 2 }),
        "args" => Jsonify(1, 2, "x"),
        "one" => Jsonify("text"),
        "none" => Jsonify(null),
        "empty" => Jsonify(),
        var other => throw new ArgumentException($"no kind '{other}'"),
    };

    private sealed class Html : IHtml
    {
        public string ToHtml() => "<p>html</p>";
    }

    private sealed record Pair(int x, double y);
}
