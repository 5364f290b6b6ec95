using System.Text;

namespace Retort.Configuration;

/// <summary>One statement of a <c>.env</c> file. The value is null for a name alone, which sets nothing.</summary>
internal readonly record struct DotEnvEntry(string Name, string? Value);

/// <summary>
/// Reads the text of a <c>.env</c> file: <c>NAME=value</c>, <c>export NAME='value'</c>, <c>NAME="value over lines" # comment</c>. No text is an error: a statement that
/// cannot be read is left out, its line number kept, and reading goes on with the next line. Variables are not expanded here. Source: python-dotenv's file format.
/// </summary>
internal sealed class DotEnvParser
{
    private readonly string _text;
    private readonly List<DotEnvEntry> _entries = [];
    private readonly List<int> _unreadable = [];
    private int _at;
    private int _line = 1;
    private int _counted;

    private DotEnvParser(string text) => _text = text;

    /// <summary>The statements in their order, and the lines on which those begin that cannot be read.</summary>
    public static (IReadOnlyList<DotEnvEntry> Entries, IReadOnlyList<int> UnreadableLines) Parse(string text)
    {
        var parser = new DotEnvParser(text);
        parser.Skip(IsSpace);
        while (parser._at < text.Length)
        {
            parser.ReadStatement();
            parser.Skip(IsSpace);
        }
        return (parser._entries, parser._unreadable);
    }

    private void ReadStatement()
    {
        var start = _at;
        if (TryReadStatement(out var entry))
        {
            if (entry is { } read)
                _entries.Add(read);
            return;
        }
        _unreadable.Add(LineOf(start));
        Skip(c => !IsNewline(c));
    }

    /// <summary>Reads one line's statement, or a comment alone, which gives no entry.</summary>
    private bool TryReadStatement(out DotEnvEntry? entry)
    {
        entry = null;
        SkipExport();
        string? name = null;
        if (Peek != '#' && !TryReadName(out name))
            return false;
        Skip(IsBlank);
        string? value = null;
        if (Peek == '=')
        {
            _at++;
            Skip(IsBlank);
            if (!TryReadValue(out value))
                return false;
        }
        Skip(IsBlank);
        if (Peek == '#')
            Skip(c => !IsNewline(c));
        if (_at < _text.Length && !IsNewline(Peek))
            return false;
        if (name is not null)
            entry = new DotEnvEntry(name, value);
        return true;
    }

    private void SkipExport()
    {
        const string word = "export";
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0 || _at + word.Length >= _text.Length || !IsBlank(_text[_at + word.Length]))
            return;
        _at += word.Length;
        Skip(IsBlank);
    }

    private bool TryReadName(out string? name)
    {
        var start = _at;
        if (Peek == '\'')
        {
            var end = _text.IndexOf('\'', _at + 1);
            name = end > _at + 1 ? _text[(_at + 1)..end] : null;
            _at = name is null ? _at : end + 1;
            return name is not null;
        }
        Skip(c => c is not ('=' or '#') && !IsSpace(c));
        name = _text[start.._at];
        return name.Length > 0;
    }

    private bool TryReadValue(out string? value)
    {
        if (Peek is '\'' or '"' && _at < _text.Length)
            return TryReadQuoted(Peek, out value);
        var start = _at;
        Skip(c => !IsNewline(c));
        value = WithoutComment(_text.AsSpan(start, _at - start)).ToString();
        return true;
    }

    /// <summary>
    /// A quoted value may hold line breaks. It ends at the first quote without a backslash before it; where there is none, at the last quote there is.
    /// </summary>
    private bool TryReadQuoted(char quote, out string? value)
    {
        var (end, last) = (-1, -1);
        for (var i = _text.IndexOf(quote, _at + 1); i >= 0 && end < 0; i = _text.IndexOf(quote, i + 1))
        {
            last = i;
            if (i == _at + 1 || _text[i - 1] != '\\')
                end = i;
        }
        end = end < 0 ? last : end;
        value = end < 0 ? null : Unescape(_text.AsSpan(_at + 1, end - _at - 1), quote);
        _at = end < 0 ? _at : end + 1;
        return value is not null;
    }

    /// <summary>Double quotes know the escapes of C; single quotes those of the backslash and of themselves. What is no escape stays as it is.</summary>
    private static string Unescape(ReadOnlySpan<char> text, char quote)
    {
        var made = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var escaped = text[i] != '\\' || i + 1 == text.Length ? null : text[i + 1] switch
            {
                '\\' => '\\',
                '\'' => '\'',
                '"' when quote == '"' => '"',
                var c when quote == '"' => Control(c),
                _ => null,
            };
            made.Append(escaped ?? text[i]);
            i += escaped is null ? 0 : 1;
        }
        return made.ToString();
    }

    private static char? Control(char letter) => letter switch
    {
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        _ => null,
    };

    /// <summary>In a value without quotes a comment begins with a blank before its sign.</summary>
    private static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> value)
    {
        for (var i = 1; i < value.Length; i++)
        {
            if (value[i] == '#' && IsSpace(value[i - 1]))
                return TrimEnd(value[..i]);
        }
        return TrimEnd(value);
    }

    private static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> value)
    {
        while (value is [.., var last] && IsSpace(last))
            value = value[..^1];
        return value;
    }

    private char Peek => _at < _text.Length ? _text[_at] : '\0';

    private void Skip(Func<char, bool> isSkipped)
    {
        while (_at < _text.Length && isSkipped(_text[_at]))
            _at++;
    }

    private int LineOf(int position)
    {
        for (; _counted < position; _counted++)
        {
            if (_text[_counted] == '\n' || (_text[_counted] == '\r' && (_counted + 1 >= _text.Length || _text[_counted + 1] != '\n')))
                _line++;
        }
        return _line;
    }

    private static bool IsNewline(char c) => c is '\n' or '\r';

    /// <summary>Python counts the four separators of ASCII as white space, .NET does not.</summary>
    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    private static bool IsBlank(char c) => IsSpace(c) && !IsNewline(c);
}
