namespace Retort.Development;

/// <summary>Hides what must not be shown: values whose names say that they are secret, and passwords inside of addresses and connection strings.</summary>
internal static partial class SecretNames
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "********";

    private static readonly string[] Words =
    [
        "SECRET", "KEY", "PASSWORD", "PASSWD", "PWD", "PASSPHRASE", "TOKEN", "CREDENTIAL", "AUTHORIZATION", "CONNECTIONSTRING", "CONNECTION_STRING", "PRIVATE", "COOKIE_SALT", "DEBUG_PIN",
    ];

    /// <summary>Whether a name says that its value is secret.</summary>
    public static bool IsSecret(string name) => Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>A text with the passwords taken out that stand in addresses (<c>redis://:password@host</c>) and connection strings (<c>Password=...</c>).</summary>
    public static string InText(string text) => InConnection().Replace(InAddress().Replace(text, "${before}" + Mask + "@"), "${name}=" + Mask);

    [System.Text.RegularExpressions.GeneratedRegex(@"(?<before>[a-zA-Z][a-zA-Z0-9+.\-]*://[^/@\s:""']*:)[^/@\s""']+@", System.Text.RegularExpressions.RegexOptions.NonBacktracking)]
    private static partial System.Text.RegularExpressions.Regex InAddress();

    [System.Text.RegularExpressions.GeneratedRegex(
        @"(?<name>(?:password|pwd|accountkey|sharedaccesskey|secret|access_token))\s*=\s*[^;&""'\s]+", System.Text.RegularExpressions.RegexOptions.NonBacktracking | System.Text.RegularExpressions.RegexOptions.IgnoreCase)]
    private static partial System.Text.RegularExpressions.Regex InConnection();
}
