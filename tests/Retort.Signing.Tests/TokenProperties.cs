using FsCheck;
using FsCheck.Fluent;

namespace Retort.Signing.Tests;

public class TokenProperties
{
    private static readonly FixedClock Clock = new();
    private static readonly TaggedJson Tagged = new();
    private static readonly UrlSafeTimedSerializer Session = new("dev", "cookie-session", Tagged, SignerOptions.FlaskSession, Clock);
    private static readonly Serializer Plain = new("dev");
    private static readonly Signer Signer = new("dev", options: new SignerOptions { Digest = Digest.Sha512 });

    /// <summary>Values that a session may hold, in the types that reading gives back.</summary>
    private static Gen<object?> Values(int depth)
    {
        var text = ArbMap.Default.GeneratorFor<string>().Where(value => value is not null && !value.Any(char.IsSurrogate));
        Gen<object?>[] scalars =
        [
            Gen.Constant<object?>(null),
            ArbMap.Default.GeneratorFor<bool>().Select(value => (object?)value),
            ArbMap.Default.GeneratorFor<long>().Select(value => (object?)value),
            ArbMap.Default.GeneratorFor<double>().Select(value => (object?)value),
            ArbMap.Default.GeneratorFor<Guid>().Select(value => (object?)value),
            ArbMap.Default.GeneratorFor<byte[]>().Where(value => value is not null).Select(value => (object?)value),
            ArbMap.Default.GeneratorFor<int>().Select(value => (object?)DateTimeOffset.FromUnixTimeSeconds(value)),
            text.Select(value => (object?)value),
        ];
        if (depth == 0)
            return Gen.OneOf(scalars);
        var items = Values(depth - 1).ListOf();
        var keys = Gen.OneOf(text, Gen.Elements(" t", " di", " b", " d", " u", " di__"));
        var members = Gen.Zip(keys, Values(depth - 1)).ListOf();
        return Gen.OneOf(
            [
                .. scalars,
                items.Select(list => (object?)list.ToList()),
                items.Select(list => (object?)new JsonTuple(list)),
                members.Select(list => (object?)Dictionary(list)),
            ]);
    }

    private static OrderedDictionary<string, object?> Dictionary(IEnumerable<(string Key, object? Value)> members)
    {
        var dictionary = new OrderedDictionary<string, object?>();
        foreach (var (key, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
            dictionary[key] = value;
        return dictionary;
    }

    [Fact]
    public void What_is_dumped_is_loaded_again() => Prop.ForAll(Values(3).ToArbitrary(), value =>
    {
        Assert.True(Same(value, Session.Loads(Session.Dumps(value))));
        Assert.True(Same(value, Tagged.Loads(Tagged.Dumps(value))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Security_104_a_token_with_any_bit_flipped_is_refused() => Prop.ForAll(Values(2).ToArbitrary(), value =>
    {
        var token = Session.Dumps(value);
        Assert.True(Session.TryLoads(token).Ok);
        AssertEachFlipIsRefused(token, flipped => Session.TryLoads(flipped).Ok);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Security_104_a_signed_value_with_any_bit_flipped_is_refused() => Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), value =>
    {
        var text = new string([.. value.Get.Where(character => !char.IsSurrogate(character))]);
        var signed = Signer.Sign(text);
        Assert.True(Signer.Validate(signed));
        AssertEachFlipIsRefused(signed, flipped => Signer.Validate(flipped));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Any_text_is_refused_without_throwing() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        Assert.False(Signer.TryUnsign(text).Ok);
        Assert.False(Plain.TryLoads(text).Ok);
        Assert.False(Session.TryLoads(text, TimeSpan.FromDays(1)).Ok);
        Assert.Null(RememberToken.Decode(text ?? "", "dev"));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Any_signed_text_is_loaded_or_a_bad_payload() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        var clean = new string([.. (text ?? "").Where(character => !char.IsSurrogate(character))]);
        var plain = Plain.TryLoads(new Signer("dev", "itsdangerous").Sign(clean));
        var session = Session.TryLoads(new TimestampSigner("dev", "cookie-session", SignerOptions.FlaskSession, Clock).Sign(clean));
        Assert.True(plain.Error is null or BadPayload);
        Assert.True(session.Error is null or BadPayload);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Any_bytes_are_JSON_or_a_format_error() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        try
        {
            Tagged.Loads(bytes);
        }
        catch (FormatException)
        {
            // Declared.
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Any_text_as_a_hash_verifies_nothing_or_is_a_declared_error() => Prop.ForAll(ArbMap.Default.ArbFor<(string, string, string)>(), parts =>
    {
        var (a, b, c) = parts;
        foreach (var hash in new[] { a ?? "", $"{a}${b}${c}", $"pbkdf2:sha256:{a}$s$x", $"scrypt:{a}:8:1$s$x" })
        {
            try
            {
                Assert.False(PasswordHash.Check(hash, "x"));
            }
            catch (PasswordHashError)
            {
                // Declared.
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static void AssertEachFlipIsRefused(string token, Func<string, bool> accepts)
    {
        var characters = token.ToCharArray();
        for (var i = 0; i < 16 * characters.Length; i++)
        {
            characters[i / 16] ^= (char)(1 << (i % 16));
            Assert.False(accepts(new string(characters)), $"bit {i % 16} of character {i / 16} of {token}");
            characters[i / 16] ^= (char)(1 << (i % 16));
        }
    }

    /// <summary>Equality by content all the way down, and by type: a tuple is no list.</summary>
    private static bool Same(object? expected, object? actual) => (expected, actual) switch
    {
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (JsonTuple a, JsonTuple b) => a.Count == b.Count && a.Zip(b, Same).All(same => same),
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b, Same).All(same => same),
        (OrderedDictionary<string, object?> a, OrderedDictionary<string, object?> b) =>
            a.Keys.SequenceEqual(b.Keys) && a.Values.Zip(b.Values, Same).All(same => same),
        _ => Equals(expected, actual),
    };
}
