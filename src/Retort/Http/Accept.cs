using System.Collections;
using System.Globalization;

namespace Retort.Http;

// Four headers of one grammar with four ways to compare, so they share a file.

/// <summary>One entry of an <c>Accept</c> header.</summary>
/// <param name="Value">What is accepted, with its parameters.</param>
/// <param name="Quality">How much, from 0 (not at all) to 1.</param>
public readonly record struct AcceptItem(string Value, double Quality);

/// <summary>
/// What a client accepts, most specific first, then by quality, then in the order sent. This class itself is <c>Accept-Encoding</c>.
/// Source: werkzeug.datastructures.Accept; RFC 9110, 12.
/// </summary>
public class Accept : IReadOnlyList<AcceptItem>
{
    private readonly AcceptItem[] _items;

    /// <summary>Reads a header; entries whose quality is no number from 0 to 1 are left out.</summary>
    public Accept(string? header) : this(Read(header))
    {
    }

    /// <summary>A collection of given entries.</summary>
    public Accept(IEnumerable<AcceptItem> items) =>
        _items = [.. items.OrderByDescending(item => Specificity(item.Value), StringComparer.Ordinal).ThenByDescending(item => item.Quality)];

    /// <summary>The number of entries.</summary>
    public int Count => _items.Length;

    /// <summary>The first choice, or null when nothing was sent.</summary>
    public string? Best => _items.Length > 0 ? _items[0].Value : null;

    /// <summary>An entry by its rank.</summary>
    public AcceptItem this[int index] => _items[index];

    /// <summary>The quality of the first entry that covers a value; 0 when none does.</summary>
    public double Quality(string value) => Find(value)?.Quality ?? 0;

    /// <summary>Whether an entry covers a value, at whatever quality.</summary>
    public bool Contains(string value) => Find(value) is not null;

    /// <summary>The value the client likes best among those that can be made; of equals the first. The default when it likes none.</summary>
    public virtual string? BestMatch(IEnumerable<string> values, string? defaultValue = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (best, quality, specificity) = (defaultValue, 0.0, "");
        foreach (var value in values)
        {
            if (Find(value) is not { Quality: > 0 } item || item.Quality < quality) continue;
            var itemSpecificity = Specificity(item.Value);
            if (item.Quality > quality || string.CompareOrdinal(itemSpecificity, specificity) > 0)
                (best, quality, specificity) = (value, item.Quality, itemSpecificity);
        }
        return best;
    }

