using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Retort.Sessions;
using Retort.Signing;

namespace Retort.Conformance;

/// <summary>Tokens of itsdangerous, Flask's session cookie, Flask-WTF and Flask-Login.</summary>
internal static class SigningSuite
{
    private static readonly TimeSpan FlaskLifetime = TimeSpan.FromDays(31);
    private static readonly TaggedJson Tagged = MakeTagged();

    public static void Run(Runner runner, JsonElement root, string file)
    {
        foreach (var (index, vector) in root.GetProperty("cases").EnumerateArray().Index())
        {
            var name = $"{file}[{index}] {Text(vector, "kind")} {Text(vector, "op")} {Text(vector, "why")}";
            try
            {
                var (expected, actual) = Check(vector);
                runner.Compare(name, expected, actual);
            }
            catch (Exception error)
            {
                runner.Compare(name, "no exception", error.ToString());
            }
        }
    }

    private static (string Expected, string Actual) Check(JsonElement vector) => (Text(vector, "kind"), Text(vector, "op")) switch
    {
        ("Signer", "sign") => (Text(vector, "signed")!, Signer(vector).Sign(Text(vector, "value"))),
        ("Signer", "unsign") => (Expected(vector), Show(Signer(vector).TryUnsign(Text(vector, "signed")))),
        ("TimestampSigner", "sign") => (Text(vector, "signed")!, TimestampSigner(vector).Sign(Text(vector, "value"))),
        ("TimestampSigner", "unsign") => (Expected(vector), Show(TimestampSigner(vector).TryUnsign(Text(vector, "signed"), Seconds(vector, "max_age")))),
        ({ } kind, "dumps") => CheckToken(vector, Text(vector, "token")!, Dumps(kind, vector)),
        ({ } kind, "loads") => (Expected(vector), Show(Loads(kind, vector), showDate: false)),
        (null, "encode") => CheckSession(vector),
        (null, "decode") => (ExpectedSession(vector), DecodeSession(vector)),
        (null, "generate") => CheckToken(vector, Text(vector, "token")!, Csrf(vector).Generate(Text(vector, "session_token")!)),
        (null, "validate") => (Text(vector, "error") ?? "valid", ValidateCsrf(vector) ?? "valid"),
        (null, "remember_encode") => (Text(vector, "cookie")!, RememberToken.Encode(Text(vector, "user_id")!, Text(vector, "secret_key")!)),
        (null, "remember_decode") => (Text(vector, "user_id") ?? "no one", Remembered(vector) ?? "no one"),
        (null, "session_id") => (Text(vector, "_id")!, SessionId(vector)),
        var (kind, op) => throw new FormatException($"The vector has kind '{kind}' and op '{op}', which this runner does not know."),
    };

    // Signers and serializers

    private static Signer Signer(JsonElement vector) => new(Keys(vector), Text(vector, "salt")!, Options(vector));

    private static TimestampSigner TimestampSigner(JsonElement vector) => new(Keys(vector), Text(vector, "salt")!, Options(vector), new FixedClock(vector));

    private static string Dumps(string kind, JsonElement vector)
    {
        var value = PythonValues.Read(vector.GetProperty("value"));
        return kind.Contains("Timed", StringComparison.Ordinal) ? Timed(kind, vector).Dumps(value) : Untimed(kind, vector).Dumps(value);
    }

    private static SigningResult<object?> Loads(string kind, JsonElement vector)
    {
        var token = Text(vector, "token");
        return kind.Contains("Timed", StringComparison.Ordinal)
            ? Timed(kind, vector).TryLoads(token, Seconds(vector, "max_age"))
            : Untimed(kind, vector).TryLoads(token);
    }

    private static TimedSerializer Timed(string kind, JsonElement vector) => kind == "TimedSerializer"
        ? new TimedSerializer(Keys(vector), Text(vector, "salt")!, options: Options(vector), clock: new FixedClock(vector))
        : new UrlSafeTimedSerializer(Keys(vector), Text(vector, "salt")!, options: Options(vector), clock: new FixedClock(vector));

    private static Serializer Untimed(string kind, JsonElement vector) => kind == "Serializer"
        ? new Serializer(Keys(vector), Text(vector, "salt")!, options: Options(vector))
        : new UrlSafeSerializer(Keys(vector), Text(vector, "salt")!, options: Options(vector));

    private static CsrfToken Csrf(JsonElement vector) => new(Keys(vector), clock: new FixedClock(vector));

    private static string? ValidateCsrf(JsonElement vector) =>
        Csrf(vector).Validate(Text(vector, "data"), Text(vector, "session_token"), Seconds(vector, "time_limit"));

    private static string? Remembered(JsonElement vector) => RememberToken.Decode(Text(vector, "cookie")!, Text(vector, "secret_key")!);

