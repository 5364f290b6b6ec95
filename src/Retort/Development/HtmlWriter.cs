using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Retort.Http;

namespace Retort.Development;

/// <summary>
/// Writes HTML. What stands in the text of an interpolation is markup, what is put in is escaped: <c>html.Add($"&lt;b&gt;{name}&lt;/b&gt;")</c>. There is no way to
/// forget it, because nothing else can be added but what is <see cref="Jinja.Markup"/> already. Control characters that no page may hold become visible.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup with escaped values.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Escaping markup) => _ = markup;

    /// <summary>Adds one of the page's own files.</summary>
    public void AddOwn(Asset asset) => _text.Append(asset.Text);

    /// <summary>Adds markup that its maker has made safe.</summary>
    public void AddSafe(Jinja.Markup markup) => _text.Append(markup.ToString());

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    [InterpolatedStringHandler]
    internal readonly ref struct Escaping(int literalLength, int formattedCount, HtmlWriter writer)
    {
        private readonly StringBuilder _text = writer._text;

        public int Size => literalLength + formattedCount;

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? value) => _text.Append(HtmlText.Escape(Visible(value ?? "")));

        public void AppendFormatted(int value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");

        private static string Visible(string value) =>
            value.AsSpan().ContainsAnyInRange('\0', '\b') || value.Contains('\x1b', StringComparison.Ordinal)
                ? string.Concat(value.Select(c => c is < ' ' and not ('\t' or '\n' or '\r') ? (char)(c + 0x2400) : c))
                : value;
    }
}

/// <summary>A file that lies in this assembly and is put into pages.</summary>
internal sealed class Asset(string name)
{
    public static Asset Style { get; } = new("debugger.css");

    public static Asset Script { get; } = new("debugger.js");

    public static Asset Reloading { get; } = new("reloading.js");

    public string Text => field ??= Read(name);

    private static string Read(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"Retort.Development.Assets.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
