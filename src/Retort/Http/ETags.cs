using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Retort.Http;

/// <summary>
/// The entity tags of <c>If-Match</c> and <c>If-None-Match</c>. Tags without quotes are taken too.
/// Source: werkzeug.datastructures.ETags, werkzeug.http.parse_etags; RFC 9110, 8.8.3.
/// </summary>
public sealed class ETags
{
    private ETags(IReadOnlyList<string> strong, IReadOnlyList<string> weak, bool star) => (Strong, Weak, Star) = (strong, weak, star);

    /// <summary>The strong tags without their quotes.</summary>
    public IReadOnlyList<string> Strong { get; }

    /// <summary>The weak tags without their marks and quotes.</summary>
    public IReadOnlyList<string> Weak { get; }

    /// <summary>Whether <c>*</c> was sent, which stands for any tag.</summary>
    public bool Star { get; }

    /// <summary>Whether nothing was sent.</summary>
    public bool IsEmpty => !Star && Strong.Count == 0 && Weak.Count == 0;

    /// <summary>Reads a header.</summary>
    public static ETags Parse(string? header)
    {
        var (strong, weak) = (new List<string>(), new List<string>());
        var reader = new TagReader(header);
        while (reader.Next(out var tag, out var isWeak, out var isQuoted))
        {
            if (tag == "*" && !isQuoted) return new([], [], star: true);
            (isWeak ? weak : strong).Add(tag);
        }
        return new(strong, weak, star: false);
    }

    /// <summary>Whether a tag is among the strong ones.</summary>
    public bool IsStrong(string tag) => Strong.Contains(tag, StringComparer.Ordinal);

    /// <summary>Whether a tag is among the weak ones.</summary>
    public bool IsWeak(string tag) => Weak.Contains(tag, StringComparer.Ordinal);

    /// <summary>Whether a tag is covered in strong comparison.</summary>
    public bool Contains(string tag) => Star || IsStrong(tag);

    /// <summary>Whether a tag is covered in weak comparison.</summary>
    public bool ContainsWeak(string tag) => IsWeak(tag) || Contains(tag);

    /// <summary>Whether a tag as it stands in a header is covered, in the comparison its mark calls for.</summary>
    public bool ContainsRaw(string quoted)
    {
        var (tag, weak) = Unquote(quoted);
        return weak ? ContainsWeak(tag) : Contains(tag);
    }

    /// <summary>The header value.</summary>
    public override string ToString() => Star ? "*" : string.Join(", ", Strong.Select(tag => $"\"{tag}\"").Concat(Weak.Select(tag => $"W/\"{tag}\"")));

    /// <summary>A tag for a header. Throws <see cref="ArgumentException"/> if it holds a quote.</summary>
    public static string Quote(string tag, bool weak = false)
    {
        if (tag.Contains('"', StringComparison.Ordinal))
            throw new ArgumentException($"'{tag}' cannot be an ETag: it holds a quotation mark. Use letters, digits and punctuation.", nameof(tag));
        return weak ? $"W/\"{tag}\"" : $"\"{tag}\"";
    }

    /// <summary>Takes a tag out of its quotes and tells whether it was marked weak.</summary>
    public static (string Tag, bool Weak) Unquote(string quoted)
    {
        var tag = quoted.Trim();
        var weak = tag.StartsWith("W/", StringComparison.OrdinalIgnoreCase);
        if (weak) tag = tag[2..];
        return (tag.Length > 1 && tag[0] == '"' && tag[^1] == '"' ? tag[1..^1] : tag, weak);
    }

    /// <summary>The tag of a content: its SHA-1 in hexadecimal.</summary>
    public static string Generate(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA1.HashData(content));

    private ref struct TagReader(string? header)
    {
        private ReadOnlySpan<char> _rest = header;
        private bool _noClosingQuote;

        public bool Next([NotNullWhen(true)] out string? tag, out bool weak, out bool quoted)
        {
            tag = null;
            weak = quoted = false;
            if (_rest.IsEmpty) return false;

            weak = _rest.StartsWith("W/", StringComparison.OrdinalIgnoreCase);
            if (weak) _rest = _rest[2..];
            var closing = ClosingQuote();
            quoted = closing > 0;
            if (quoted)
            {
                tag = _rest[1..closing].ToString();
                _rest = _rest[(closing + 1)..];
            }
            else
            {
                var comma = _rest.IndexOf(',');
                tag = (comma < 0 ? _rest : _rest[..comma].TrimEnd()).ToString();
                _rest = comma < 0 ? default : _rest[comma..];
            }
            _rest = _rest.TrimStart();
            if (!_rest.IsEmpty) _rest = _rest[1..].TrimStart();
            return true;
        }

        // A quote closes a tag when a comma or the end follows; another one is part of the tag.
        private int ClosingQuote()
        {
            if (_noClosingQuote || _rest.IsEmpty || _rest[0] != '"') return -1;
            for (var i = 1; i < _rest.Length; i++)
            {
                var next = _rest[i..].IndexOf('"');
                if (next < 0) break;
                i += next;
                if (i + 1 == _rest.Length || _rest[(i + 1)..].TrimStart().StartsWith(',')) return i;
            }
            // Nor will any later tag find one: this keeps the reading linear.
            _noClosingQuote = true;
            return -1;
        }
    }
}
