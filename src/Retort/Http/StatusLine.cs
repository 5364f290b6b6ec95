using System.Globalization;

namespace Retort.Http;

/// <summary>A status given as text: <c>418 I'M A TEAPOT</c>. Source: werkzeug.Response.status.</summary>
internal static class StatusLine
{
    public static string For(int code) => HttpStatus.Reason(code)?.ToUpperInvariant() ?? "UNKNOWN";

    /// <summary>Code and reason; the reason is null when there is none or it is the code's own. Throws <see cref="FormatException"/>.</summary>
    public static (int Code, string? Reason) Parse(string status)
    {
        var text = status.Trim();
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var number = space < 0 ? text : text[..space];
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 100 or > 999)
            throw new FormatException($"'{status}' is no status: give a number from 100 to 999, or a number and a reason, such as \"404 NOT FOUND\".");
        var reason = space < 0 ? null : text[(space + 1)..].Trim();
        return (code, reason == For(code) ? null : reason);
    }
}
