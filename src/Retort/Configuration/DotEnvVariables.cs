using System.Text.RegularExpressions;

namespace Retort.Configuration;

/// <summary>
/// Puts values in the place of <c>${NAME}</c> and <c>${NAME:-default}</c>, whatever the quotes around them. A name that nothing gives is the default, or empty. Source: python-dotenv.
/// </summary>
internal static partial class DotEnvVariables
{
    /// <param name="text">The value as it was read.</param>
    /// <param name="valueOf">Whether there is a variable of that name, and its value; null for one that was named without a value.</param>
    public static string Expand(string text, Func<string, (bool Found, string? Value)> valueOf) =>
        Variable().Replace(text, match => valueOf(match.Groups["name"].Value) is (true, var value) ? value ?? "" : match.Groups["default"].Value);

    [GeneratedRegex(@"\$\{(?<name>[^}:]*)(?::-(?<default>[^}]*))?\}")]
    private static partial Regex Variable();
}
