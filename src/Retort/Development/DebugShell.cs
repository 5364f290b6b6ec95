namespace Retort.Development;

/// <summary>A page of the development server: what is around its content, and the headers it is sent with. Nothing in it comes from elsewhere.</summary>
internal static class DebugShell
{
    /// <summary>The page's beginning, up to its content.</summary>
    public static HtmlWriter Begin(string title, string nonce)
    {
        var html = new HtmlWriter();
        html.Add($"""
            <!doctype html>
            <html lang=en>
            <head>
            <meta charset=utf-8>
            <meta name=viewport content="width=device-width, initial-scale=1">
            <meta name=color-scheme content="light dark">
            <title>{title}</title>
            <link rel=icon href="data:,">
            <style nonce="{nonce}">

            """);
        html.AddOwn(Asset.Style);
        html.Add($"</style>\n</head>\n");
        return html;
    }

    /// <summary>Keeps the page out of frames, caches and referrers, and anything but its own script and style out of the page.</summary>
    public static IReadOnlyList<(string Name, string Value)> Headers(string nonce) =>
    [
        ("Content-Security-Policy",
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("X-Frame-Options", "DENY"),
        .. PlainHeaders,
    ];

    /// <summary>The headers of answers that are no pages.</summary>
    public static IReadOnlyList<(string Name, string Value)> PlainHeaders { get; } =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ];
}
