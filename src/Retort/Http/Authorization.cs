using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Retort.Http;

/// <summary>
/// Credentials of a request: a user name and password (<c>Basic</c>), parameters (<c>Digest</c>) or a token (<c>Bearer</c> and others).
/// Source: werkzeug.datastructures.Authorization; RFC 9110, 11.6.2.
/// </summary>
/// <param name="Type">The scheme in lower case.</param>
/// <param name="Parameters">The parameters in order; empty when there is a token.</param>
/// <param name="Token">The token; null when there are parameters.</param>
public sealed record Authorization(string Type, IReadOnlyDictionary<string, string?> Parameters, string? Token)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The user name of Basic or Digest credentials.</summary>
    public string? Username => Parameters.GetValueOrDefault("username");

    /// <summary>The password of Basic credentials.</summary>
    public string? Password => Parameters.GetValueOrDefault("password");

    /// <summary>A parameter, or null.</summary>
    public string? this[string name] => Parameters.GetValueOrDefault(name);

    /// <summary>Basic credentials, as a client sends them.</summary>
    public static Authorization Basic(string username, string password) =>
        new("basic", new OrderedDictionary<string, string?> { ["username"] = username, ["password"] = password }, null);

    /// <summary>Reads the header; null when it is missing or Basic credentials are not UTF-8.</summary>
    public static Authorization? Parse(string? header)
    {
        if (string.IsNullOrEmpty(header)) return null;

        var (scheme, rest) = SplitScheme(header);
        if (scheme == "basic") return TryDecodeBasic(rest, out var basic) ? basic : null;
        return rest.TrimEnd('=').Contains('=', StringComparison.Ordinal)
            ? new(scheme, ListHeader.ParsePairs(rest), null)
            : new(scheme, new OrderedDictionary<string, string?>(), rest);
    }

    /// <summary>The header value.</summary>
    public override string ToString()
    {
        if (Type == "basic") return $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}"))}";
        return $"{Title(Type)} {Token ?? ListHeader.Dump(Parameters)}";
    }

    internal static (string Scheme, string Value) SplitScheme(string header)
    {
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (header.ToLowerInvariant(), "") : (header[..space].ToLowerInvariant(), header[(space + 1)..].Trim());
    }

    /// <summary>A scheme as it is written: a capital at the beginning and after everything that is no letter.</summary>
    internal static string Title(string scheme) =>
        string.Create(scheme.Length, scheme, (title, text) =>
        {
            for (var i = 0; i < title.Length; i++)
            {
                var within = i > 0 && char.IsLetter(text[i - 1]);
                title[i] = within ? char.ToLowerInvariant(text[i]) : char.ToUpperInvariant(text[i]);
            }
        });

    private static bool TryDecodeBasic(string encoded, [NotNullWhen(true)] out Authorization? basic)
    {
        basic = null;
        if (DecodeBase64(encoded) is not { } bytes) return false;
        try
        {
            var pair = StrictUtf8.GetString(bytes);
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            basic = colon < 0 ? Basic(pair, "") : Basic(pair[..colon], pair[(colon + 1)..]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    // Python's decoder passes over characters that are not in the alphabet, insists on the padding and stops after it.
    private static byte[]? DecodeBase64(string encoded)
    {
        var text = new StringBuilder(encoded.Length);
        var padding = 0;
        foreach (var c in encoded)
        {
            if (!char.IsAscii(c)) return null;
            if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/')
            {
                text.Append(c);
                padding = 0;
            }
            else if (c == '=' && text.Length % 4 >= 2 && text.Length % 4 + ++padding >= 4)
            {
                return Convert.FromBase64String(text.Append('=', padding).ToString());
            }
        }
        return text.Length % 4 == 0 ? Convert.FromBase64String(text.ToString()) : null;
    }
}
