using System.Text;

namespace Retort.Toolbar;

/// <summary>
/// Puts the bar into pages, before the last <c>&lt;/body&gt;</c>. The page's bytes are neither decoded nor changed, and what is put in is ASCII, so that any charset will do in which
/// letters are what they are in ASCII.
/// </summary>
internal static class PageInjection
{
    // Source: flask_debugtoolbar, _toolbar_codes.
    private static readonly int[] Codes = [200, 201, 400, 401, 403, 404, 405, 500, 501, 502, 503, 504];

    /// <summary>Whether a response is a page that something can be put into: whole, in memory and not compressed.</summary>
    public static bool IsPage(Response response) =>
        Codes.Contains(response.StatusCode)
        && response.MimeType is "text/html" or "application/xhtml+xml"
        && response.IsSequence
        && response.ContentEncoding is null
        && response.Headers.Get("Content-Disposition")?.StartsWith("attachment", StringComparison.OrdinalIgnoreCase) != true
        && response.MimeTypeParams.GetValueOrDefault("charset")?.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) != true
        && response.MimeTypeParams.GetValueOrDefault("charset")?.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase) != true;

    /// <summary>Puts the bar in, if the body is a whole page and not a part of one. Returns whether it is.</summary>
    public static async ValueTask<bool> Apply(Response response, Func<string> makeBar)
    {
        var page = await response.GetDataAsync();
        if (FindPlace(page.Span) is not (>= 0 and var place))
            return false;
        var bar = makeBar();
        var bytes = new byte[page.Length + bar.Length];
        page[..place].CopyTo(bytes);
        Encoding.ASCII.GetBytes(bar, bytes.AsSpan(place));
        page[place..].CopyTo(bytes.AsMemory(place + bar.Length));
        response.Data = bytes;
        if (response.Headers.Contains("Content-Length"))
            response.ContentLength = bytes.Length;
        // Each page has its own bar: what names or dates the app's own bytes does not hold for it, and no cache may show it for another request.
        foreach (var header in new[] { "ETag", "Last-Modified", "Accept-Ranges", "Expires", "Content-MD5", "Digest", "Content-Digest", "Repr-Digest" })
            response.Headers.Remove(header);
        response.Headers["Cache-Control"] = "no-store";
        return true;
    }

    /// <summary>Before the last end of a body; at the end of a page that leaves it out, as HTML allows. -1 for a part of a page.</summary>
    private static int FindPlace(ReadOnlySpan<byte> page)
    {
        for (var end = page.Length; end > 0;)
        {
            var found = page[..end].LastIndexOf("</"u8);
            if (found < 0)
                break;
            var name = page[(found + 2)..];
            if (name.Length > 4 && Ascii.EqualsIgnoreCase(name[..4], "body"u8) && name[4] is (byte)'>' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'/')
                return found;
            end = found;
        }
        var start = page.StartsWith("\uFEFF"u8) ? page[3..] : page;
        start = start.TrimStart(" \t\r\n"u8);
        return Begins(start, "<!doctype html"u8) || Begins(start, "<html"u8) ? page.Length : -1;
    }

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);
}
