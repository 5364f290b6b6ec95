using System.Buffers;
using System.Globalization;
using System.Text;
using Retort.Routing;

namespace Retort.Http;

/// <summary>
/// A cookie for the browser: the value of one <c>Set-Cookie</c> header. Any text can be its value; what RFC 6265 forbids is escaped in quotes.
/// Source: werkzeug.http.dump_cookie.
/// </summary>
/// <param name="Name">The name, sent as it is.</param>
/// <param name="Value">The value.</param>
public sealed record SetCookie(string Name, string Value = "")
{
    /// <summary>The size above which browsers may drop a cookie silently.</summary>
    public const int DefaultMaxSize = 4093;

    private static readonly SearchValues<char> NeedsNoQuotes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_!#$%&'()*+-./:<=>?@[]^`{|}~");

    private static readonly SearchValues<char> SafeInPath = PercentEncoding.Safe("%!$&'()*+,/:=@");

    /// <summary>How long the browser keeps it, in whole seconds. Null: as long as the browser runs.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>When the browser drops it. Worked out from <see cref="MaxAge"/> when that alone is set.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The path below which it is sent back; null leaves that to the browser.</summary>
    public string? Path { get; init; } = "/";

    /// <summary>A domain whose hosts it is sent to; null means this host alone. A port and a leading dot are dropped.</summary>
    public string? Domain { get; init; }

    /// <summary>Only over HTTPS.</summary>
    public bool Secure { get; init; }

    /// <summary>Out of reach for scripts.</summary>
    public bool HttpOnly { get; init; }

    /// <summary><c>Strict</c>, <c>Lax</c> or <c>None</c> in any case; throws <see cref="ArgumentException"/> for anything else.</summary>
    public string? SameSite
    {
        get;
        init => field = value?.ToLowerInvariant() switch
        {
            null => null,
            "strict" => "Strict",
            "lax" => "Lax",
            "none" => "None",
            _ => throw new ArgumentException($"The cookie '{Name}' cannot have SameSite '{value}'. Use 'Strict', 'Lax' or 'None'.", nameof(value)),
        };
    }

    /// <summary>Kept apart for each top-level site (CHIPS); implies <see cref="Secure"/>.</summary>
    public bool Partitioned { get; init; }

    /// <summary>The header value. Throws <see cref="ArgumentException"/> for a domain that has no ASCII form.</summary>
    /// <param name="tooLarge">Receives a warning when the cookie is larger than <paramref name="maxSize"/>.</param>
    /// <param name="maxSize">The limit for the warning; 0 switches it off.</param>
    public string ToHeader(Action<string>? tooLarge = null, int maxSize = DefaultMaxSize)
    {
        var value = QuoteValue();
        // A name beyond ASCII travels as UTF-8 bytes, one character each, as Python's servers send it.
        var header = new StringBuilder(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Name))).Append('=').Append(value);
        if (!string.IsNullOrEmpty(Domain)) header.Append("; Domain=").Append(AsciiDomain());
        if (Expires is { } expires) header.Append("; Expires=").Append(HttpDate.Format(expires));
        else if (MaxAge is { } age) header.Append("; Expires=").Append(HttpDate.Format(ExpiresAfter(age)));
        if (MaxAge is { } seconds) header.Append(CultureInfo.InvariantCulture, $"; Max-Age={(long)seconds.TotalSeconds}");
        if (Secure || Partitioned) header.Append("; Secure");
        if (HttpOnly) header.Append("; HttpOnly");
        if (Path is not null) header.Append("; Path=").Append(PercentEncoding.Quote(Path, SafeInPath));
        if (SameSite is not null) header.Append("; SameSite=").Append(SameSite);
        if (Partitioned) header.Append("; Partitioned");

        if (maxSize > 0 && header.Length > maxSize)
        {
            tooLarge?.Invoke(string.Create(CultureInfo.InvariantCulture,
                $"The '{Name}' cookie is too large: the value was {value.Length} bytes but the header required {header.Length - value.Length} extra bytes. " +
                $"The final size was {header.Length} bytes but the limit is {maxSize} bytes. Browsers may silently ignore cookies larger than this."));
        }
        return header.ToString();
    }

    /// <summary>The header value.</summary>
    public override string ToString() => ToHeader();

    private string QuoteValue()
    {
        if (!Value.AsSpan().ContainsAnyExcept(NeedsNoQuotes)) return Value;

        var quoted = new StringBuilder(Value.Length + 16).Append('"');
        foreach (var b in Encoding.UTF8.GetBytes(Value))
        {
            if (b is (byte)'"' or (byte)'\\') quoted.Append('\\').Append((char)b);
            else if (b is < 0x20 or >= 0x7f or (byte)',' or (byte)';') quoted.Append('\\').Append(Digit(b >> 6)).Append(Digit(b >> 3)).Append(Digit(b));
            else quoted.Append((char)b);
        }
        return quoted.Append('"').ToString();

        static char Digit(int bits) => (char)('0' + (bits & 7));
    }

    private string AsciiDomain()
    {
        var host = Domain!.Split(':')[0].TrimStart('.');
        return InternationalDomain.ToAscii(host)
            ?? throw new ArgumentException(
                $"The cookie '{Name}' cannot be sent to the domain '{Domain}': it is not a host name. Check SESSION_COOKIE_DOMAIN or the domain argument.");
    }

    private static DateTimeOffset ExpiresAfter(TimeSpan age)
    {
        var now = DateTimeOffset.UtcNow;
        return age > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue : age < DateTimeOffset.MinValue - now ? DateTimeOffset.MinValue : now + age;
    }
}
