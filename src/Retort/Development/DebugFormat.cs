using Retort.Http;

namespace Retort.Development;

/// <summary>In which form a client takes what goes wrong.</summary>
internal enum DebugFormat
{
    Html,
    Text,
    Json,
}

/// <summary>Reads from a request's headers in which form its sender takes what goes wrong.</summary>
internal static class DebugFormats
{
    /// <summary>HTML for browsers; JSON for who asks for it by name, or is a script; text for everybody else, such as curl.</summary>
    public static DebugFormat Of(Request request)
    {
        if (Names(request, "html"))
            return PrefersJson(request) ? DebugFormat.Json : DebugFormat.Html;
        return Names(request, "json") || request.Headers["X-Requested-With"] == "XMLHttpRequest" ? DebugFormat.Json : DebugFormat.Text;
    }

    /// <summary>Whether the client takes JSON and no HTML at all: browsers and curl do take it.</summary>
    public static bool TakesJsonAlone(Request request) =>
        request.Headers.Accept.Count > 0 && Names(request, "json") && !request.AcceptMimeTypes.Any(item => item.Value.StartsWith("*/", StringComparison.Ordinal) || item.Value.StartsWith("text/", StringComparison.Ordinal) || IsNamed(item.Value, "html"));

    private static bool PrefersJson(Request request) => request.AcceptMimeTypes.Quality("application/json") > request.AcceptMimeTypes.Quality("text/html");

    private static bool Names(Request request, string kind) => request.AcceptMimeTypes.Any(item => item.Quality > 0 && IsNamed(item.Value, kind));

    private static bool IsNamed(string type, string kind) => type.Split(';')[0].TrimEnd() is var name
        && (name.EndsWith("/" + kind, StringComparison.OrdinalIgnoreCase) || name.EndsWith("+" + kind, StringComparison.OrdinalIgnoreCase) || (kind == "html" && name.EndsWith("/xhtml+xml", StringComparison.OrdinalIgnoreCase)));
}
