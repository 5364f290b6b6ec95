namespace Retort.Http;

/// <summary>The <c>If-Range</c> header: a tag without its quotes and its mark, or a date, or nothing. Source: werkzeug.datastructures.IfRange.</summary>
public readonly record struct IfRange(string? Tag, DateTimeOffset? Date)
{
    /// <summary>Reads a header.</summary>
    public static IfRange Parse(string? header)
    {
        if (string.IsNullOrEmpty(header)) return default;
        return HttpDate.Parse(header) is { } date ? new(null, date) : new(ETags.Unquote(header).Tag, null);
    }
}
