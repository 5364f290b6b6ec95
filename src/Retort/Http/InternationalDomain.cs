using System.Globalization;

namespace Retort.Http;

/// <summary>Host names beyond ASCII in their <c>xn--</c> form, as Python's idna codec (RFC 3490) makes it.</summary>
internal static class InternationalDomain
{
    /// <summary>The ASCII form, or null for a name that has none (an empty or too long label, a forbidden character).</summary>
    public static string? ToAscii(string host)
    {
        try
        {
            return System.Text.Ascii.IsValid(host) ? host : new IdnMapping().GetAscii(Prepare(host));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The readable form; labels that cannot be decoded stay as they are.</summary>
    public static string ToUnicode(string host) => string.Join('.', host.Split('.').Select(LabelToUnicode));

    // The mapping of RFC 3491 where it matters: IdnMapping does another one with ICU and none without.
    private static string Prepare(string host) => string.Concat(host.ToLowerInvariant().Select(c => c switch
    {
        'ß' => "ss",
        'ς' => "σ",
        '。' or '．' or '｡' => ".",
        >= '！' and <= '～' => ((char)(c - '！' + '!')).ToString().ToLowerInvariant(),
        _ => c.ToString(),
    }));

    private static string LabelToUnicode(string label)
    {
        if (!label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase)) return label;
        try
        {
            return new IdnMapping().GetUnicode(label.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return label;
        }
    }
}
