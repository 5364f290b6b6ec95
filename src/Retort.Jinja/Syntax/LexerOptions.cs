namespace Retort.Jinja.Syntax;

/// <summary>The delimiters of a template and how whitespace around them is treated. Compared by value. Source: Jinja API page, Environment.</summary>
public sealed record LexerOptions
{
    /// <summary>Start of a statement.</summary>
    public string BlockStart { get; init; } = "{%";

    /// <summary>End of a statement.</summary>
    public string BlockEnd { get; init; } = "%}";

    /// <summary>Start of a print.</summary>
    public string VariableStart { get; init; } = "{{";

    /// <summary>End of a print.</summary>
    public string VariableEnd { get; init; } = "}}";

    /// <summary>Start of a comment.</summary>
    public string CommentStart { get; init; } = "{#";

    /// <summary>End of a comment.</summary>
    public string CommentEnd { get; init; } = "#}";

    /// <summary>What a line begins with that is one statement; null for none.</summary>
    public string? LineStatementPrefix { get; init; }

    /// <summary>What a comment up to the end of its line begins with; null for none.</summary>
    public string? LineCommentPrefix { get; init; }

    /// <summary>Whether the newline after a statement or comment is dropped.</summary>
    public bool TrimBlocks { get; init; }

    /// <summary>Whether blanks between the start of a line and a statement or comment are dropped.</summary>
    public bool LstripBlocks { get; init; }

    /// <summary>What every newline of the template becomes: <c>\n</c>, <c>\r\n</c> or <c>\r</c>.</summary>
    public string NewlineSequence { get; init; } = "\n";

    /// <summary>Whether a newline at the template's end is kept.</summary>
    public bool KeepTrailingNewline { get; init; }

    internal void Validate()
    {
        if (BlockStart.Length == 0 || VariableStart.Length == 0 || CommentStart.Length == 0 || BlockEnd.Length == 0 || VariableEnd.Length == 0
            || CommentEnd.Length == 0 || LineStatementPrefix is "" || LineCommentPrefix is "")
            throw new ArgumentException("A delimiter is empty; give each at least one character.");
        if (BlockStart == VariableStart || BlockStart == CommentStart || VariableStart == CommentStart)
            throw new ArgumentException("The start strings of blocks, prints and comments must differ from each other.");
        if (NewlineSequence is not ("\n" or "\r\n" or "\r"))
            throw new ArgumentException("NewlineSequence must be \"\\n\", \"\\r\\n\" or \"\\r\".");
    }
}
