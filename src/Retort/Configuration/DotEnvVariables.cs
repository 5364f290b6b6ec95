using System.Text;

namespace Retort.Configuration;

/// <summary>
/// Puts values in the place of <c>${NAME}</c> and <c>${NAME:-default}</c>, whatever the quotes around them. A name that nothing gives is the default, or empty. Source: python-dotenv.
/// </summary>
internal static class DotEnvVariables
{
    /// <param name="text">The value as it was read.</param>
    /// <param name="valueOf">Whether there is a variable of that name, and its value; null for one that was named without a value.</param>
    public static string Expand(string text, Func<string, (bool Found, string? Value)> valueOf)
    {
        var made = new StringBuilder(text.Length);
        var at = 0;
        for (var start = text.IndexOf("${", StringComparison.Ordinal); start >= 0; start = text.IndexOf("${", start, StringComparison.Ordinal))
        {
            if (Read(text, start) is not var (name, fallback, end))
            {
                start += 2;
                continue;
            }
            var (found, value) = valueOf(name);
            made.Append(text, at, start - at).Append(found ? value : fallback);
            at = start = end;
        }
        return made.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>A name goes to the first brace or colon; a colon has to be followed by a dash and a default, which goes to the first brace.</summary>
    private static (string Name, string Default, int End)? Read(string text, int start)
    {
        var stop = text.IndexOfAny(['}', ':'], start + 2);
        if (stop < 0)
            return null;
        var name = text[(start + 2)..stop];
        if (text[stop] == '}')
            return (name, "", stop + 1);
        if (stop + 1 >= text.Length || text[stop + 1] != '-')
            return null;
        var end = text.IndexOf('}', stop);
        return end < 0 ? null : (name, text[(stop + 2)..end], end + 1);
    }
}
