using System.Text.RegularExpressions;

namespace Retort.Toolbar;

/// <summary>
/// Makes a page with a link of a redirect, so that the request before it can be looked at. Its headers stay, and with them its cookies. 307 and 308 are left alone: a link cannot send the
/// form again. Source: flask_debugtoolbar, DEBUG_TB_INTERCEPT_REDIRECTS.
/// </summary>
internal static partial class RedirectInterception
{
    /// <summary>Makes the page, if the response is a redirect. Returns whether it is.</summary>
    public static bool Apply(Response response)
    {
        if (response.StatusCode is not (301 or 302 or 303) || response.Location is not { } location)
            return false;
        var page = Write(location, response.Status);
        response.StatusCode = 200;
        response.Headers.Remove("Location");
        response.Headers.Remove("Content-Length");
        response.Headers.Remove("Content-Encoding");
        response.ContentType = "text/html; charset=utf-8";
        response.Text = page;
        return true;
    }

    private static string Write(string location, string status)
    {
        var html = ToolbarPage.Begin("Redirect intercepted");
        html.Add($"""
            <body>
            <h1>Redirect intercepted</h1>
            <p>The app answered <b>{status}</b> with a redirect to:</p>

            """);
        if (IsLink(location))
            html.Add($"<p><a href=\"{location}\" autofocus=\"\">{location}</a></p>\n");
        else
            html.Add($"<p><code>{location}</code>, which is no address that a browser follows.</p>\n");
        html.Add($"""
            <p>The debug toolbar has stopped it here, so that you can look at the request that led to it. To follow redirects without this page, set
            <code>DEBUG_TB_INTERCEPT_REDIRECTS</code> to false.</p>
            </body>
            </html>

            """);
        return html.ToString();
    }

    /// <summary>
    /// Whether a browser would go there: it follows a redirect to a page, but no <c>javascript:</c>, which it would run as a link. Controls are left out before, as browsers do.
    /// Source: URL standard, basic URL parser.
    /// </summary>
    private static bool IsLink(string location) =>
        Scheme().Match(string.Concat(location.Where(c => c > ' '))) is not { Success: true } scheme || scheme.Groups[1].Value.ToUpperInvariant() is "HTTP" or "HTTPS";

    [GeneratedRegex("^([a-zA-Z][a-zA-Z0-9+.-]*):")]
    private static partial Regex Scheme();
}
