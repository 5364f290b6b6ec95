using Retort.Http;

namespace Retort.Login;

/// <summary>URLs of login pages, and of where to go from them. Source: flask_login.utils, login_url, make_next_param, expand_login_view.</summary>
internal static class LoginUrls
{
    /// <summary>The URL of a login view: an endpoint's, or the URL itself.</summary>
    public static string Expand(string view) =>
        view.StartsWith('/') || view.StartsWith("http://", StringComparison.Ordinal) || view.StartsWith("https://", StringComparison.Ordinal) ? view : Globals.UrlFor(view);

    /// <summary>The login page with the page to come back to in its query.</summary>
    public static string For(Context context, string view, string? nextUrl, string nextField)
    {
        var expanded = Expand(view);
        if (nextUrl is null)
            return expanded;
        var parts = UrlParts.Of(expanded);
        var pairs = UrlEncoded.Parse(parts.Query).Items().Where(pair => pair.Key != nextField).Append(KeyValuePair.Create(nextField, Next(expanded, nextUrl)))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal);
        var host = context.App.Config.Get<string>("FORCE_HOST_FOR_REDIRECTS") is { Length: > 0 } forced ? forced : parts.Host;
        return (parts with { Host = host, Query = string.Join('&', pairs.Select(pair => $"{Encode(pair.Key)}={Encode(pair.Value)}")) }).ToString();
    }

    /// <summary>The page to come back to: path and query where the login page is on the same host, else the whole URL.</summary>
    public static string Next(string loginUrl, string currentUrl)
    {
        var (login, current) = (UrlParts.Of(loginUrl), UrlParts.Of(currentUrl));
        if ((login.Scheme.Length > 0 && login.Scheme != current.Scheme) || (login.Host.Length > 0 && login.Host != current.Host))
            return currentUrl;
        // A path of two slashes would be another host to the browser that is sent there.
        var path = current.Path.StartsWith("//", StringComparison.Ordinal) ? "/" + current.Path.TrimStart('/') : current.Path;
        return Encoded((current with { Scheme = "", Host = "", Path = path, Fragment = "" }).ToString());
    }

    /// <summary>Where the request wants to go after the login, if that stays on this site; else the fallback.</summary>
    public static string After(Context context, string fallback)
    {
        var wanted = context.App.Config.Get("USE_SESSION_FOR_NEXT", false) ? context.Session.Pop<string>(LoginKeys.Next) : context.Request.Values.Get(LoginKeys.Next);
        return wanted is not null && RedirectTargets.IsSafe(wanted, context.Request.Host) ? wanted : fallback;
    }

    /// <summary>A readable URL may hold characters that browsers pass over, or take for a slash.</summary>
    private static string Encoded(string url) =>
        string.Concat(url.Select(character => character is '\\' or <= ' ' or (>= '\x7f' and <= '\xa0') ? Uri.EscapeDataString(character.ToString()) : character.ToString()));

    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
