namespace Retort.Http;

/// <summary>What stands at a delimiter line.</summary>
internal enum Boundary
{
    /// <summary>No delimiter, so far.</summary>
    None,

    /// <summary>A part follows.</summary>
    Next,

    /// <summary>The form ends.</summary>
    Last,
}

/// <summary>Finds the lines <c>--boundary</c> and <c>--boundary--</c> in a window of the body.</summary>
internal sealed class MultipartDelimiter(byte[] boundary)
{
    private readonly byte[] _text = [.. "--"u8, .. boundary];

    /// <summary>
    /// Looks for the first delimiter. Without one, <c>ContentEnd</c> and <c>Consumed</c> leave what may be the beginning of one; with one,
    /// the content ends before the line break that belongs to it.
    /// </summary>
    public (Boundary Kind, int ContentEnd, int Consumed) Find(ReadOnlySpan<byte> window, bool needsLineBreak, bool ended)
    {
        for (var from = 0; ;)
        {
            var at = window[from..].IndexOf(_text);
            if (at < 0)
            {
                var safe = Math.Max(0, window.Length - _text.Length - 1);
                return (Boundary.None, safe, safe);
            }
            at += from;
            from = at + 1;
            var contentEnd = at - LineBreakBefore(window[..at]);
            if (needsLineBreak && contentEnd == at) continue;

            var (kind, length) = ReadRestOfLine(window[(at + _text.Length)..], ended);
            if (kind is { } certain && certain != Boundary.None) return (certain, contentEnd, at + _text.Length + length);
            if (kind is null) return (Boundary.None, contentEnd, contentEnd);
        }
    }

    private static int LineBreakBefore(ReadOnlySpan<byte> text) => text.EndsWith("\r\n"u8) ? 2 : text.EndsWith("\n"u8) || text.EndsWith("\r"u8) ? 1 : 0;

    // Null: more of the body is needed to tell.
    private static (Boundary? Kind, int Length) ReadRestOfLine(ReadOnlySpan<byte> rest, bool ended)
    {
        if (rest.StartsWith("--"u8)) return (Boundary.Last, 2);
        if (rest.SequenceEqual("-"u8) && !ended) return (null, 0);

        var blanks = rest.IndexOfAnyExcept(" \t\f\v"u8);
        if (blanks < 0) return (ended ? Boundary.None : null, 0);
        return rest[blanks..] switch
        {
            [(byte)'\r', (byte)'\n', ..] => (Boundary.Next, blanks + 2),
            [(byte)'\r'] when !ended => (null, 0),
            [(byte)'\r' or (byte)'\n', ..] => (Boundary.Next, blanks + 1),
            _ => (Boundary.None, 0),
        };
    }
}
