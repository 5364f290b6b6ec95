using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Retort.Routing;

/// <summary>The converters every map begins with.</summary>
internal static class BuiltInConverters
{
    public static readonly FrozenDictionary<string, ConverterFactory> All = new Dictionary<string, ConverterFactory>
    {
        ["default"] = StringConverter.Make,
        ["string"] = StringConverter.Make,
        ["any"] = arguments => new AnyConverter(arguments),
        ["path"] = _ => new PathConverter(),
        ["int"] = arguments => new IntegerConverter(new NumberRange(arguments.Bind(("fixed_digits", 0L), ("min", null), ("max", null), ("signed", false)))),
        ["float"] = arguments => new FloatConverter(new NumberRange([0L, .. arguments.Bind(("min", null), ("max", null), ("signed", false))])),
        ["uuid"] = _ => new UuidConverter(),
    }.ToFrozenDictionary();
}

/// <summary>Text without slashes, of a length between two bounds, counted in Unicode code points.</summary>
internal sealed class StringConverter : Converter<string>
{
    private readonly int _least;
    private readonly int _most;

    private StringConverter(int least, int most, string expression)
    {
        _least = least;
        _most = most;
        Expression = expression;
    }

    internal override string Expression { get; }

    internal override bool MayRefuse => false;

    public static StringConverter Make(ConverterArguments arguments)
    {
        var bound = arguments.Bind(("minlength", 1L), ("maxlength", null), ("length", null));
        if (bound[2] is { } length)
            return new StringConverter(Count(length), Count(length), $"[^/]{{{Count(length)}}}");
        var (least, most) = (Count(bound[0]), bound[1] is null ? int.MaxValue : Count(bound[1]));
        if (least > most)
            throw new ArgumentException($"has minlength {least} above maxlength {most}");
        return new StringConverter(least, most, $"[^/]{{{least},{(bound[1] is null ? "" : most)}}}");
    }

    public override bool Matches(ReadOnlySpan<char> text) => !text.Contains('/') && Fits(text);

    public override bool TryConvert(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out string value)
    {
        value = text.ToString();
        return true;
    }

    internal override int Next(ReadOnlySpan<char> text, int last)
    {
        if (last < 0)
            last = (text.IndexOf('/') is var slash and >= 0 ? slash : text.Length) + 1;
        while (--last >= _least)
        {
            if (!SplitsPair(text, last) && Fits(text[..last]))
                return last;
        }
        return -1;
    }

    private static bool SplitsPair(ReadOnlySpan<char> text, int at) => at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);

    private bool Fits(ReadOnlySpan<char> text)
    {
        if (text.Length < _least)
            return false;
        if (_most == int.MaxValue && _least <= 1)
            return true;
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
            count -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        return count >= _least && count <= _most;
    }

    private static int Count(object? value) => value switch
    {
        long number and >= 0 and <= int.MaxValue => (int)number,
        double number when number is >= 0 and <= int.MaxValue => (int)number,
        bool truth => truth ? 1 : 0,
        string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new ArgumentException($"has the length {UrlText.Of(value)}, which is not a whole number"),
    };
}

/// <summary>One of some words.</summary>
internal sealed class AnyConverter : Converter<string>
{
    private readonly string[] _items;

    public AnyConverter(ConverterArguments arguments)
    {
        if (arguments.Named.Count > 0)
            throw new ArgumentException($"has no argument '{arguments.Named.Keys.First()}'; write the words alone: any(red, green)");
        if (arguments.Positional.FirstOrDefault(item => item is not string) is { } wrong)
            throw new ArgumentException($"takes words, not {UrlText.Of(wrong)}; quote it");
        _items = [.. arguments.Positional.Select(item => item as string ?? throw new ArgumentException("takes words, not None; quote it"))];
    }

    internal override string Expression => $"(?:{string.Join('|', _items.Select(Regex.Escape))})";

    internal override bool MayRefuse => false;

    public override bool Matches(ReadOnlySpan<char> text) => IndexOf(text) >= 0;

    public override bool TryConvert(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out string value)
    {
        value = IndexOf(text) is var index and >= 0 ? _items[index] : null;
        return value is not null;
    }

    public override string? ToUrl(object value) =>
        value is string text && IndexOf(text) >= 0
            ? text
            : throw new ArgumentException($"'{UrlText.Of(value)}' is not one of {string.Join(", ", _items.Order(StringComparer.Ordinal).Select(item => $"'{item}'"))}");

    // In the order of the rule, as alternatives of a regular expression are tried. Two equal lengths are two words: only one of them can stand there.
    internal override int Next(ReadOnlySpan<char> text, int last)
    {
        var passed = last < 0;
        foreach (var item in _items)
        {
            if (!text.StartsWith(item))
                continue;
            if (passed)
                return item.Length;
            passed = item.Length == last;
        }
        return -1;
    }

    private int IndexOf(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < _items.Length; i++)
        {
            if (text.SequenceEqual(_items[i]))
                return i;
        }
        return -1;
    }
}

/// <summary>Text with slashes, but not one at its beginning; as little of it as the rest of the rule allows.</summary>
internal sealed class PathConverter() : Converter<string>(weight: 200, partIsolating: false)
{
    internal override string Expression => "[^/].*?";

    internal override bool MayRefuse => false;

    public override bool Matches(ReadOnlySpan<char> text) => text.Length > 0 && text[0] != '/' && !text[1..].Contains('\n');

    public override bool TryConvert(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out string value)
    {
        value = text.ToString();
        return true;
    }

    internal override int Next(ReadOnlySpan<char> text, int last)
    {
        var next = Math.Max(last, 0) + 1;
        return next <= text.Length && text[0] != '/' && (next == 1 || text[next - 1] != '\n') ? next : -1;
    }
}

/// <summary>A UUID in its usual form, with hyphens.</summary>
internal sealed class UuidConverter : Converter<Guid>
{
    internal override string Expression => "[A-Fa-f0-9]{8}(?:-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}";

    internal override bool MayRefuse => false;

    public override bool Matches(ReadOnlySpan<char> text) => text.Length == 36 && Next(text, -1) == 36;

    public override bool TryConvert(ReadOnlySpan<char> text, out Guid value) => Guid.TryParseExact(text, "D", out value);

    internal override int Next(ReadOnlySpan<char> text, int last) =>
        last < 0 && text.Length >= 36 && Guid.TryParseExact(text[..36], "D", out _) && !text[..36].ContainsAny(" \t\n\r") ? 36 : -1;
}
