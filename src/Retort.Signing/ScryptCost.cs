using System.Globalization;
using System.Numerics;

namespace Retort.Signing;

/// <summary>The cost of scrypt: <paramref name="N"/> steps over <paramref name="R"/> blocks of 128 bytes, <paramref name="P"/> times.</summary>
internal readonly record struct ScryptCost(int N, int R, int P)
{
    /// <summary>
    /// Takes what Werkzeug, hashlib and OpenSSL together take, with their kind of error for the rest. Werkzeug allows 132 * N * r * p bytes,
    /// hashlib at most 2 GB of them; OpenSSL then wants room for its tables, and N below 2^(16 r).
    /// </summary>
    public static ScryptCost Checked(BigInteger n, BigInteger r, BigInteger p)
    {
        var cost = string.Create(CultureInfo.InvariantCulture, $"scrypt:{n}:{r}:{p}");
        var memory = 132 * n * r * p;
        if (memory > long.MaxValue || memory < long.MinValue)
            throw new PasswordHashError($"'{cost}' needs more memory than there can be; use smaller numbers.", "OverflowError");
        if (n < 0 || n > ulong.MaxValue)
            throw new PasswordHashError($"N of '{cost}' is no unsigned number; use a power of two.", "TypeError");
        if (n < 2 || !n.IsPowerOfTwo)
            throw new PasswordHashError($"N of '{cost}' is not a power of two; use for example 32768.");
        if (r < 0 || r > ulong.MaxValue || p < 0 || p > ulong.MaxValue)
            throw new PasswordHashError($"r or p of '{cost}' is no unsigned number; use for example 8 and 1.", "TypeError");
        if (memory > int.MaxValue)
            throw new PasswordHashError($"'{cost}' needs {memory} bytes, more than the {int.MaxValue} allowed; use smaller numbers.");
        if (r == 0 || p == 0)
            throw new PasswordHashError($"r or p of '{cost}' is zero; use at least one of each.");
        if (128 * r * (p + n + 2) > memory || (r < 4 && n >= BigInteger.One << (16 * (int)r)))
            throw new PasswordHashError($"'{cost}' exceeds the memory limit for its N, which Werkzeug sets too low; use N of at least 128 and r of 8.");
        return new ScryptCost((int)n, (int)r, (int)p);
    }
}
