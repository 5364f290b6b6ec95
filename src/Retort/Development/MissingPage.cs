using System.Text;

namespace Retort.Development;

/// <summary>A rule as the page of a missing address lists it.</summary>
internal sealed record ListedRoute(string Rule, string Endpoint, string Methods);

/// <summary>The page for an address that no rule matches: all rules, the nearest first.</summary>
internal static class MissingPage
{
    private const int MostNear = 3;
    private const int LongestWord = 100;

    /// <summary>The page as HTML.</summary>
    public static string Write(string method, string path, IReadOnlyList<ListedRoute> routes, string nonce)
    {
        var (near, others) = Sort(path, routes);
        return DebugShell.Page("missing.html", new { title = "404 Not Found // Retort Debugger", nonce, method, path, near, others });
    }

    /// <summary>The same as plain text.</summary>
    public static string Text(string method, string path, IReadOnlyList<ListedRoute> routes)
    {
        var (near, others) = Sort(path, routes);
        var text = new StringBuilder($"404 Not Found: no rule of this app matches {method} {path}\n");
        Append(text, near.Count > 0 ? "Nearest rules:" : "", near);
        Append(text, near.Count > 0 ? "Other rules:" : "Rules:", others);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<ListedRoute> routes)
    {
        if (routes.Count == 0)
            return;
        text.Append(title).Append('\n');
        foreach (var route in routes)
            text.Append("  ").Append(route.Rule).Append("  (").Append(route.Endpoint).Append(", ").Append(route.Methods).Append(")\n");
    }

    private static (IReadOnlyList<ListedRoute> Near, IReadOnlyList<ListedRoute> Others) Sort(string path, IReadOnlyList<ListedRoute> routes)
    {
        var wanted = Words(path);
        var near = routes.Select(route => (Route: route, Likeness: Likeness(wanted, Words(route.Rule)))).Where(pair => pair.Likeness >= 0.6)
            .OrderByDescending(pair => pair.Likeness).Take(MostNear).Select(pair => pair.Route).ToList();
        return (near, [.. routes.Except(near)]);
    }

    private static string[] Words(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How far two paths are alike, from 0 to 1: part by part, where a variable fits anything but a little worse than the right word.</summary>
    private static double Likeness(string[] path, string[] rule)
    {
        var longest = Math.Max(path.Length, rule.Length);
        if (longest == 0)
            return 1;
        var sum = 0.0;
        for (var i = 0; i < Math.Min(path.Length, rule.Length); i++)
            sum += rule[i].Contains('<', StringComparison.Ordinal) ? 0.7 : path[i].Length > LongestWord ? 0 : Routing.Similarity.Ratio(path[i].ToLowerInvariant(), rule[i].ToLowerInvariant());
        return sum / longest;
    }
}