    private static string SessionId(JsonElement vector) =>
        SessionIdentifier.Create(Text(vector, "remote_addr"), Text(vector, "x_forwarded_for"), Text(vector, "user_agent"));

    /// <summary>Compressed tokens may differ in their deflated bytes and hence in the signature; what they inflate to may not.</summary>
    private static (string Expected, string Actual) CheckToken(JsonElement vector, string expected, string actual) =>
        expected.StartsWith('.') || vector.TryGetProperty("compressed", out _) ? (Inflated(expected), Inflated(actual)) : (expected, actual);

    private static string Inflated(string token)
    {
        if (token is not ['.', ..])
            return "not compressed: " + token;
        var parts = token[1..].Split('.');
        using var stream = new ZLibStream(new MemoryStream(Base64Url.DecodeFromChars(parts[0])), CompressionMode.Decompress);
        return new StreamReader(stream, Encoding.UTF8).ReadToEnd() + (parts.Length == 3 ? " signed at " + parts[1] : "");
    }

    private static string Expected(JsonElement vector)
    {
        var expect = vector.GetProperty("expect");
        if (Text(expect, "error") is { } error)
            return error + (expect.TryGetProperty("date_signed", out var date) ? $" signed at {date}" : "");
        var value = PythonValues.Show(PythonValues.Read(expect.GetProperty("value")));
        return value + (expect.TryGetProperty("timestamp", out var timestamp) ? $" signed at {timestamp}" : "");
    }

    private static string Show<T>(SigningResult<T> result, bool showDate = true)
    {
        var date = result.Ok ? (showDate ? result.DateSigned : null) : (result.Error as BadTimeSignature)?.DateSigned;
        var value = result.Ok ? PythonValues.Show(result.Value) : result.Error.GetType().Name;
        return value + (date is { } signed ? $" signed at {signed.ToUnixTimeSeconds()}" : "");
    }

    // Flask's session cookie

    private static TaggedJson MakeTagged()
    {
        var tagged = new TaggedJson();
        tagged.Register(new MarkupTag());
        return tagged;
    }

    private static UrlSafeTimedSerializer Session(JsonElement vector) =>
        new(Keys(vector), "cookie-session", Tagged, SignerOptions.FlaskSession, new FixedClock(vector));

    private static (string Expected, string Actual) CheckSession(JsonElement vector)
    {
        var value = PythonValues.Read(vector.GetProperty("value"));
        var (expected, actual) = CheckToken(vector, Text(vector, "cookie")!, Session(vector).Dumps(value));
        return ($"{Text(vector, "json")} {expected}", $"{Tagged.Dumps(value)} {actual}");
    }

    private static string ExpectedSession(JsonElement vector)
    {
        var expect = vector.GetProperty("expect");
        return expect.TryGetProperty("$raises", out var raises) ? "raises " + raises : PythonValues.Show(PythonValues.Read(expect));
    }

    /// <summary>A cookie that is not ours is an empty session; one that we signed but cannot read is an error.</summary>
    private static string DecodeSession(JsonElement vector)
    {
        var result = Session(vector).TryLoads(Text(vector, "cookie"), Seconds(vector, "lifetime") ?? FlaskLifetime);
        return result switch
        {
            { Error: BadSignature } => "{}",
            { Error: { } error } => "raises " + error.GetType().Name,
            { Value: OrderedDictionary<string, object?> session } => PythonValues.Show(session),
            _ => "raises TypeError",
        };
    }

    // What a case says

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static TimeSpan? Seconds(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? TimeSpan.FromSeconds(value.GetDouble()) : null;

    /// <summary>Oldest first: Flask's fallbacks stand before the current key.</summary>
    private static SecretKeys Keys(JsonElement vector)
    {
        var fallbacks = vector.TryGetProperty("fallbacks", out var older) ? older.EnumerateArray() : default;
        var key = vector.GetProperty("secret_key");
        IEnumerable<JsonElement> keys = key.ValueKind == JsonValueKind.Array ? key.EnumerateArray() : [key];
        return SecretKeys.Create([.. fallbacks.Concat(keys).Select(text => (SecretKey)text.GetString()!)]);
    }

    private static SignerOptions Options(JsonElement vector) => new()
    {
        Digest = Digest.Parse(Text(vector, "digest") ?? "sha1"),
        Separator = Text(vector, "sep") ?? ".",
        KeyDerivation = Text(vector, "key_derivation") switch
        {
            null or "django-concat" => KeyDerivation.DjangoConcat,
            "concat" => KeyDerivation.Concat,
            "hmac" => KeyDerivation.Hmac,
            "none" => KeyDerivation.None,
            var other => throw new FormatException($"The vector derives its key by '{other}', which this runner does not know."),
        },
    };

    private sealed class FixedClock(JsonElement vector) : TimeProvider
    {
        private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(vector.TryGetProperty("now", out var now) ? now.GetInt64() : 0);

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
