using System.Diagnostics.CodeAnalysis;
using Retort.Jinja.Values;

namespace Retort.Jinja;

/// <summary>
/// Text that is safe to put into HTML as it stands. Joining it with other text escapes the other text.
/// Source: MarkupSafe.
/// </summary>
public sealed class Markup(string? text) : IHtml, IEquatable<Markup>
{
    private readonly string _text = text ?? string.Empty;

    /// <summary>No text.</summary>
    public static Markup Empty { get; } = new(string.Empty);

    /// <summary>The text, escaped unless it is safe already; null becomes the empty text.</summary>
    public static Markup Escape(object? value) => value switch
    {
        null => Empty,
        Markup markup => markup,
        IHtml html => new Markup(html.ToHtml()),
        _ => new Markup(HtmlEscape.Escape(Text.Str(Value.FromObject(value)))),
    };

    /// <summary>Fills <c>{0}</c> and the like in a safe format with escaped arguments.</summary>
    public static Markup Format([StringSyntax(StringSyntaxAttribute.CompositeFormat)] string format, params object?[] arguments)
    {
        var escaped = new object?[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            escaped[i] = Escape(arguments[i]);
        return new Markup(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, escaped));
    }

    /// <summary>Joins values, each escaped unless safe.</summary>
    public static Markup Join(Markup separator, IEnumerable<object?> values) => new(string.Join(separator._text, values.Select(value => Escape(value)._text)));

    /// <summary>The text with entities turned back into characters.</summary>
    public string Unescape() => HtmlEntities.Unescape(_text);

    /// <summary>The text without comments and tags, entities turned back, white space runs made one space.</summary>
    public string StripTags() => HtmlTags.Strip(_text);

    /// <inheritdoc/>
    public string ToHtml() => _text;

    /// <inheritdoc/>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(Markup? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Markup);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Appends a value, escaped unless safe.</summary>
    public static Markup operator +(Markup left, object? right) => new(left._text + Escape(right)._text);

    /// <summary>The same text again.</summary>
    public static bool operator ==(Markup? left, Markup? right) => Equals(left, right);

    /// <summary>Another text.</summary>
    public static bool operator !=(Markup? left, Markup? right) => !Equals(left, right);
}

/// <summary>An object that gives its own HTML, Python's <c>__html__</c>: printed as it is where text is escaped.</summary>
public interface IHtml
{
    /// <summary>HTML that needs no escaping.</summary>
    string ToHtml();
}
