using System.Text;
using Microsoft.AspNetCore.Http;

namespace Retort.Development.Reloading;

/// <summary>What is answered while the source does not compile, or the app is being started again. A browser asks again by itself until the app answers.</summary>
internal static class BuildErrorPage
{
    private const string Header = "X-Retort-Reloading";

    /// <summary>Writes the answer.</summary>
    public static async Task Write(HttpContext http, IReadOnlyList<BuildError> errors, bool isTrusted)
    {
        // Others are told nothing of the source.
        var shown = isTrusted ? errors : [];
        var state = StateOf(shown);
        var isPage = http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        var nonce = Secrets.Token();
        var bytes = Encoding.UTF8.GetBytes(isPage ? Page(shown, state, nonce) : Text(shown));
        http.Response.StatusCode = shown.Count > 0 ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = isPage ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        http.Response.Headers[Header] = state;
        http.Response.Headers.RetryAfter = "1";
        // The port is the app's as soon as it is ready.
        http.Response.Headers.Connection = "close";
        foreach (var (name, value) in isPage ? DebugShell.Headers(nonce) : DebugShell.PlainHeaders)
            http.Response.Headers[name] = value;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    /// <summary>The page asks for itself again when what it shows is no longer so.</summary>
    private static string StateOf(IReadOnlyList<BuildError> errors) => errors.Count == 0 ? "starting" : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Text(errors))))[..16];

    private static string Text(IReadOnlyList<BuildError> errors) =>
        errors.Count == 0 ? "The app is starting. Ask once more in a second.\n" : "The app does not compile:\n\n" + string.Concat(errors.Select(Excerpt));

    private static string Excerpt(BuildError error)
    {
        var text = new StringBuilder().Append(error).Append('\n');
        if (SourceReader.OfFile(error.File, error.Line) is { } source)
        {
            text.Append("    ").Append(source.Text).Append('\n');
            if (TracebackText.Caret(source with { Column = error.Column }) is { } caret)
                text.Append("    ").Append(caret).Append('\n');
        }
        return text.Append('\n').ToString();
    }

    private static string Page(IReadOnlyList<BuildError> errors, string state, string nonce)
    {
        var html = DebugShell.Begin(errors.Count == 0 ? "Starting // Retort" : "The app does not compile // Retort", nonce);
        html.Add($"<body data-state=\"{state}\">\n<header>\n");
        html.Add($"<h1>{(errors.Count == 0 ? "The app is starting" : "The app does not compile")}</h1>\n");
        html.Add($"<p class=message>{(errors.Count == 0 ? "This page follows by itself." : "Correct it and save: this page follows by itself.")}</p>\n</header>\n<main>\n");
        foreach (var error in errors)
            WriteError(html, error);
        html.Add($"</main>\n<script nonce=\"{nonce}\">\n");
        html.AddOwn(Asset.Reloading);
        html.Add($"</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void WriteError(HtmlWriter html, BuildError error)
    {
        var line = error.Line > 0 ? $", line {error.Line}" : "";
        html.Add($"<section class=frame>\n<h2><span class=type>{error.Code}</span>: {error.Message}</h2>\n<p class=place>{error.File}{line}</p>\n");
        if (SourceReader.OfFile(error.File, error.Line) is { } source)
            DebugPage.WriteSource(html, source with { Column = error.Column });
        html.Add($"</section>\n");
    }
}
