using Retort.Http;

namespace Retort;

/// <summary>Makes redirects. Source: werkzeug.utils.redirect.</summary>
internal static class Redirects
{
    public static Response To(string location, int code)
    {
        if (code is < 100 or > 999)
            throw new ArgumentOutOfRangeException(nameof(code), code, $"cannot redirect with status {code}: use 301, 302, 303, 305, 307 or 308.");
        var response = new Response(RedirectPage.Html(location), code);
        response.Location = RedirectPage.Location(location);
        return response;
    }
}
