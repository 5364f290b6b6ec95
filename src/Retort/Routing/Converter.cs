using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Retort.Routing;

/// <summary>Makes the converter of one variable from the arguments its rule gives it. Throws <see cref="ArgumentException"/> for arguments it does not take.</summary>
/// <param name="arguments">What stands in the parentheses after the converter's name.</param>
public delegate Converter ConverterFactory(ConverterArguments arguments);

/// <summary>
/// Says which text a variable of a rule matches, and turns text into a value and back. Derive from <see cref="Converter{T}"/> and add
/// it to <see cref="Map.Converters"/>. Source: Werkzeug, URL Routing, Custom Converters.
/// </summary>
public abstract class Converter
{
    private readonly Pattern? _pattern;

    /// <summary>Describes what the variable matches.</summary>
    /// <param name="pattern">A regular expression for the whole text. Null means one or more characters that are not slashes, or what <see cref="Matches"/> says.</param>
    /// <param name="weight">Of two variables at the same place in two rules, the lighter is tried first. Numbers have 50, strings 100, paths 200.</param>
    /// <param name="partIsolating">Whether the text never holds a slash. Null means: as the pattern reads.</param>
    protected Converter(string? pattern = null, int weight = 100, bool? partIsolating = null)
    {
        _pattern = pattern is null ? null : new Pattern(pattern);
        Weight = weight;
        PartIsolating = partIsolating ?? pattern?.Contains('/') is not true;
    }

    /// <summary>Of two variables at the same place in two rules, the lighter is tried first.</summary>
    public int Weight { get; }

    /// <summary>Whether the text never holds a slash.</summary>
    public bool PartIsolating { get; }

    /// <summary>The regular expression of what the variable matches. With the converter's type it decides which variables share their place in the map.</summary>
    internal virtual string Expression => _pattern?.Expression ?? "[^/]+";

    /// <summary>Whether a text that matches can still be refused as a value.</summary>
    internal virtual bool MayRefuse => true;

    /// <summary>Whether a text that matches is a value.</summary>
    internal virtual bool Accepts(ReadOnlySpan<char> text) => TryRead(text, out _);

    /// <summary>Whether <see cref="Next"/> knows the texts to try, so that no regular expression is needed beside other variables.</summary>
    internal virtual bool Enumerates => _pattern is null;

    /// <summary>Whether the variable matches this text, all of it. A text that does not match leaves the path to other rules.</summary>
    public virtual bool Matches(ReadOnlySpan<char> text) => _pattern is null ? text.Length > 0 && !(PartIsolating && text.Contains('/')) : _pattern.IsMatch(text);

    /// <summary>The value of a text that matches. False refuses it: the URL is not found, and no other rule is tried.</summary>
    public abstract bool TryRead(ReadOnlySpan<char> text, out object? value);

    /// <summary>
    /// The value as it stands in a URL, percent-encoded. Null means that this rule cannot be built with it, others may.
    /// Throws <see cref="ArgumentException"/> for a value that is wrong.
    /// </summary>
    public virtual string? ToUrl(object value) => value is IEnumerable and not string
        ? throw new ArgumentException("several values do not fit one variable; give one, or use a converter that joins them")
        : PercentEncoding.Path(UrlText.Of(value));

    /// <summary>This converter for values of the given type, without boxing; null if it does not read them.</summary>
    public virtual Converter<T>? As<T>() => this as Converter<T>;

    /// <summary>The length of the next text to try at the beginning of the given one, after one of length <paramref name="last"/> (at first -1); -1 at the end.</summary>
    internal virtual int Next(ReadOnlySpan<char> text, int last)
    {
        if (last < 0)
            last = (PartIsolating && text.IndexOf('/') is var slash and >= 0 ? slash : text.Length) + 1;
        while (--last >= 0)
        {
            if (Matches(text[..last]))
                return last;
        }
        return -1;
    }
}

/// <summary>A converter for values of one type.</summary>
public abstract class Converter<T>(string? pattern = null, int weight = 100, bool? partIsolating = null) : Converter(pattern, weight, partIsolating)
{
    /// <summary>The value of a text that matches. False refuses it: the URL is not found, and no other rule is tried.</summary>
    public abstract bool TryConvert(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value);

    /// <inheritdoc/>
    public sealed override bool TryRead(ReadOnlySpan<char> text, out object? value)
    {
        var converted = TryConvert(text, out var typed);
        value = converted ? typed : null;
        return converted;
    }

    internal sealed override bool Accepts(ReadOnlySpan<char> text) => TryConvert(text, out _);
}
