using System.Text;
using Microsoft.AspNetCore.Http;

namespace Retort.Development.Reloading;

/// <summary>What is answered while the source does not compile, or the app is being started again. A browser asks again by itself until the app answers.</summary>
internal static class BuildErrorPage
{
    private const string Header = "X-Retort-Reloading";

    /// <summary>Writes the answer.</summary>
    public static Task Write(HttpContext http, IReadOnlyList<BuildError> errors, bool isTrusted)
    {
        // Others are told nothing of the source.
        var shown = isTrusted ? errors : [];
        var state = StateOf(shown);
        var isPage = http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        var nonce = Secrets.Token();
        var status = shown.Count > 0 ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers[Header] = state;
        http.Response.Headers.RetryAfter = "1";
        // The port is the app's as soon as it is ready.
        http.Response.Headers.Connection = "close";
        return (isPage ? DebugAnswer.Html(status, Page(shown, state, nonce), nonce) : DebugAnswer.Plain(status, Text(shown))).Write(http);
    }

    /// <summary>The page asks for itself again when what it shows is no longer so.</summary>
    private static string StateOf(IReadOnlyList<BuildError> errors) => errors.Count == 0 ? "starting" : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Text(errors))))[..16];

    private static string Text(IReadOnlyList<BuildError> errors) =>
        errors.Count == 0 ? "The app is starting. Ask once more in a second.\n" : "The app does not compile:\n\n" + string.Concat(errors.Select(Excerpt));

    private static string Excerpt(BuildError error)
    {
        var text = new StringBuilder().Append(error).Append('\n');
        if (SourceOf(error) is { } source)
        {
            text.Append("    ").Append(source.Text).Append('\n');
            if (TracebackText.Caret(source) is { } caret)
                text.Append("    ").Append(caret).Append('\n');
        }
        return text.Append('\n').ToString();
    }

    private static string Page(IReadOnlyList<BuildError> errors, string state, string nonce) => DebugShell.Page("building.html", new
    {
        title = errors.Count == 0 ? "Starting // Retort" : "The app does not compile // Retort",
        nonce,
        state,
        errors = errors.Select(error => new { error.Code, error.Message, error.File, error.Line, Source = SourceOf(error)?.Shown.ToList() }).ToList(),
    });

    private static SourceExcerpt? SourceOf(BuildError error) => SourceReader.OfFile(error.File, error.Line) is { } source ? source with { Column = error.Column } : null;
}
