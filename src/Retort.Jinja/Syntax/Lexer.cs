using System.Buffers;
using System.Text;

namespace Retort.Jinja.Syntax;

/// <summary>
/// Turns a template's text into tokens: finds the tags, applies whitespace control, and splits what is inside. One lexer serves one text.
/// Source: Jinja template designer page, Whitespace Control and Line Statements; the rules' order is that of Jinja's lexer.
/// </summary>
internal sealed class Lexer
{
    // By their first character, which is ASCII; the longer ones before the shorter.
    private static readonly TokenKind[][] Operators = OperatorsByFirst();

    private readonly LexerOptions _options;
    private readonly SourceText _source;
    private readonly string _text;
    private readonly TagFinder _finder;
    private readonly Stack<char> _open = new();
    // Names come again and again; one string for each of them is enough.
    private readonly string?[] _names = new string?[64];
    private List<Token> _tokens = null!;
    private bool _inExpression;
    private bool _isDone;
    private int _position;
    private SourcePosition _last = new(1, 1);

    public Lexer(LexerOptions options, SourceText source, bool startInExpression = false)
    {
        _options = options;
        _source = source;
        _text = source.Text;
        _finder = TagFinder.For(options);
        _inExpression = startInExpression;
    }

    /// <summary>Where set, it is told of each comment: the line it begins at and its text.</summary>
    public Action<int, string>? OnComment { get; init; }

    /// <summary>
    /// Adds the tokens of the next tag and of the text before it. False once there are no more: the last is <see cref="TokenKind.Eof"/>, or
    /// <see cref="TokenKind.Error"/> with the exception as its value.
    /// </summary>
    public bool Lex(List<Token> tokens)
    {
        _tokens = tokens;
        var before = tokens.Count;
        while (!_isDone && tokens.Count == before)
            LexNext();
        return tokens.Count > before;
    }

    /// <summary>All tokens.</summary>
    public List<Token> LexAll()
    {
        var tokens = new List<Token>();
        while (Lex(tokens))
        {
        }
        return tokens;
    }

    private void LexNext()
    {
        try
        {
            if (_inExpression)
                Inside(TagKind.Variable);
            else if (_position < _text.Length)
                Root();
            else
                End();
            _inExpression = false;
        }
        catch (TemplateSyntaxError error)
        {
            Add(TokenKind.Error, "", Math.Min(_position, _text.Length), 0, error);
            _isDone = true;
        }
    }

    private void End()
    {
        var end = _source.PositionOf(_text.Length);
        _tokens.Add(new Token(TokenKind.Eof, "", end.Line == _last.Line ? end : _last));
        _isDone = true;
    }

    private void Root()
    {
        var start = _position;
        var tag = _finder.Next(_text, start);
        if (tag.Kind == TagKind.None)
        {
            Data(start, _text.Length);
            _position = _text.Length;
            return;
        }
        Data(start, EndOfData(start, tag.Start, tag.Sign, tag.Kind != TagKind.Variable));
        _position = tag.End;
        switch (tag.Kind)
        {
            case TagKind.Raw:
                Raw();
                break;
            case TagKind.Comment:
                Comment();
                break;
            case TagKind.LineComment:
                var newline = _text.IndexOf('\n', _position) is var found and >= 0 ? found : _text.Length;
                OnComment?.Invoke(_source.PositionOf(_position).Line, _text[_position..newline]);
                _position = newline;
                break;
            default:
                Add(tag.Kind == TagKind.Variable ? TokenKind.VariableBegin : TokenKind.BlockBegin, "", tag.Start, tag.End - tag.Start);
                Inside(tag.Kind);
                break;
        }
    }

    /// <summary>Where the data before a tag ends once "-" and lstrip_blocks have taken their share.</summary>
    private int EndOfData(int start, int end, char sign, bool strippable)
    {
        if (sign == '-')
        {
            while (end > start && PythonChar.IsSpace(_text[end - 1]))
                end--;
            return end;
        }
        if (sign == '+' || !_options.LstripBlocks || !strippable || end == start)
            return end;
        var line = _text.LastIndexOf('\n', end - 1, end - start) + 1;
        if (line == 0 && start > 0 && _text[start - 1] != '\n')
            return end;
        line = Math.Max(line, start);
        for (var i = line; i < end; i++)
        {
            if (!PythonChar.IsSpace(_text[i]))
                return end;
        }
        return line;
    }

