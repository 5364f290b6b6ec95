namespace Retort.Http;

/// <summary>
/// The <c>Content-Range</c> header. Source: werkzeug.datastructures.ContentRange; RFC 9110, 14.4.
/// </summary>
/// <param name="Units">What is counted.</param>
/// <param name="Start">The first; null when the range that was asked for does not exist.</param>
/// <param name="Stop">One after the last.</param>
/// <param name="Length">Length of the whole; null when it is not known.</param>
public sealed record ContentRange(string Units, long? Start, long? Stop, long? Length)
{
    /// <summary>Reads a header; null when it is missing or malformed.</summary>
    public static ContentRange? Parse(string? header)
    {
        var parts = header?.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var units, var definition]) return null;
        var slash = definition.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return null;

        var known = definition[(slash + 1)..] != "*";
        var length = known ? PlainInteger.Parse(definition.AsSpan(slash + 1)) : null;
        if (known && length is null) return null;
        var range = definition.AsSpan(0, slash);
        if (range is "*") return length is null or >= 0 ? new(units, null, null, length) : null;

        var dash = range.IndexOf('-');
        if (dash < 0 || PlainInteger.Parse(range[..dash]) is not { } start || PlainInteger.Parse(range[(dash + 1)..]) is not { } last) return null;
        var stop = last == long.MaxValue ? last : last + 1;
        return IsValid(start, stop, length) ? new(units, start, stop, length) : null;
    }

    /// <summary>The header value.</summary>
    public override string ToString()
    {
        var length = Length is { } known ? FormattableString.Invariant($"{known}") : "*";
        return Start is { } start && Stop is { } stop ? FormattableString.Invariant($"{Units} {start}-{stop - 1}/{length}") : $"{Units} */{length}";
    }

    internal static bool IsValid(long start, long stop, long? length) => start >= 0 && start < stop && (length is null || start < length);
}
