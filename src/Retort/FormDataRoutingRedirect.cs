namespace Retort;

/// <summary>
/// In debug mode, a redirect by a rule after which a browser would drop the form that was sent: the method is not GET, HEAD or OPTIONS, and the code not 307 or 308.
/// Source: flask.debughelpers.FormDataRoutingRedirect.
/// </summary>
public sealed class FormDataRoutingRedirect : InvalidOperationException
{
    internal FormDataRoutingRedirect(string url, string baseUrl, string location) : base(MessageOf(url, baseUrl, location))
    {
    }

    /// <summary>The error for a redirect, or null when the browser keeps the form.</summary>
    internal static FormDataRoutingRedirect? For(Context context, Response redirect) =>
        redirect.Location is { } location && redirect.StatusCode is not (307 or 308) && context.Request.Method is not ("GET" or "HEAD" or "OPTIONS")
            ? new FormDataRoutingRedirect(context.Request.Url, context.Request.BaseUrl, location)
            : null;

    private static string MessageOf(string url, string baseUrl, string location)
    {
        var slash = baseUrl + "/" == location.Split('?')[0]
            ? " The URL was defined with a trailing slash. A request without it is redirected to the URL with it."
            : "";
        return $"A request was sent to '{url}', but routing issued a redirect to the canonical URL '{location}'.{slash} "
            + "Send requests to the canonical URL, or use 307 or 308 for routing redirects. Otherwise, browsers will drop form data.\n\nThis exception is only raised in debug mode.";
    }
}
