using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Retort.Signing;

/// <summary>
/// Flask-Login's <c>_id</c> of a session: SHA-512 of where the request came from, in hexadecimal. A session that turns up elsewhere is not trusted.
/// Source: flask_login.utils, _create_identifier.
/// </summary>
public static class SessionIdentifier
{
    /// <summary>
    /// The identifier. <paramref name="forwardedFor"/> is the X-Forwarded-For header, whose first entry counts instead of the remote address;
    /// null is a header that was not sent. Headers are text of one character per byte, as WSGI passes them.
    /// </summary>
    public static string Create(string? remoteAddress, string? forwardedFor, string? userAgent)
    {
        var address = (forwardedFor ?? remoteAddress)?.Split(',')[0].Trim(' ', '\t', '\n', '\r', '\v', '\f');
        return Convert.ToHexStringLower(SHA512.HashData(Encoding.ASCII.GetBytes($"{BytesLiteral(address)}|{BytesLiteral(userAgent)}")));
    }

    /// <summary>What is hashed are Python's spellings of the UTF-8 bytes: <c>b'Mozilla/5.0'</c>, or <c>None</c>.</summary>
    private static string BytesLiteral(string? text)
    {
        if (text is null)
            return "None";
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var literal = new StringBuilder("b").Append(quote);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            _ = value switch
            {
                (byte)'\\' => literal.Append("\\\\"),
                (byte)'\t' => literal.Append("\\t"),
                (byte)'\n' => literal.Append("\\n"),
                (byte)'\r' => literal.Append("\\r"),
                _ when value == quote => literal.Append('\\').Append(quote),
                >= 0x20 and < 0x7f => literal.Append((char)value),
                _ => literal.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
            };
        }
        return literal.Append(quote).ToString();
    }
}
