using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Retort.Signing;

/// <summary>
/// Password hashes in Werkzeug's format, <c>method$salt$hash</c>: <c>scrypt:N:r:p</c> or <c>pbkdf2:digest:iterations</c>.
/// Source: werkzeug.security, generate_password_hash and check_password_hash.
/// </summary>
public static class PasswordHash
{
    private const string SaltAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string DefaultIterations = "1000000";

    /// <summary>
    /// A hash of the password under a new salt. <paramref name="method"/> is <c>scrypt</c> (32768:8:1, which takes 32 MB of memory),
    /// <c>scrypt:N:r:p</c>, <c>pbkdf2</c> (sha256, 1,000,000 iterations), <c>pbkdf2:digest</c> or <c>pbkdf2:digest:iterations</c>.
    /// Throws <see cref="PasswordHashError"/> for any other method and <see cref="ArgumentOutOfRangeException"/> for a salt of no length.
    /// </summary>
    public static string Generate(string password, string method = "scrypt", int saltLength = 16)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(saltLength, 1);
        var salt = RandomNumberGenerator.GetString(SaltAlphabet, saltLength);
        var (hash, fullMethod) = Compute(method, salt, password);
        return $"{fullMethod}${salt}${Convert.ToHexStringLower(hash)}";
    }

    /// <summary>
    /// Whether the password is the one that was hashed. False for text that is no hash at all; throws <see cref="PasswordHashError"/> for a method
    /// that is malformed or not supported, because no password could ever match it. The comparison takes the same time whatever differs.
    /// </summary>
    public static bool Check(string hash, string password)
    {
        if (hash.Split('$', 3) is not [var method, var salt, var expected])
            return false;
        var actual = Convert.ToHexStringLower(Compute(method, salt, password).Hash);
        if (!Ascii.IsValid(expected))
            throw new PasswordHashError("The hash behind the second '$' is not ASCII; it should be hexadecimal, so the stored text is damaged.", "TypeError");
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(actual), Encoding.ASCII.GetBytes(expected));
    }

    private static (byte[] Hash, string Method) Compute(string method, string salt, string password)
    {
        var passwordBytes = Encode(password);
        try
        {
            var parts = method.Split(':');
            return parts[0] switch
            {
                "scrypt" => ComputeScrypt(passwordBytes, Encode(salt), parts[1..]),
                "pbkdf2" => ComputePbkdf2(passwordBytes, Encode(salt), parts[1..]),
                var name => throw new PasswordHashError($"'{name}' is not a password hash method; use scrypt or pbkdf2."),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passwordBytes);
        }
    }

    private static (byte[] Hash, string Method) ComputeScrypt(byte[] password, byte[] salt, string[] costs)
    {
        if (costs.Length == 0)
            costs = ["32768", "8", "1"];
        if (costs is not [var nText, var rText, var pText]
            || !TryReadInteger(nText, out var n) || !TryReadInteger(rText, out var r) || !TryReadInteger(pText, out var p))
            throw new PasswordHashError($"'scrypt' takes three numbers, not '{string.Join(':', costs)}'; write scrypt:N:r:p, for example scrypt:32768:8:1.");
        return (Scrypt.DeriveKey(password, salt, ScryptCost.Checked(n, r, p)), $"scrypt:{n}:{r}:{p}");
    }

    private static (byte[] Hash, string Method) ComputePbkdf2(byte[] password, byte[] salt, string[] arguments)
    {
        if (arguments.Length > 2)
            throw new PasswordHashError($"'pbkdf2' takes a digest and a number, not '{string.Join(':', arguments)}'; write pbkdf2:sha256:1000000.");
        var name = arguments is [var given, ..] ? given : "sha256";
        var count = arguments is [_, var number] ? number : DefaultIterations;
        if (!TryReadInteger(count, out var iterations))
            throw new PasswordHashError($"The iterations of 'pbkdf2' are '{count}', which is no whole number; write pbkdf2:sha256:1000000.");
        var digest = Digest.Find(name);
        if (iterations > long.MaxValue || (digest is not null && iterations > int.MaxValue))
            throw new PasswordHashError($"'pbkdf2' cannot do {count} iterations; use at most {int.MaxValue}.", "OverflowError");
        if (digest is null)
            throw new PasswordHashError($"'pbkdf2' has no digest '{name}' here; use sha256, sha512 or another that Digest names.");
        if (iterations < 1)
            throw new PasswordHashError($"'pbkdf2' cannot do {count} iterations; use at least one.");
        return (Pbkdf2.DeriveKey(digest, password, salt, (int)iterations), $"pbkdf2:{name}:{iterations}");
    }

    /// <summary>A whole number as Python's <c>int()</c> reads it: spaces around, a sign, single underscores between digits.</summary>
    private static bool TryReadInteger(string text, out BigInteger number)
    {
        var trimmed = text.Trim();
        var groups = (trimmed is ['+' or '-', ..] ? trimmed[1..] : trimmed).Split('_');
        number = default;
        return groups.All(group => group.Length is > 0 and <= 4300 && group.All(char.IsAsciiDigit))
            && BigInteger.TryParse(trimmed.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private static byte[] Encode(string text)
    {
        try
        {
            return Utf8Text.Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw new PasswordHashError("The password or salt holds half a surrogate pair, which has no UTF-8; repair the text first.");
        }
    }
}