    private void Data(int start, int end)
    {
        if (end <= start)
            return;
        var text = _text[start..end];
        if (_options.NewlineSequence != "\n")
            text = text.Replace("\n", _options.NewlineSequence, StringComparison.Ordinal);
        Add(TokenKind.Data, text, start, 0);
    }

    private void Comment()
    {
        for (var i = _position; i < _text.Length; i++)
        {
            if (TagEnd(i, _options.CommentEnd) is not { } end)
                continue;
            OnComment?.Invoke(_source.PositionOf(_position).Line, _text[_position..i]);
            _position = end;
            return;
        }
        // A comment that starts at the very end is none.
        if (_position < _text.Length)
            throw Error("Missing end of comment tag", _position);
    }

    private void Raw()
    {
        var start = _position;
        for (var i = _text.IndexOf(_options.BlockStart, start, StringComparison.Ordinal); i >= 0;
            i = _text.IndexOf(_options.BlockStart, i + 1, StringComparison.Ordinal))
        {
            if (_finder.AfterWord(_text, i, "endraw", out var sign) is not (>= 0 and var word) || EndAfterBlanks(word) is not { } end)
                continue;
            Data(start, EndOfData(start, i, sign, strippable: true));
            _position = end;
            return;
        }
        if (start < _text.Length)
            throw Error("Missing end of raw directive", start);
    }

    // An end string that is itself a line break takes the last of the blanks.
    private int? EndAfterBlanks(int word)
    {
        for (var place = SkipSpace(word); place >= word; place--)
        {
            if (TagEnd(place, _options.BlockEnd) is { } end)
                return end;
        }
        return null;
    }

    /// <summary>The offset after an end string at the index, with the whitespace its sign takes; null if none stands there.</summary>
    private int? TagEnd(int index, string end, bool isPrint = false)
    {
        if (index >= _text.Length)
            return null;
        if (_text[index] == '-' && Matches(index + 1, end))
            return SkipSpace(index + 1 + end.Length);
        if (!isPrint && _text[index] == '+' && Matches(index + 1, end))
            return index + 1 + end.Length;
        if (!Matches(index, end))
            return null;
        index += end.Length;
        return _options.TrimBlocks && !isPrint && index < _text.Length && _text[index] == '\n' ? index + 1 : index;
    }

    private bool Matches(int index, string value) => TagFinder.StartsWith(_text, index, value);

    private int SkipSpace(int index) => PythonChar.SkipSpace(_text, index);

    private void Inside(TagKind tag)
    {
        _open.Clear();
        while (_position < _text.Length || tag == TagKind.LineStatement)
        {
            if (_open.Count == 0 && EndOf(tag) is { } end)
            {
                Add(tag == TagKind.Variable ? TokenKind.VariableEnd : TokenKind.BlockEnd, "", _position, end - _position);
                _position = end;
                return;
            }
            if (_position >= _text.Length)
                return;
            Expression();
        }
    }

    private int? EndOf(TagKind tag) => tag switch
    {
        TagKind.Variable => TagEnd(_position, _options.VariableEnd, isPrint: true),
        TagKind.Block => TagEnd(_position, _options.BlockEnd),
        _ => LineStatementEnd(),
    };

    // A line statement ends after the last newline of the blanks that follow it, or at the end of the text.
    private int? LineStatementEnd()
    {
        var end = SkipSpace(_position);
        if (end == _text.Length)
            return end;
        var newline = end == _position ? -1 : _text.LastIndexOf('\n', end - 1, end - _position);
        return newline < 0 ? null : newline + 1;
    }

    private void Expression()
    {
        var start = _position;
        var character = _text[start];
        if (PythonChar.IsSpace(character))
            _position = SkipSpace(start);
        else if (char.IsAsciiDigit(character))
            Number(start);
        else if (character is '\'' or '"')
            String(start);
        else if (!Name(start))
            Operator(start);
    }

    private void Number(int start)
    {
        if (NumberLiteral.TryReadPlain(_text.AsSpan(start), out var length, out var plain))
        {
            Add(TokenKind.Integer, "", start, length, plain);
        }
        else
        {
            length = start == 0 || _text[start - 1] != '.' ? NumberLiteral.FloatLength(_text.AsSpan(start)) : 0;
            var kind = length > 0 ? TokenKind.Float : TokenKind.Integer;
            length = length > 0 ? length : NumberLiteral.IntegerLength(_text.AsSpan(start));
            Add(kind, "", start, length, NumberLiteral.Read(_text.Substring(start, length), int.MaxValue));
        }
        _position = start + length;
    }

