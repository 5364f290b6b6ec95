using Retort.Routing;

namespace Retort.Http;

/// <summary>
/// Headers that are a comma-separated list of items or of <c>key=value</c> pairs.
/// Source: werkzeug.http parse_list_header, parse_dict_header, dump_header.
/// </summary>
public static class ListHeader
{
    /// <summary>
    /// The items without the quotes around them; commas within quotes do not separate, empty items are left out.
    /// A quote that is never closed makes the whole header empty.
    /// </summary>
    public static IReadOnlyList<string> Parse(string? header)
    {
        var items = new List<string>();
        var text = header.AsSpan();
        var start = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == ',' && !quoted)
            {
                AddItem(items, text[start..i]);
                start = i + 1;
            }
        }
        if (quoted) return [];
        AddItem(items, text[start..]);
        return items;
    }

    /// <summary>The pairs in order; a key without a value has null.</summary>
    public static IReadOnlyDictionary<string, string?> ParsePairs(string? header) => ParsePairsInOrder(header);

    /// <summary>Writes items, each in quotes unless it is a token.</summary>
    public static string Dump(IEnumerable<string> items) => string.Join(", ", items.Select(item => OptionsHeader.Quote(item)));

    /// <summary>Writes pairs; a null value leaves the key alone.</summary>
    public static string Dump(IEnumerable<KeyValuePair<string, string?>> pairs) =>
        string.Join(", ", pairs.Select(pair => pair.Value is null ? pair.Key : OptionsHeader.DumpPair(pair.Key, pair.Value)));

    internal static OrderedDictionary<string, string?> ParsePairsInOrder(string? header)
    {
        var pairs = new OrderedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var item in Parse(header))
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            var key = (equals < 0 ? item : item[..equals]).Trim();
            if (key.Length == 0) continue;
            if (equals < 0)
            {
                pairs[key] = null;
                continue;
            }
            var value = item[(equals + 1)..].Trim();
            if (key.EndsWith('*'))
            {
                key = key[..^1];
                var (charset, text) = OptionsHeader.SplitCharset(value);
                value = OptionsHeader.AcceptedEncoding(charset) is { } encoding ? PercentEncoding.Unquote(text, encoding) : text;
            }
            pairs[key] = OptionsHeader.Unquote(value);
        }
        return pairs;
    }

    private static void AddItem(List<string> items, ReadOnlySpan<char> item)
    {
        item = item.Trim();
        if (!item.IsEmpty) items.Add(OptionsHeader.Unquote(item.ToString()));
    }
}
