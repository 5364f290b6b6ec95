using System.Globalization;

namespace Retort.Forms.Validation;

/// <summary>Names of hosts, also international ones, which are looked at in their ASCII form. Source: wtforms.validators.HostnameValidation; RFC 1035, 2.3.4.</summary>
internal static class HostSyntax
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    public static bool IsValid(string host, bool requireTld, bool allowIp)
    {
        if (host.Length is 0 or > 253)
            return false;
        if (allowIp && IPAddress.IsIPv4(host))
            return true;
        if (!TryToAscii(host, out var ascii) || ascii.Length > 253)
            return false;
        var labels = ascii.Split('.');
        if (!Array.TrueForAll(labels, IsLabel))
            return false;
        return !requireTld || (labels.Length >= 2 && IsTopLevel(labels[^1]));
    }

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
        label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) ? label.Length > 4 : label.Length is >= 2 and <= 20 && label.All(char.IsAsciiLetter);
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
        return HostSyntax.IsValid(authority, requireTld, allowIp: true);
    }
}

/// <summary>E-mail addresses as people have them: no comments, no quotes, no addresses of bare numbers. Source: RFC 5321, 4.5.3.1; RFC 6531 for other scripts.</summary>
internal static class EmailSyntax
{
    private const string AtomMarks = "!#$%&'*+-/=?^_`{|}~";

    public static bool IsValid(string text)
    {
        var at = text.LastIndexOf('@');
        if (at < 1 || at == text.Length - 1 || text.Length > 254)
            return false;
        var local = text.AsSpan(0, at);
        if (System.Text.Encoding.UTF8.GetByteCount(local) > 64 || local[0] == '.' || local[^1] == '.')
            return false;
        for (var i = 0; i < local.Length; i++)
        {
            if (local[i] == '.' ? local[i - 1] == '.' : !IsAtom(local[i]))
                return false;
        }
        return HostSyntax.IsValid(text[(at + 1)..], requireTld: true, allowIp: false) && !text[(at + 1)..].Contains('_', StringComparison.Ordinal);
    }

    // Beyond ASCII letters, marks and numbers of any script, with the surrogates of those beyond 16 bits; no spaces, no direction controls.
    private static bool IsAtom(char character) =>
        char.IsAsciiLetterOrDigit(character) || AtomMarks.Contains(character, StringComparison.Ordinal)
        || (character > '\x9f' && char.GetUnicodeCategory(character) is not (UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse));
}
