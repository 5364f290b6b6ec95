using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Retort.Jinja.Syntax;

/// <summary>
/// Turns a template's text into tokens: finds the tags, applies whitespace control, and splits what is inside. One lexer serves one text.
/// Source: Jinja template designer page, Whitespace Control and Line Statements; the rules' order is that of Jinja's lexer.
/// </summary>
internal sealed class Lexer
{
    private static readonly FrozenDictionary<string, TokenKind>.AlternateLookup<ReadOnlySpan<char>> Operators = Enum.GetValues<TokenKind>()
        .Where(kind => kind is >= TokenKind.Add and <= TokenKind.Semicolon).ToFrozenDictionary(Token.Describe).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly LexerOptions _options;
    private readonly SourceText _source;
    private readonly string _text;
    private readonly TagFinder _finder;
    // What has been lexed and not been given out yet: the tokens of one tag.
    private readonly List<Token> _tokens = [];
    private readonly Stack<char> _open = new();
    private int _position;

    // Whether the text before the current position ends a line, as far as lstrip is concerned.
    private bool _lineStarting = true;

    public Lexer(LexerOptions options, SourceText source)
    {
        _options = options;
        _source = source;
        _text = source.Text;
        _finder = TagFinder.For(options);
    }

    /// <summary>All tokens, lexed as they are asked for; the last is <see cref="TokenKind.Eof"/> or <see cref="TokenKind.Error"/> with the exception as its value.</summary>
    public IEnumerable<Token> Tokenize(bool startInExpression = false)
    {
        var last = new Token(TokenKind.Data, "", new SourcePosition(1, 1));
        var inside = startInExpression;
        while (inside || _position < _text.Length)
        {
            _tokens.Clear();
            LexNext(inside);
            inside = false;
            foreach (var token in _tokens)
                yield return last = token;
            if (last.Kind == TokenKind.Error)
                yield break;
        }
        var (at, end) = (last.At, _source.PositionOf(_text.Length));
        yield return new Token(TokenKind.Eof, "", end.Line == at.Line ? end : at);
    }

    private void LexNext(bool startInExpression)
    {
        try
        {
            if (startInExpression)
                Inside(TagKind.Variable);
            else
                Root();
        }
        catch (TemplateSyntaxError error)
        {
            _tokens.Add(new Token(TokenKind.Error, "", _source.PositionOf(Math.Min(_position, _text.Length)), error));
        }
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
        _lineStarting = EndsLine(tag.End);
        switch (tag.Kind)
        {
            case TagKind.Raw:
                Raw();
                break;
            case TagKind.Comment:
                Comment();
                break;
            case TagKind.LineComment:
                var newline = _text.IndexOf('\n', _position);
                _position = newline < 0 ? _text.Length : newline;
                _lineStarting = EndsLine(_position);
                break;
            default:
                Emit(tag.Kind == TagKind.Variable ? TokenKind.VariableBegin : TokenKind.BlockBegin, tag.Start, tag.End);
                Inside(tag.Kind);
                break;
        }
    }

