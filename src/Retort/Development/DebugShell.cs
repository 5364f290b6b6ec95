using Retort.Jinja;
using Retort.Jinja.Loaders;

namespace Retort.Development;

/// <summary>The pages of the development server, and the headers they are sent with. Nothing in them comes from elsewhere.</summary>
internal static class DebugShell
{
    private const string Assets = "Retort.Development.Assets";

    private static readonly Lazy<JinjaEnvironment> Pages = new(() => new JinjaEnvironment
    {
        Loader = new EmbeddedResourceLoader(typeof(DebugShell).Assembly, Assets),
        Autoescape = _ => true,
        TrimBlocks = true,
        LstripBlocks = true,
        KeepTrailingNewline = true,
        Finalize = (object? value) => value is string text ? HtmlWriter.Visible(text) : value,
        Globals = { ["style"] = Own("debugger.css"), ["debugging"] = Own("debugger.js"), ["reloading"] = Own("reloading.js") },
    });

    /// <summary>One of the pages among the assets, with what it is given: all of it is escaped. Control characters that no page may hold become visible.</summary>
    public static string Page(string template, object values) => Pages.Value.GetTemplate(template).Render(values);

    private static Markup Own(string name)
    {
        using var stream = typeof(DebugShell).Assembly.GetManifestResourceStream($"{Assets}.{name}")!;
        using var reader = new StreamReader(stream);
        return new Markup(reader.ReadToEnd());
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
