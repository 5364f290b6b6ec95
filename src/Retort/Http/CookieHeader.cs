using System.Text;

namespace Retort.Http;

/// <summary>
/// The <c>Cookie</c> request header. Names are taken as they stand: nothing is percent-decoded, and a value without a name is no cookie.
/// Source: werkzeug.http.parse_cookie.
/// </summary>
public static class CookieHeader
{
    /// <summary>All cookies in order.</summary>
    public static MultiDict Parse(string? header)
    {
        var cookies = new MultiDict();
        var items = new Items(header);
        while (items.Next())
        {
            if (items.Name.Length > 0) cookies.Add(items.Name.ToString(), Unquote(items.Value));
        }
        cookies.Freeze();
        return cookies;
    }

    /// <summary>The first cookie of a name, without reading more of the header than needed.</summary>
    public static string? Find(string? header, string name)
    {
        var items = new Items(header);
        while (items.Next())
        {
            if (items.Name.SequenceEqual(name) && name.Length > 0) return Unquote(items.Value);
        }
        return null;
    }

    // Within quotes, \" is a quote and \303 a byte.
    private static string Unquote(ReadOnlySpan<char> value)
    {
        if (value.Length < 2 || value[0] != '"' || value[^1] != '"') return value.ToString();
        value = value[1..^1];
        if (!value.Contains('\\')) return value.ToString();

        var bytes = Encoding.UTF8.GetBytes(value.ToString());
        var written = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\\' || i + 1 == bytes.Length)
            {
                bytes[written++] = bytes[i];
            }
            else if (i + 3 < bytes.Length && bytes[i + 1] is >= (byte)'0' and <= (byte)'3' && IsOctal(bytes[i + 2]) && IsOctal(bytes[i + 3]))
            {
                bytes[written++] = (byte)(((bytes[i + 1] - '0') << 6) | ((bytes[i + 2] - '0') << 3) | (bytes[i + 3] - '0'));
                i += 3;
            }
            else
            {
                bytes[written++] = bytes[++i];
            }
        }
        return Encoding.UTF8.GetString(bytes, 0, written);
    }

    private static bool IsOctal(byte b) => b is >= (byte)'0' and <= (byte)'7';

    /// <summary>Walks over <c>name=value; name="quoted; value"</c>.</summary>
    private ref struct Items(string? header)
    {
        private ReadOnlySpan<char> _rest = header;

        public ReadOnlySpan<char> Name { get; private set; }

        public ReadOnlySpan<char> Value { get; private set; }

        public bool Next()
        {
            if (_rest.IsEmpty) return false;

            var nameEnd = _rest.IndexOfAny('=', ';');
            if (nameEnd < 0 || _rest[nameEnd] == ';')
            {
                Name = Take(nameEnd < 0 ? _rest.Length : nameEnd).Trim();
                Value = default;
                return true;
            }
            Name = _rest[..nameEnd].Trim();
            _rest = _rest[(nameEnd + 1)..].TrimStart();
            Value = Take(ValueLength()).Trim();
            return true;
        }

        private ReadOnlySpan<char> Take(int length)
        {
            var taken = _rest[..length];
            _rest = _rest[Math.Min(length + 1, _rest.Length)..];
            return taken;
        }

        // A quoted value may hold semicolons, provided that nothing but the end of the cookie follows its closing quote.
        private readonly int ValueLength()
        {
            var plain = _rest.IndexOf(';') is var semicolon and >= 0 ? semicolon : _rest.Length;
            if (_rest.IsEmpty || _rest[0] != '"') return plain;

            for (var i = 1; i < _rest.Length; i++)
            {
                if (_rest[i] == '\\')
                {
                    i++;
                }
                else if (_rest[i] == '"')
                {
                    var after = _rest[(i + 1)..];
                    var space = after.Length - after.TrimStart().Length;
                    return space == after.Length || after[space] == ';' ? i + 1 + space : plain;
                }
            }
            return plain;
        }
    }
}