    private void String(int start)
    {
        var quote = _text[start];
        var end = start + 1;
        while (end < _text.Length && _text[end] != quote)
            end += _text[end] == '\\' ? 2 : 1;
        if (end >= _text.Length)
            throw Unexpected(start);
        var inner = _text.AsSpan(start + 1, end - start - 1);
        if (_options.NewlineSequence != "\n" && inner.Contains('\n'))
            inner = inner.ToString().Replace("\n", _options.NewlineSequence, StringComparison.Ordinal);
        var value = StringLiteral.Unescape(inner, out var reason) ?? throw Error(reason!, start, end + 1 - start);
        Add(TokenKind.String, value, start, end + 1 - start, value);
        _position = end + 1;
    }

    private bool Name(int start)
    {
        var end = start;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_'))
            end++;
        var isAscii = end == _text.Length || char.IsAscii(_text[end]);
        while (!isAscii && end < _text.Length)
        {
            if (Rune.DecodeFromUtf16(_text.AsSpan(end), out var rune, out var taken) != OperationStatus.Done || !(PythonChar.IsWord(rune.Value) || PythonChar.IsIdentifierPart(rune.Value)))
                break;
            end += taken;
        }
        if (end == start)
            return false;
        var name = NameOf(_text.AsSpan(start, end - start));
        if (!isAscii && !PythonChar.IsIdentifier(name))
            throw Error("Invalid character in identifier", start, end - start);
        Add(TokenKind.Name, name, start, name.Length);
        _position = end;
        return true;
    }

    private string NameOf(ReadOnlySpan<char> name)
    {
        ref var known = ref _names[(name[0] + (name[^1] << 2) + (name.Length << 4)) % _names.Length];
        if (known is null || !name.SequenceEqual(known))
            known = name.ToString();
        return known;
    }

    private static TokenKind[][] OperatorsByFirst()
    {
        var table = new TokenKind[128][];
        Array.Fill(table, []);
        for (var kind = TokenKind.Add; kind <= TokenKind.Semicolon; kind++)
        {
            var text = Token.Describe(kind);
            ref var known = ref table[text[0]];
            known = text.Length > 1 ? [kind, .. known] : [.. known, kind];
        }
        return table;
    }

    private TokenKind OperatorAt(int start)
    {
        if (char.IsAscii(_text[start]))
        {
            foreach (var kind in Operators[_text[start]])
            {
                if (Matches(start, Token.Describe(kind)))
                    return kind;
            }
        }
        throw Unexpected(start);
    }

    private void Operator(int start)
    {
        var kind = OperatorAt(start);
        switch (kind)
        {
            case TokenKind.LeftParen: _open.Push(')'); break;
            case TokenKind.LeftBracket: _open.Push(']'); break;
            case TokenKind.LeftBrace: _open.Push('}'); break;
            case TokenKind.RightParen or TokenKind.RightBracket or TokenKind.RightBrace:
                if (_open.Count == 0)
                    throw Error($"unexpected '{_text[start]}'", start);
                var expected = _open.Pop();
                if (expected != _text[start])
                    throw Error($"unexpected '{_text[start]}', expected '{expected}'", start);
                break;
        }
        var length = Token.Describe(kind).Length;
        Add(kind, "", start, length);
        _position = start + length;
    }

    private void Add(TokenKind kind, string text, int start, int length, object? value = null)
    {
        _last = _source.PositionOf(start);
        _tokens.Add(new Token(kind, text, _last, value) { Length = length });
    }

    // Python counts code points, and shows the character as a string of its own.
    private TemplateSyntaxError Unexpected(int offset)
    {
        var length = char.IsSurrogatePair(_text, offset) ? 2 : 1;
        var position = offset;
        for (var i = 1; i < offset; i++)
            position -= char.IsSurrogatePair(_text, i - 1) ? 1 : 0;
        return Error($"unexpected char {StringRepr.Of(_text.Substring(offset, length))} at {position}", offset, length);
    }

    private TemplateSyntaxError Error(string reason, int offset, int length = 1) => new(reason, _source.Describe(_source.PositionOf(offset), length));
}
