using System.Text.RegularExpressions;

namespace Retort.Routing;

/// <summary>The target of a rule that redirects, and how a target is resolved against the application's root.</summary>
internal static partial class RedirectTemplate
{
    public static IEnumerable<string> VariablesOf(string? template) => template is null ? [] : Variable().Matches(template).Select(match => match.Groups[1].Value);

    /// <summary>
    /// The absolute URL of a target. Only what the template's own text says leads to another host: text that came in with a variable
    /// (<c>http://elsewhere</c>, <c>//elsewhere</c>) is a path on this one.
    /// </summary>
    public static string Resolve(string origin, string root, string template, Func<string, string> valueOf)
    {
        var target = Variable().Replace(template, match => valueOf(match.Groups[1].Value));
        var literal = template.IndexOf('<', StringComparison.Ordinal) is var variable and >= 0 ? template[..variable] : template;
        return Host().IsMatch(literal) ? target : Local(origin, root, target);
    }

    /// <summary>The absolute URL of a target that code computed: absolute if it names a scheme, otherwise on this host.</summary>
    public static string Resolve(string origin, string root, string target) => Scheme().IsMatch(target) ? target : Local(origin, root, target);

    private static string Local(string origin, string root, string target)
    {
        var end = target.AsSpan().IndexOfAny('?', '#') is var mark and >= 0 ? mark : target.Length;
        var path = target[..end].Replace('\\', '/');
        path = UrlPath.WithoutDots(path.StartsWith('/') ? path : root + path);
        return $"{origin}/{path.TrimStart('/')}{target[end..]}";
    }

    [GeneratedRegex("<([^>]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/]|^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
