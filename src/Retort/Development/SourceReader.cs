namespace Retort.Development;

/// <summary>Reads the lines around a place in a source.</summary>
internal static class SourceReader
{
    private const int Around = 5;
    private const long LargestFile = 4_000_000;

    /// <summary>The lines of a file around one of them; null when the file is not there, or not as long.</summary>
    public static SourceExcerpt? OfFile(string? file, int line)
    {
        if (file is null || line < 1)
            return null;
        try
        {
            return File.Exists(file) && new FileInfo(file).Length < LargestFile ? Of(File.ReadAllText(file), line) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The lines of a text around one of them; null when it is not as long.</summary>
    public static SourceExcerpt? Of(string text, int line, int column = 0, int length = 1)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        if (line < 1 || line > lines.Length)
            return null;
        var first = Math.Max(1, line - Around);
        var last = Math.Min(lines.Length, line + Around);
        return new SourceExcerpt(first, lines[(first - 1)..last], line, column, length);
    }
}
