namespace Retort.Sessions;

/// <summary>Whether a secret key can be guessed.</summary>
internal static class KeyStrength
{
    private const int Shortest = 16;

    // Keys of tutorials and documentation: whoever tries to forge a session tries these first.
    private static readonly HashSet<string> WellKnown = new(StringComparer.OrdinalIgnoreCase)
    {
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
        "_5#y2L\"F4Q8z\n\u00ec]/",
        "_5#y2L\"F4Q8z\\n\\xec]/",
        "you-will-never-guess",
        "this-really-needs-to-be-changed",
        "hard to guess string",
        "super secret string",
        "super-secret-key",
        "your-secret-key-here",
        "a-very-secret-key",
    };

    /// <summary>What to say of a key that others may know or find out; null for one that is long enough, and for none.</summary>
    public static string? Advice(string? key)
    {
        if (string.IsNullOrEmpty(key))
            return null;
        var reason = WellKnown.Contains(key) ? "stands in a tutorial" : key.Length < Shortest ? $"has fewer than {Shortest} characters" : null;
        return reason is null ? null : $"Warning: SECRET_KEY {reason}: others can guess it and sign sessions of their own. Make one with 'openssl rand -hex 32' and keep it out of the source.";
    }
}
