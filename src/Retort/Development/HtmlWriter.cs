using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Retort.Jinja;

namespace Retort.Development;

/// <summary>
/// Writes HTML. What stands in the text of an interpolation is markup, what is put in is escaped: <c>html.Add($"&lt;b&gt;{name}&lt;/b&gt;")</c>. There is no way to
/// forget it, because nothing else can be added but what is <see cref="Markup"/> already. Control characters that no page may hold become visible.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup with escaped values.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Escaping markup) => _ = markup;

    /// <summary>Adds markup that its maker has made safe.</summary>
    public void AddSafe(Markup markup) => _text.Append(markup.ToString());

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Text whose control characters have become characters that show them.</summary>
    public static string Visible(string value) =>
        value.AsSpan().ContainsAnyInRange('\0', '\b') || value.Contains('\x1b', StringComparison.Ordinal)
            ? string.Concat(value.Select(c => c is < ' ' and not ('\t' or '\n' or '\r') ? (char)(c + 0x2400) : c))
            : value;

    [InterpolatedStringHandler]
    internal readonly ref struct Escaping(int literalLength, int formattedCount, HtmlWriter writer)
    {
        private readonly StringBuilder _text = writer._text;

        public int Size => literalLength + formattedCount;

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? value) => _text.Append(Markup.Escape(Visible(value ?? "")));

        public void AppendFormatted(int value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");
    }
}
