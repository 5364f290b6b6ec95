namespace Retort.Jinja;

/// <summary>A template's text with normalised newlines, its name, and the way from an offset to a line and column.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];
    private int _lastLine;

    public SourceText(string text, string? name, string? fileName, bool keepTrailingNewline)
    {
        Name = name;
        FileName = fileName;
        // Only \r\n, \r and \n end a line.
        if (text.Contains('\r', StringComparison.Ordinal))
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (!keepTrailingNewline && text.EndsWith('\n'))
            text = text[..^1];
        Text = text;
        for (var i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1))
            _lineStarts.Add(i + 1);
    }

    public string Text { get; }

    public string? Name { get; }

    public string? FileName { get; }

    public SourcePosition PositionOf(int offset)
    {
        // Asked for in order while a template is read; the line is nearly always the last one or the next.
        var index = _lastLine;
        if (_lineStarts[index] > offset || (index + 2 < _lineStarts.Count && _lineStarts[index + 2] <= offset))
        {
            index = _lineStarts.BinarySearch(offset);
            index = index < 0 ? ~index - 1 : index;
        }
        else if (index + 1 < _lineStarts.Count && _lineStarts[index + 1] <= offset)
        {
            index++;
        }
        _lastLine = index;
        return new SourcePosition(index + 1, offset - _lineStarts[index] + 1);
    }

    /// <summary>The position as errors report it, with the line it stands in.</summary>
    public TemplatePosition Describe(SourcePosition at, int length = 1) => new(Name, at.Line, at.Column, LineAt(at.Line), length);

    private string? LineAt(int line)
    {
        if (line < 1 || line > _lineStarts.Count)
            return null;
        var start = _lineStarts[line - 1];
        var end = line < _lineStarts.Count ? _lineStarts[line] - 1 : Text.Length;
        return Text[start..end];
    }
}
