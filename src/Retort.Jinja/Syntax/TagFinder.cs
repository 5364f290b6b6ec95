using System.Buffers;
using System.Collections.Concurrent;

namespace Retort.Jinja.Syntax;

internal enum TagKind
{
    None,
    Raw,
    Block,
    Variable,
    Comment,
    LineStatement,
    LineComment,
}

/// <summary>A tag's start: where its text begins, where the first character inside it stands, and its sign.</summary>
internal readonly record struct TagStart(TagKind Kind, int Start, int End, char Sign);

/// <summary>Finds the next tag in a text for one set of delimiters. Of several at one place the longest start string wins, as in Jinja.</summary>
internal sealed class TagFinder
{
    private static readonly ConcurrentDictionary<LexerOptions, TagFinder> Known = new();

    private readonly LexerOptions _options;
    private sealed record Rule(string Start, TagKind Kind, string Name);

    private readonly Rule[] _rules;
    private readonly SearchValues<char> _firstCharacters;

    private TagFinder(LexerOptions options)
    {
        _options = options;
        List<Rule> rules =
        [
            new(options.CommentStart, TagKind.Comment, "comment_begin"),
            new(options.BlockStart, TagKind.Block, "block_begin"),
            new(options.VariableStart, TagKind.Variable, "variable_begin"),
        ];
        if (options.LineStatementPrefix is { } statement)
            rules.Add(new(statement, TagKind.LineStatement, "linestatement_begin"));
        if (options.LineCommentPrefix is { } comment)
            rules.Add(new(comment, TagKind.LineComment, "linecomment_begin"));
        // Equal lengths fall back to the order of the rules' names, reversed.
        rules.Sort(static (a, b) => a.Start.Length == b.Start.Length ? string.CompareOrdinal(b.Name, a.Name) : b.Start.Length - a.Start.Length);
        _rules = [.. rules];
        _firstCharacters = SearchValues.Create([options.CommentStart[0], options.BlockStart[0], options.VariableStart[0]]);
    }

    public static TagFinder For(LexerOptions options)
    {
        if (Known.TryGetValue(options, out var finder))
            return finder;
        options.Validate();
        finder = new TagFinder(options);
        // An application uses a handful of dialects; one that makes them up is not remembered.
        if (Known.Count < 64)
            Known.TryAdd(options, finder);
        return finder;
    }

    public TagStart Next(string text, int from)
    {
        if (_options.LineStatementPrefix is null && _options.LineCommentPrefix is null)
        {
            for (var i = from; i < text.Length; i++)
            {
                var offset = text.AsSpan(i).IndexOfAny(_firstCharacters);
                if (offset < 0)
                    break;
                i += offset;
                if (At(text, i) is { Kind: not TagKind.None } found)
                    return found;
            }
            return default;
        }
        // With line prefixes a tag may start with the blanks before it; look at every place.
        for (var i = from; i < text.Length; i++)
        {
            if (At(text, i) is { Kind: not TagKind.None } found)
                return found;
        }
        return default;
    }

    private TagStart At(string text, int index)
    {
        if (StartsWith(text, index, _options.BlockStart) && Raw(text, index) is { Kind: not TagKind.None } raw)
            return raw;
        foreach (var (start, kind, _) in _rules)
        {
            var place = kind switch
            {
                TagKind.LineStatement => AfterLineBlanks(text, index),
                TagKind.LineComment => AfterCommentBlanks(text, index),
                _ => index,
            };
            if (place < 0 || !StartsWith(text, place, start))
                continue;
            var end = place + start.Length;
            var sign = end < text.Length && text[end] is '-' or '+' ? text[end++] : '\0';
            return new TagStart(kind, index, end, sign);
        }
        return default;
    }

    private TagStart Raw(string text, int index)
    {
        if (AfterWord(text, index, "raw", out var sign) is not (>= 0 and var word))
            return default;
        // An end string that is itself a line break takes the last of the blanks.
        for (var place = PythonChar.SkipSpace(text, word); place >= word; place--)
        {
            if (place < text.Length && text[place] == '-' && StartsWith(text, place + 1, _options.BlockEnd))
                return new TagStart(TagKind.Raw, index, PythonChar.SkipSpace(text, place + 1 + _options.BlockEnd.Length), sign);
            if (StartsWith(text, place, _options.BlockEnd))
                return new TagStart(TagKind.Raw, index, place + _options.BlockEnd.Length, sign);
        }
        return default;
    }

    /// <summary>In a block whose start string stands at the index: the end of the word that it begins with, and its sign. -1 if it begins with another.</summary>
    public int AfterWord(string text, int index, string word, out char sign)
    {
        var place = index + _options.BlockStart.Length;
        sign = place < text.Length && text[place] is '-' or '+' ? text[place++] : '\0';
        place = PythonChar.SkipSpace(text, place);
        return StartsWith(text, place, word) ? place + word.Length : -1;
    }

    // At the start of a line: the place after its blanks. Elsewhere -1.
    private static int AfterLineBlanks(string text, int index)
    {
        if (index > 0 && text[index - 1] != '\n')
            return -1;
        while (index < text.Length && text[index] is ' ' or '\t' or '\v')
            index++;
        return index;
    }

    // At the start of a line or right after a character that is no blank: the place after the blanks. Elsewhere -1.
    private static int AfterCommentBlanks(string text, int index)
    {
        if (index > 0 && text[index - 1] != '\n' && PythonChar.IsSpace(text[index - 1]))
            return -1;
        while (index < text.Length && text[index] is not '\n' && PythonChar.IsSpace(text[index]))
            index++;
        return index;
    }

    public static bool StartsWith(string text, int index, string value) =>
        index < text.Length && text[index] == value[0] && text.AsSpan(index).StartsWith(value);
}
