using Retort.Jinja;

namespace Retort.Http;

/// <summary>What a redirect consists of. Source: werkzeug.utils.redirect.</summary>
public static class RedirectPage
{
    /// <summary>The page for clients that do not follow by themselves.</summary>
    public static string Html(string location)
    {
        var link = Markup.Escape(location);
        return "<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n" +
            $"<p>You should be redirected automatically to the target URL: <a href=\"{link}\">{link}</a>. If not, click the link.\n";
    }

    /// <summary>The value of the <c>Location</c> header: the location as given, percent-encoded where it has to be.</summary>
    public static string Location(string location) => UriText.ToUri(location);
}
