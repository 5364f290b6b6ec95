using System.Collections.Concurrent;
using Retort.Signing;

namespace Retort.Login;

/// <summary>
/// Checks a password so that a stranger cannot tell by the time it takes whether the user exists: where there is no user, a hash that nobody knows the password of is checked instead.
/// </summary>
public static class PasswordCheck
{
    private static readonly ConcurrentDictionary<string, string> Dummies = new(StringComparer.Ordinal);

    /// <summary>Whether the password belongs to the hash. Takes as long for no hash as for a wrong password.</summary>
    /// <param name="hash">The user's password hash; null when there is no such user, or one without a password.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="method">How the app's passwords are hashed, as <see cref="PasswordHash.Generate"/> is told. Default its own.</param>
    public static bool Verify(string? hash, string password, string method = "scrypt") => Verify(hash, password, method, PasswordHash.Check);

    internal static bool Verify(string? hash, string password, string method, Func<string, string, bool> check)
    {
        // Made for the first caller of either kind.
        var dummy = Dummies.GetOrAdd(method, static method => PasswordHash.Generate(Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)), method));
        var fits = check(hash ?? dummy, password);
        return fits && hash is not null;
    }
}
