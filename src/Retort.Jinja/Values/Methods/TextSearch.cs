namespace Retort.Jinja.Values;

/// <summary>Python's <c>find</c>, <c>count</c> and <c>startswith</c> within a part of a text, all in code points.</summary>
internal static class TextSearch
{
    /// <summary>The index of the first or last occurrence, or -1. Arguments are the part, start and end.</summary>
    public static int Find(string text, ReadOnlySpan<Value> arguments, bool last)
    {
        var inside = TryGetRange(text, arguments[1], arguments[2], out var from, out var to);
        var part = Needle(arguments[0]);
        if (!inside)
            return -1;
        var window = text.AsSpan(from, to - from);
        var at = last ? window.LastIndexOf(part) : window.IndexOf(part);
        if (last && part.Length == 0)
            at = window.Length;
        return at < 0 ? -1 : CodePoints.Index(text, from + at);
    }

    public static int Count(string text, ReadOnlySpan<Value> arguments)
    {
        var inside = TryGetRange(text, arguments[1], arguments[2], out var from, out var to);
        var part = Needle(arguments[0]);
        if (!inside)
            return 0;
        if (part.Length == 0)
            return CodePoints.Count(text[from..to]) + 1;
        return text.AsSpan(from, to - from).Count(part);
    }

    /// <summary>Whether a part of the text starts or ends with the text given, or with one of a tuple of them.</summary>
    public static bool Matches(string text, ReadOnlySpan<Value> arguments, string function, bool atEnd)
    {
        var inside = TryGetRange(text, arguments[1], arguments[2], out var from, out var to);
        if (arguments[0].AsText is { } single)
            return inside && Matches(text.AsSpan(from, to - from), single, atEnd);
        if (arguments[0].Reference is not TupleValue several || arguments[0].Kind != ValueKind.Tuple)
            throw PythonError.Type($"{function} first arg must be str or a tuple of str, not {Text.TypeName(arguments[0])}");
        foreach (var item in several.Items)
        {
            var candidate = item.AsText ?? throw PythonError.Type($"tuple for {function} must only contain str, not {Text.TypeName(item)}");
            if (inside && Matches(text.AsSpan(from, to - from), candidate, atEnd))
                return true;
        }
        return false;
    }

    private static bool Matches(ReadOnlySpan<char> window, string part, bool atEnd) =>
        atEnd ? window.EndsWith(part, StringComparison.Ordinal) : window.StartsWith(part, StringComparison.Ordinal);

    private static string Needle(in Value value) => value.AsText ?? throw PythonError.Type($"must be str, not {Text.TypeName(value)}");

    // As slice bounds, but a start beyond the end finds nothing, not even the empty text.
    private static bool TryGetRange(string text, in Value start, in Value end, out int from, out int to)
    {
        (from, to) = (0, text.Length);
        if (start.IsNone && end.IsNone)
            return true;
        var length = CodePoints.Count(text);
        var first = Bound(start, 0, length);
        var last = Math.Min(Bound(end, length, length), length);
        if (first > last)
            return false;
        from = CodePoints.Offset(text, first);
        to = CodePoints.Offset(text, last);
        return true;
    }

    private static long Bound(in Value bound, long missing, int length)
    {
        var index = bound.IsInt ? bound.AsLong : (long)SliceBounds.Index(bound, missing);
        return index < 0 ? Math.Max(0, index + length) : index;
    }
}
