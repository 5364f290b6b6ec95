using System.Globalization;

namespace Retort.Http;

/// <summary>
/// The <c>Range</c> header. Source: werkzeug.datastructures.Range, werkzeug.http.parse_range_header; RFC 9110, 14.2.
/// </summary>
/// <param name="Units">What is counted, in lower case: <c>bytes</c>.</param>
/// <param name="Ranges">First and, if sent, one after the last; a negative first counts from the end.</param>
public sealed record ByteRange(string Units, IReadOnlyList<(long Start, long? Stop)> Ranges)
{
    /// <summary>Reads a header; null when it is missing, malformed, or its ranges overlap or are out of order.</summary>
    public static ByteRange? Parse(string? header)
    {
        var equals = header?.IndexOf('=', StringComparison.Ordinal) ?? -1;
        if (equals < 0) return null;

        var ranges = new List<(long, long?)>();
        long? reached = 0;
        foreach (var item in header![(equals + 1)..].Split(','))
        {
            if (reached is not { } from || ParseRange(item.Trim(), from) is not { } range) return null;
            ranges.Add(range);
            reached = range.Stop;
        }
        return new(header[..equals].Trim().ToLowerInvariant(), ranges);
    }

    /// <summary>Start and stop (exclusive) of the one range within so many bytes; null when there are several, or it lies outside.</summary>
    public (long Start, long Stop)? ForLength(long? length)
    {
        if (Units != "bytes" || length is not { } whole || Ranges.Count != 1) return null;
        var (start, stop) = Ranges[0];
        if (stop is null && start < 0) start += whole;
        var end = stop ?? whole;
        return ContentRange.IsValid(start, end, whole) ? (start, Math.Min(end, whole)) : null;
    }

    /// <summary>The <c>Content-Range</c> of the answer, or null where <see cref="ForLength"/> is.</summary>
    public ContentRange? ToContentRange(long? length) => ForLength(length) is var (start, stop) ? new ContentRange(Units, start, stop, length) : null;

    /// <summary>The header value.</summary>
    public override string ToString() => $"{Units}={string.Join(',', Ranges.Select(Dump))}";

    private static (long Start, long? Stop)? ParseRange(string item, long from)
    {
        var dash = item.IndexOf('-', StringComparison.Ordinal);
        // The last so many bytes.
        if (dash == 0) return PlainInteger.Parse(item) is { } suffix ? (suffix, null) : null;
        if (dash < 0 || PlainInteger.Parse(item.AsSpan(0, dash)) is not { } start || start < from) return null;
        var last = item.AsSpan(dash + 1).Trim();
        if (last.IsEmpty) return (start, null);
        if (PlainInteger.Parse(last) is not { } end || end < start) return null;
        return (start, end == long.MaxValue ? end : end + 1);
    }

    private static string Dump((long Start, long? Stop) range)
    {
        var start = range.Start.ToString(CultureInfo.InvariantCulture);
        if (range.Stop is { } stop) return string.Create(CultureInfo.InvariantCulture, $"{start}-{stop - 1}");
        return range.Start < 0 ? start : start + "-";
    }
}