    private bool EndsLine(int end) => end > 0 && _text[end - 1] == '\n';

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
        if (line == 0 && !_lineStarting)
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
        _tokens.Add(new Token(TokenKind.Data, text, _source.PositionOf(start)));
    }

    private void Comment()
    {
        for (var i = _position; i < _text.Length; i++)
        {
            if (TagEnd(i, _options.CommentEnd, allowPlus: true, trim: _options.TrimBlocks) is not { } end)
                continue;
            _position = end;
            _lineStarting = EndsLine(end);
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
            var inner = i + _options.BlockStart.Length;
            var sign = inner < _text.Length && _text[inner] is '-' or '+' ? _text[inner++] : '\0';
            inner = SkipSpace(inner);
            if (string.CompareOrdinal(_text, inner, "endraw", 0, 6) != 0)
                continue;
            if (TagEnd(SkipSpace(inner + 6), _options.BlockEnd, allowPlus: true, trim: _options.TrimBlocks) is not { } end)
                continue;
            Data(start, EndOfData(start, i, sign, strippable: true));
            _position = end;
            _lineStarting = EndsLine(end);
            return;
        }
        if (start < _text.Length)
            throw Error("Missing end of raw directive", start);
    }

    /// <summary>The offset after an end string at the index, with the whitespace its sign takes; null if none stands there.</summary>
    private int? TagEnd(int index, string end, bool allowPlus, bool trim)
    {
        if (index >= _text.Length)
            return null;
        if (_text[index] == '-' && Matches(index + 1, end))
            return SkipSpace(index + 1 + end.Length);
        if (allowPlus && _text[index] == '+' && Matches(index + 1, end))
            return index + 1 + end.Length;
        if (!Matches(index, end))
            return null;
        index += end.Length;
        return trim && index < _text.Length && _text[index] == '\n' ? index + 1 : index;
    }

    private bool Matches(int index, string value) => index < _text.Length && _text.AsSpan(index).StartsWith(value);

    private int SkipSpace(int index) => PythonChar.SkipSpace(_text, index);

    private void Inside(TagKind tag)
    {
        _open.Clear();
        while (_position < _text.Length || tag == TagKind.LineStatement)
        {
            if (_open.Count == 0 && EndOf(tag) is { } end)
            {
                Emit(tag == TagKind.Variable ? TokenKind.VariableEnd : TokenKind.BlockEnd, _position, end);
                _position = end;
                _lineStarting = EndsLine(end);
                return;
            }
            if (_position >= _text.Length)
                return;
            Expression();
        }
    }

    private int? EndOf(TagKind tag) => tag switch
    {
        TagKind.Variable => TagEnd(_position, _options.VariableEnd, allowPlus: false, trim: false),
        TagKind.Block => TagEnd(_position, _options.BlockEnd, allowPlus: true, trim: _options.TrimBlocks),
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
        var length = start == 0 || _text[start - 1] != '.' ? NumberLiteral.FloatLength(_text.AsSpan(start)) : 0;
        var kind = length > 0 ? TokenKind.Float : TokenKind.Integer;
        var end = start + (length > 0 ? length : NumberLiteral.IntegerLength(_text.AsSpan(start)));
        Emit(kind, start, end, NumberLiteral.Read(_text[start..end], int.MaxValue));
        _position = end;
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
        Emit(TokenKind.String, start, end + 1, value);
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
        var name = _text[start..end];
        if (!isAscii && !PythonChar.IsIdentifier(name))
            throw Error("Invalid character in identifier", start, end - start);
        _tokens.Add(new Token(TokenKind.Name, name, _source.PositionOf(start)) { Length = name.Length });
        _position = end;
        return true;
    }

    private void Operator(int start)
    {
        var length = Math.Min(2, _text.Length - start);
        TokenKind kind;
        while (!Operators.TryGetValue(_text.AsSpan(start, length), out kind))
        {
            if (--length == 0)
                throw Unexpected(start);
        }
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
        Emit(kind, start, start + length);
        _position = start + length;
    }

    private void Emit(TokenKind kind, int start, int end, object? value = null) =>
        _tokens.Add(new Token(kind, kind is TokenKind.String ? (string)value! : string.Empty, _source.PositionOf(start), value) { Length = end - start });

    private TemplateSyntaxError Unexpected(int offset) => Error($"unexpected char {Character(offset)} at {offset}", offset);

    // As Python's repr quotes it.
    private string Character(int offset) => Rune.TryGetRuneAt(_text, offset, out var rune) && rune.Value != '\'' ? $"'{rune}'" : $"\"{_text[offset]}\"";

    private TemplateSyntaxError Error(string reason, int offset, int length = 1) => new(reason, _source.Describe(_source.PositionOf(offset), length));
}
