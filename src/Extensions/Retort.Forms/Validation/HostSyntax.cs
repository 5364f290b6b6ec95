using System.Globalization;
using System.Text;
using Retort.Forms.Text;

namespace Retort.Forms.Validation;

/// <summary>Names of hosts, also international ones, which are looked at in their ASCII form. Source: wtforms.validators.HostnameValidation; RFC 1035, 2.3.4.</summary>
internal static class HostSyntax
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    private static readonly HashSet<string> NobodysDomains = new(StringComparer.OrdinalIgnoreCase) { "arpa", "invalid", "local", "localhost", "onion", "test" };

    public static bool IsValid(string host, bool requireTld)
    {
        if (host.Length is 0 or > 253)
            return false;
        if (IPAddress.IsIPv4(host))
            return true;
        if (!TryToAscii(host, out var ascii) || ascii.Length > 253)
            return false;
        var labels = ascii.Split('.');
        if (!Array.TrueForAll(labels, IsLabel))
            return false;
        return !requireTld || (labels.Length >= 2 && IsTopLevel(labels[^1]));
    }

    /// <summary>Whether mail can be sent to a domain, by its name alone. Source: email-validator's validate_email_domain_part; RFC 6761 and 2606 for the names that are nobody's.</summary>
    public static bool IsMailDomain(string host)
    {
        if (host.Length is 0 or > 253 || !TryToAscii(host, out var ascii) || ascii.Length > 253)
            return false;
        var labels = ascii.Split('.');
        return labels.Length >= 2 && Array.TrueForAll(labels, IsMailLabel) && char.IsAsciiLetter(ascii[^1]) && !NobodysDomains.Contains(labels[^1]) && IsReadable(ascii);
    }

    // Underscores are for services, and two hyphens there for encodings.
    private static bool IsMailLabel(string label) => IsLabel(label) && !label.Contains('_', StringComparison.Ordinal) && (IsEncoded(label) || label.Length < 4 || label[2..4] != "--");

    private static bool IsEncoded(string label) => label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase);

    private static bool IsReadable(string ascii)
    {
        try
        {
            return !ascii.Contains("xn--", StringComparison.OrdinalIgnoreCase) || Idn.GetUnicode(ascii).EnumerateRunes().All(IsOfWords);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsOfWords(Rune rune) => rune.Value is '.' or '-' || Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool TryToAscii(string host, out string ascii)
    {
        ascii = host;
        if (System.Text.Ascii.IsValid(host))
            return true;
        try
        {
            ascii = Idn.GetAscii(host);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    private static bool IsTopLevel(string label) =>
        IsEncoded(label) ? label.Length > 4 : label.Length is >= 2 and <= 20 && label.All(char.IsAsciiLetter);
}

/// <summary>Addresses with a scheme and a host. Source: wtforms.validators.URL.</summary>
internal static class UrlSyntax
{
    public static bool IsValid(string text, bool requireTld, IReadOnlyList<string>? schemes)
    {
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon < 1 || text.Length > 8192 || text.Any(character => character <= ' ' || character == '\x7f'))
            return false;
        var scheme = text[..colon];
        if (!scheme.All(char.IsAsciiLetter) || (schemes is not null && !schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase)))
            return false;
        var rest = text[(colon + 3)..];
        var authority = rest.IndexOfAny(['/', '?', '#']) is var end and >= 0 ? rest[..end] : rest;
        if (authority.LastIndexOf(':') is var at and >= 0)
        {
            var port = authority[(at + 1)..];
            if (port.Length is 0 or > 5 || !port.All(char.IsAsciiDigit))
                return false;
            authority = authority[..at];
        }
        return HostSyntax.IsValid(authority, requireTld);
    }
}

/// <summary>E-mail addresses as people have them: no comments, no quotes, no addresses of bare numbers. Source: email-validator; RFC 5321, 4.5.3.1; RFC 6531 for other scripts.</summary>
internal static class EmailSyntax
{
    private const string AtomMarks = "!#$%&'*+-/=?^_`{|}~";

    public static bool IsValid(string text)
    {
        var at = text.LastIndexOf('@');
        if (at < 1 || at == text.Length - 1 || text.Length > 254)
            return false;
        var local = text.AsSpan(0, at);
        if (PythonText.Length(text[..at]) > 64 || local[0] == '.' || local[^1] == '.')
            return false;
        for (var i = 0; i < local.Length; i++)
        {
            if (local[i] == '.' ? local[i - 1] == '.' : !IsAtom(local[i]))
                return false;
        }
        return HostSyntax.IsMailDomain(text[(at + 1)..]);
    }

    // Beyond ASCII letters, marks and numbers of any script, with the surrogates of those beyond 16 bits; no spaces, no direction controls.
    private static bool IsAtom(char character) =>
        char.IsAsciiLetterOrDigit(character) || AtomMarks.Contains(character, StringComparison.Ordinal)
        || (character > '\x9f' && char.GetUnicodeCategory(character) is not (UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse));
}