    /// <summary>The entries by rank.</summary>
    public IEnumerator<AcceptItem> GetEnumerator() => ((IEnumerable<AcceptItem>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The header value.</summary>
    public override string ToString() => string.Join(',', _items.Select(item =>
        item.Quality == 1 ? item.Value : string.Create(CultureInfo.InvariantCulture, $"{item.Value};q={item.Quality:0.0################}")));

    /// <summary>Whether an entry of the client covers a value of the app.</summary>
    protected virtual bool Matches(string value, string item) => item == "*" || item.Equals(value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Orders entries: a 1 for each part that is no wildcard, a 0 for each that is.</summary>
    protected virtual string Specificity(string item) => item == "*" ? "0" : "1";

    private AcceptItem? Find(string value)
    {
        foreach (var item in _items)
        {
            if (Matches(value, item.Value)) return item;
        }
        return null;
    }

    private static IEnumerable<AcceptItem> Read(string? header)
    {
        foreach (var item in ListHeader.Parse(header))
        {
            var parsed = OptionsHeader.Parse(item);
            var quality = 1.0;
            if (parsed.Get("q") is { } q)
            {
                if (!TryReadQuality(q.Trim(), out quality)) continue;
                parsed = parsed with { Options = new OrderedDictionary<string, string>(parsed.Options.Where(option => option.Key != "q")) };
            }
            yield return new(parsed.Options.Count == 0 ? parsed.Value : parsed.ToString(), quality);
        }
    }

    private static bool TryReadQuality(string text, out double quality) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out quality)
        && quality is >= 0 and <= 1
        && char.IsAsciiDigit(text[^1])
        && char.IsAsciiDigit(text[text[0] == '-' ? 1 : 0]);
}

/// <summary>The <c>Accept</c> header. Comparing with a value of the app that is no media type throws <see cref="ArgumentException"/>.</summary>
public sealed class MimeAccept : Accept
{
    /// <summary>Reads a header.</summary>
    public MimeAccept(string? header) : base(header)
    {
    }

    /// <summary>Whether the client takes HTML or XHTML.</summary>
    public bool AcceptHtml => Contains("text/html") || AcceptXhtml;

    /// <summary>Whether the client takes XHTML or XML.</summary>
    public bool AcceptXhtml => Contains("application/xhtml+xml") || Contains("application/xml");

    /// <summary>Whether the client takes JSON.</summary>
    public bool AcceptJson => Contains("application/json");

    /// <inheritdoc/>
    protected override bool Matches(string value, string item)
    {
        if (!item.Contains('/', StringComparison.Ordinal)) return false;
        var ours = Split(value.ToLowerInvariant());
        if (ours.Length < 2 || !value.Contains('/', StringComparison.Ordinal) || (ours[0] == "*" && ours[1] != "*"))
            throw new ArgumentException($"'{value}' cannot be compared with an Accept header: it is no media type. Write it like 'text/html'.", nameof(value));

        var theirs = Split(item.ToLowerInvariant());
        if (theirs[0] == "*" && theirs[1] != "*") return false;
        return (theirs[0] == "*" && theirs[1] == "*")
            || (ours[0] == "*" && ours[1] == "*")
            || (theirs[0] == ours[0] && (theirs[1] == "*" || ours[1] == "*" || (theirs[1] == ours[1] && SameParameters(theirs, ours))));
    }

    /// <inheritdoc/>
    protected override string Specificity(string item) => string.Concat(Split(item).Select(part => part == "*" ? '0' : '1'));

    private static bool SameParameters(string[] a, string[] b) =>
        a.Length == b.Length && a.Skip(2).Order(StringComparer.Ordinal).SequenceEqual(b.Skip(2).Order(StringComparer.Ordinal));

    // At slashes, and at semicolons with the blanks around them.
    private static string[] Split(string mimetype)
    {
        var sections = mimetype.Split(';');
        for (var i = 0; i < sections.Length; i++)
        {
            if (i > 0) sections[i] = sections[i].TrimStart();
            if (i < sections.Length - 1) sections[i] = sections[i].TrimEnd();
        }
        return [.. sections.SelectMany(section => section.Split('/'))];
    }
}

/// <summary>The <c>Accept-Language</c> header; <c>_</c> and <c>-</c> are the same.</summary>
public sealed class LanguageAccept : Accept
{
    /// <summary>Reads a header.</summary>
    public LanguageAccept(string? header) : base(header)
    {
    }

    /// <summary>As the base does; then a client's <c>en-US</c> takes <c>en</c>, and last a client's <c>en</c> takes <c>en-US</c>.</summary>
    public override string? BestMatch(IEnumerable<string> values, string? defaultValue = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] candidates = [.. values];
        if (base.BestMatch(candidates) is { } exact) return exact;

        var primaries = new Accept(this.Select(item => new AcceptItem(Primary(item.Value), item.Quality)));
        if (primaries.BestMatch(candidates) is { } primary) return primary;

        return base.BestMatch(candidates.Select(Primary)) is { } ours
            ? candidates.First(value => value.StartsWith(ours, StringComparison.Ordinal))
            : defaultValue;
    }

    /// <inheritdoc/>
    protected override bool Matches(string value, string item) => item == "*" || Normal(item) == Normal(value);

    private static string Normal(string language) => language.ToLowerInvariant().Replace('_', '-');

    private static string Primary(string language) => language.Split('-', '_')[0];
}

/// <summary>The <c>Accept-Charset</c> header, which knows other names of the same encoding.</summary>
public sealed class CharsetAccept : Accept
{
    /// <summary>Reads a header.</summary>
    public CharsetAccept(string? header) : base(header)
    {
    }

    /// <inheritdoc/>
    protected override bool Matches(string value, string item) => item == "*" || Normal(item) == Normal(value);

    private static string Normal(string charset)
    {
        var name = charset.ToLowerInvariant();
        return string.Concat(name.Where(char.IsAsciiLetterOrDigit)) switch
        {
            "utf8" or "u8" or "utf" => "utf-8",
            "ascii" or "usascii" or "646" or "iso646us" or "ansix341968" => "us-ascii",
            "iso88591" or "88591" or "latin1" or "latin" or "l1" or "cp819" => "iso-8859-1",
            "iso885915" or "latin9" or "l9" => "iso-8859-15",
            "utf16" or "u16" => "utf-16",
            "windows1252" or "cp1252" or "1252" => "windows-1252",
            _ => name,
        };
    }
}
