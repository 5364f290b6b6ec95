using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Retort.Forms.Text;

namespace Retort.Forms.Validation;

// One family: what a text looks like.

internal sealed class Regexp : Validator
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;
    private readonly string? _message;

    public Regexp(string pattern, RegexOptions options, string? message)
    {
        _message = message;
        // At the beginning, whatever the expression: as Python's match.
        var anchored = $"\\A(?:{pattern})";
        try
        {
            _regex = new Regex(anchored, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit);
        }
        catch (NotSupportedException)
        {
            _regex = new Regex(anchored, options | RegexOptions.CultureInvariant, Limit);
        }
    }

    public override Verdict Validate(Form form, Field field)
    {
        try
        {
            if (_regex.IsMatch(field.Data is null ? string.Empty : Coercion.Text(field.Data)))
                return Verdict.Pass;
        }
        catch (RegexMatchTimeoutException)
        {
            // A text that keeps the expression busy for so long was made to.
        }
        return _message ?? field.Gettext(Messages.Input);
    }
}

internal sealed class Email(string? message) : Validator
{
    public override Verdict Validate(Form form, Field field) =>
        field.Data is string text && EmailSyntax.IsValid(text) ? Verdict.Pass : Verdict.Stop(message ?? field.Gettext(Messages.Email));
}

internal sealed class Url(bool requireTld, IReadOnlyList<string>? schemes, string? message) : Validator
{
    public override Verdict Validate(Form form, Field field) =>
        field.Data is string text && UrlSyntax.IsValid(text, requireTld, schemes) ? Verdict.Pass : message ?? field.Gettext(Messages.Url);
}

internal sealed class IPAddress : Validator
{
    private readonly bool _ipv4;
    private readonly bool _ipv6;
    private readonly string? _message;

    public IPAddress(bool ipv4, bool ipv6, string? message)
    {
        if (!ipv4 && !ipv6)
            throw new ArgumentException("IPAddress(ipv4: false, ipv6: false) allows nothing: leave one of them true.");
        (_ipv4, _ipv6, _message) = (ipv4, ipv6, message);
    }

    public override Verdict Validate(Form form, Field field) =>
        field.Data is string text && ((_ipv4 && IsIPv4(text)) || (_ipv6 && IsIPv6(text))) ? Verdict.Pass : _message ?? field.Gettext(Messages.IPAddress);

    // Four numbers without leading zeros: what .NET reads beyond (one number, octal, hexadecimal) is read differently elsewhere.
    internal static bool IsIPv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, part => part is { Length: > 0 and <= 3 } && part.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && (part.Length == 1 || part[0] != '0') && int.Parse(part, CultureInfo.InvariantCulture) <= 255);
    }

    private static bool IsIPv6(string text) =>
        text.All(character => char.IsAsciiHexDigit(character) || character is ':' or '.') && System.Net.IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
        && (!text.Contains('.', StringComparison.Ordinal) || IsIPv4(text[(text.LastIndexOf(':') + 1)..]));
}

internal sealed class MacAddress(string? message) : Validator
{
    public override Verdict Validate(Form form, Field field) => field.Data is string text && IsMac(text) ? Verdict.Pass : message ?? field.Gettext(Messages.MacAddress);

    private static bool IsMac(string text)
    {
        if (text.Length != 17)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i % 3 == 2 ? text[i] != ':' : !char.IsAsciiHexDigit(text[i]))
                return false;
        }
        return true;
    }
}

internal sealed class Uuid(string? message) : Validator
{
    // As Python's uuid.UUID: 32 hexadecimal digits, with hyphens, braces or urn:uuid: about them.
    public override Verdict Validate(Form form, Field field)
    {
        var text = field.Data is Guid ? field.Data.ToString() : field.Data as string;
        var digits = text?.Replace("urn:", "", StringComparison.Ordinal).Replace("uuid:", "", StringComparison.Ordinal).Trim('{', '}').Replace("-", "", StringComparison.Ordinal);
        return digits is { Length: 32 } && digits.All(char.IsAsciiHexDigit) ? Verdict.Pass : message ?? field.Gettext(Messages.Uuid);
    }
}

internal sealed class PlainText(bool lines, string? message) : Validator
{
    public override Verdict Validate(Form form, Field field)
    {
        if (field.Data is not string text)
            return Verdict.Pass;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || (Rune.IsControl(rune) && !(lines && rune.Value is '\n' or '\r' or '\t')) || IsDirectionControl(rune.Value))
                return message ?? field.Gettext(Messages.Invisible);
        }
        return Verdict.Pass;
    }

    // Embeddings, overrides and isolates: the characters behind Trojan Source (CVE-2021-42574).
    private static bool IsDirectionControl(int value) => value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
