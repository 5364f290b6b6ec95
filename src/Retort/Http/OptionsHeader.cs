using System.Buffers;
using System.Globalization;
using System.Text;
using Retort.Routing;

namespace Retort.Http;

/// <summary>
/// A header of a value with parameters: <c>Content-Type: text/html; charset=utf-8</c>. Names are in lower case; continued and percent-encoded
/// parameters (RFC 2231, RFC 5987) are put together; what is not well formed is left out.
/// Source: werkzeug.http parse_options_header, dump_options_header.
/// </summary>
/// <param name="Value">What stands before the first semicolon, as it stands.</param>
/// <param name="Options">The parameters.</param>
public sealed record OptionsHeader(string Value, IReadOnlyDictionary<string, string> Options)
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Reads a header; a missing one is an empty value.</summary>
    public static OptionsHeader Parse(string? header)
    {
        var text = header.AsSpan();
        var semicolon = text.IndexOf(';');
        if (semicolon < 0) return new(text.Trim().ToString(), None);

        var value = text[..semicolon].Trim().ToString();
        var rest = text[(semicolon + 1)..].Trim();
        return new(value, value.Length == 0 || rest.IsEmpty ? None : new OptionReader().Read(rest));
    }

    /// <summary>One parameter of a header, or null.</summary>
    public string? Get(string name) => Options.GetValueOrDefault(name);

    /// <summary>Writes a header: parameters that are null are left out, a name that ends with <c>*</c> has its value written as it is.</summary>
    public static string Dump(string? value, IEnumerable<KeyValuePair<string, object?>> options)
    {
        var parts = options.Where(option => option.Value is not null).Select(option => DumpPair(option.Key, option.Value!));
        return string.Join("; ", value is null ? parts : parts.Prepend(value));
    }

    /// <inheritdoc/>
    public override string ToString() => Dump(Value, Options.Select(option => new KeyValuePair<string, object?>(option.Key, option.Value)));

    internal static string DumpPair(string key, object value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return $"{key}={(key.EndsWith('*') ? text : Quote(text))}";
    }

    /// <summary>Puts a text in quotes unless it is a token.</summary>
    internal static string Quote(string text, bool allowToken = true)
    {
        if (text.Length > 0 && allowToken && !text.AsSpan().ContainsAnyExcept(Token)) return text;
        return $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Removes quotes around a text, and the backslashes they need inside.</summary>
    internal static string Unquote(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"'
        ? text[1..^1].Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal)
        : text;

    /// <summary>
    /// Splits <c>charset'language'percent-encoded</c> and decodes it if the charset is one of the few that are accepted.
    /// Returns the charset, empty when there is none, and the text with what could not be decoded left as it is.
    /// </summary>
    internal static (string? Charset, string Text) SplitCharset(string value)
    {
        var first = value.IndexOf('\'', StringComparison.Ordinal);
        var second = first < 0 ? -1 : value.IndexOf('\'', first + 1);
        if (second < 0 || value.AsSpan(0, first).ContainsAnyExcept(Token)) return (null, value);
        if (value.AsSpan(first + 1, second - first - 1).ContainsAnyExcept(Token)) return (null, value);
        var encoded = value.AsSpan(second + 1);
        var length = encoded.IndexOfAnyExcept(Token) is var end and >= 0 ? end : encoded.Length;
        return length == 0 ? (null, value) : (value[..first].ToLowerInvariant(), encoded[..length].ToString());
    }

    /// <summary>The encodings a client may name; the list is closed.</summary>
    internal static Encoding? AcceptedEncoding(string? charset) => charset switch
    {
        "utf-8" => Encoding.UTF8,
        "iso-8859-1" => Encoding.Latin1,
        "ascii" or "us-ascii" => AsciiWithReplacement,
        _ => null,
    };

    private static readonly Encoding AsciiWithReplacement =
        Encoding.GetEncoding("us-ascii", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\ufffd"));

    /// <summary>Collects parameters; a charset once named holds for the continuations that follow.</summary>
    private sealed class OptionReader
    {
        private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
        private string? _charset;
        private string? _continued;

        public Dictionary<string, string> Read(ReadOnlySpan<char> rest)
        {
            while (true)
            {
                var keyLength = rest.IndexOfAnyExcept(Token);
                if (keyLength > 0 && rest[keyLength] == '=')
                {
                    var key = rest[..keyLength].ToString().ToLowerInvariant();
                    rest = rest[(keyLength + 1)..];
                    var length = ValueLength(rest);
                    if (length > 0) Add(key, rest[..length].ToString());
                    if (length > 0 && rest[0] == '"') rest = rest[length..];
                }
                var next = rest.IndexOf(';');
                if (next < 0) return _options;
                rest = rest[(next + 1)..].TrimStart();
            }
        }

        private static int ValueLength(ReadOnlySpan<char> text)
        {
            var token = text.IndexOfAnyExcept(Token);
            if (token != 0) return token < 0 ? text.Length : token;
            if (text[0] != '"') return 0;
            for (var i = 1; i < text.Length; i++)
            {
                if (text[i] == '"') return i + 1;
                if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or '"') i++;
            }
            return 0;
        }

        private void Add(string key, string value)
        {
            if (key.EndsWith('*'))
            {
                key = key[..^1];
                var (charset, text) = SplitCharset(value);
                if (charset is not null) (_charset, value) = (charset, text);
                if (string.IsNullOrEmpty(_charset)) _charset = _continued;
                if (AcceptedEncoding(_charset) is { } encoding)
                {
                    _continued = _charset;
                    value = PercentEncoding.Unquote(value, encoding);
                }
            }
            // Browsers write a quote within a quoted file name as %22, everybody else with a backslash.
            if (value[0] == '"' && value[^1] == '"' && value.Length > 1) value = Unquote(value).Replace("%22", "\"", StringComparison.Ordinal);

            var star = key.LastIndexOf('*');
            var isContinuation = star >= 0 && star + 1 < key.Length && !key.AsSpan(star + 1).ContainsAnyExceptInRange('0', '9');
            if (isContinuation) key = key[..star];
            _options[key] = isContinuation ? _options.GetValueOrDefault(key) + value : value;
        }
    }
}
