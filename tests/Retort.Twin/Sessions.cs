using System.Runtime.CompilerServices;
using Retort.Jinja;
using static Retort.Globals;

namespace Retort.Twin;

internal static class Sessions
{
    public static Blueprint Blueprint()
    {
        var sess = new Blueprint("sess") { UrlPrefix = "/session" };
        sess.Post("/set", Set);
        sess.Get("/get/<key>", (string key) => (Session.TryGetValue(key, out var value) ? Shown(value) : "<unset>", new[] { ("Content-Type", "text/plain") }));
        sess.Get("/all", () => new Dictionary<string, object?>(Session));
        sess.Get("/clear", Clear);
        sess.Get("/pop/<key>", (string key) => new { popped = Session.Pop<object>(key), left = Session.Keys.Order(StringComparer.Ordinal).ToList() });
        sess.Get("/permanent", Permanent);
        sess.Get("/no-touch", () => "session not used");
        sess.Get("/count", () => $"{Session["n"] = Session.Get("n", 0) + 1}");
        sess.Get("/nested-silent", NestedSilent);
        sess.Get("/nested-flag", NestedFlag);
        sess.Get("/types-set", SetTypes);
        sess.Get("/types-show", () => Session.ToDictionary(entry => entry.Key, entry => TypeName(entry.Value)));
        return sess;
    }

    private static string Set()
    {
        foreach (var (key, value) in Request.Form)
            Session[key] = value;
        return "set";
    }

    private static string Clear()
    {
        Session.Clear();
        return "cleared";
    }

    private static string Permanent()
    {
        Session.Permanent = true;
        Session["p"] = 1;
        return "permanent";
    }

    private static object NestedSilent()
    {
        if (!Session.ContainsKey("box"))
            Session.SetDefault("box", new List<object?>()).Add("x");
        else
            Session.Get<List<object?>>("box")!.Add("y");
        return new { box = Session["box"], modified = Session.Modified };
    }

    private static object NestedFlag()
    {
        ((List<object?>)Session["box"]!).Add("z");
        Session.Modified = true;
        return new { box = Session["box"] };
    }

    private static string SetTypes()
    {
        Session["t"] = (1, ValueTuple.Create("a"));
        Session["m"] = new Markup("<b>");
        Session["b"] = new byte[] { 0x00, 0xFF };
        Session["u"] = Guid.Parse("12345678-1234-5678-1234-567812345678");
        Session["d"] = new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.Zero);
        Session["f"] = 1.5;
        Session["n"] = null;
        Session["l"] = new List<object?> { true };
        return "ok";
    }

    /// <summary>A value as Python prints it.</summary>
    private static string Shown(object? value) => RenderTemplateString("{{ value|safe }}", new { value });

    private static string TypeName(object? value) => value switch
    {
        null => "none",
        Markup => "markup",
        string => "string",
        byte[] => "bytes",
        Guid => "uuid",
        DateTime or DateTimeOffset => "datetime",
        double => "float",
        bool => "bool",
        ITuple => "tuple",
        IDictionary<string, object?> => "map",
        IEnumerable<object?> => "list",
        _ => "int",
    };
}
