using System.Text.RegularExpressions;

namespace Retort.Toolbar;

/// <summary>Finds the nonce that a response's policy allows scripts by.</summary>
internal static partial class ContentNonce
{
    public static string? Of(Response? response)
    {
        if (response is null || !response.Headers.Contains("Content-Security-Policy"))
            return null;
        var policy = response.ContentSecurityPolicy;
        // In the order in which browsers look: what is said of script elements, of scripts, of everything.
        var sources = policy["script-src-elem"] ?? policy["script-src"] ?? policy["default-src"];
        return sources is not null && Nonce().Match(sources) is { Success: true } found ? found.Groups[1].Value : null;
    }

    [GeneratedRegex("'nonce-([^']+)'", RegexOptions.IgnoreCase)]
    private static partial Regex Nonce();
}
