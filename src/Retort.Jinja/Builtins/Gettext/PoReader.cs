using System.Globalization;
using System.Text;

namespace Retort.Jinja;

/// <summary>Text catalogues: entries of msgctxt, msgid, msgid_plural and msgstr, each a quoted string that may go on over lines.</summary>
internal sealed class PoReader
{
    private readonly Dictionary<string, string[]> _messages = new(StringComparer.Ordinal);
    private readonly List<StringBuilder> _forms = [];
    private StringBuilder? _context;
    private StringBuilder? _message;
    private StringBuilder? _current;
    private bool _fuzzy;
    private int _line;

    public static Dictionary<string, string[]> Read(TextReader reader)
    {
        var parser = new PoReader();
        while (reader.ReadLine() is { } line)
        {
            parser._line++;
            parser.ReadLine(line.Trim());
        }
        parser.Finish();
        return parser._messages;
    }

    private void ReadLine(string line)
    {
        if (line.Length == 0)
            return;
        if (line[0] == '#')
            ReadComment(line);
        else if (line[0] == '"')
            (_current ?? throw Invalid("a string stands before any keyword")).Append(Unquote(line));
        else if (TryTake(line, "msgctxt", out var text))
            Begin(ref _context, text);
        else if (TryTake(line, "msgid_plural", out text))
            _current = new StringBuilder(text);
        else if (TryTake(line, "msgid", out text))
            BeginMessage(text);
        else if (line.StartsWith("msgstr", StringComparison.Ordinal))
            ReadForm(line);
        else
            throw Invalid("the keyword is not msgctxt, msgid, msgid_plural or msgstr");
    }

    private void ReadComment(string line)
    {
        if (_forms.Count > 0)
            Finish();
        if (line.StartsWith("#,", StringComparison.Ordinal))
            _fuzzy |= line.Contains("fuzzy", StringComparison.Ordinal);
    }

    private void BeginMessage(string text)
    {
        if (_message is not null && _forms.Count == 0)
            throw Invalid("a msgid before it has no msgstr");
        Begin(ref _message, text);
    }

    // An entry ends where the next begins.
    private void Begin(ref StringBuilder? part, string text)
    {
        if (_forms.Count > 0)
            Finish();
        _current = part = new StringBuilder(text);
    }

    private void ReadForm(string line)
    {
        if (_message is null)
            throw Invalid("msgstr stands before msgid");
        var index = 0;
        var keyword = "msgstr";
        if (line.StartsWith("msgstr[", StringComparison.Ordinal))
        {
            var close = line.IndexOf(']', StringComparison.Ordinal);
            if (close < 0 || !int.TryParse(line.AsSpan(7, close - 7), NumberStyles.None, CultureInfo.InvariantCulture, out index))
                throw Invalid("the number of the plural form is not closed; write msgstr[0]");
            keyword = line[..(close + 1)];
        }
        if (index != _forms.Count)
            throw Invalid("the forms are not numbered one after the other, from msgstr[0]");
        _forms.Add(_current = new StringBuilder(Unquote(line[keyword.Length..].Trim())));
    }

    private void Finish()
    {
        if (_message is not null && _forms.Count == 0)
            throw Invalid("the last msgid has no msgstr; the file seems to be cut off");
        // The header counts even where it is fuzzy, as with msgfmt.
        if (_message is not null && _forms[0].Length > 0 && (!_fuzzy || (_context is null && _message.Length == 0)))
        {
            var key = _context is null ? _message.ToString() : $"{_context}\u0004{_message}";
            _messages[key] = [.. _forms.Select(form => form.ToString())];
        }
        _forms.Clear();
        _context = _message = _current = null;
        _fuzzy = false;
    }

    private bool TryTake(string line, string keyword, out string text)
    {
        var found = line.StartsWith(keyword, StringComparison.Ordinal) && line.Length > keyword.Length && line[keyword.Length] is ' ' or '\t' or '"';
        text = found ? Unquote(line[keyword.Length..].Trim()) : string.Empty;
        return found;
    }

    private string Unquote(string quoted)
    {
        if (quoted.Length < 2 || quoted[0] != '"' || quoted[^1] != '"')
            throw Invalid("the text is not in double quotes");
        var result = new StringBuilder(quoted.Length);
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] == '"')
                throw Invalid("a quote inside of the text is not escaped");
            if (quoted[i] != '\\')
            {
                result.Append(quoted[i]);
                continue;
            }
            if (++i == quoted.Length - 1)
                throw Invalid("the closing quote is escaped");
            result.Append(quoted[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'a' => '\a', 'b' => '\b', 'f' => '\f', 'v' => '\v', var other => other });
        }
        return result.ToString();
    }

    private FormatException Invalid(string reason) => new(string.Create(CultureInfo.InvariantCulture, $"The gettext catalogue (.po) is not valid in line {_line}: {reason}."));
}
