using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Retort.Yaml;

/// <summary>What a scalar is: by its tag, or by its look when it stands without quotes. Source: YAML 1.1 types as PyYAML's safe loader resolves and reads them.</summary>
internal static class Scalars
{
    private const string Prefix = "tag:yaml.org,2002:";
    private const string OneOf = "write one of true, false, yes, no, on, off";

    /// <summary>As Python: the digits of a decimal number take time that grows with their square.</summary>
    private const int MaxDigits = 4300;

    private static readonly Regex IsInt = Pattern(@"[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static readonly Regex IsFloat = Pattern(
        @"[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)");

    /// <summary>A merge key, <c>&lt;&lt;</c> without quotes.</summary>
    public static bool IsMerge(Scalar scalar) => scalar.Value == "<<" && (scalar.Tag.IsEmpty ? scalar.Style == ScalarStyle.Plain : scalar.Tag.Value == Prefix + "merge");

    /// <summary>The tag as people write it.</summary>
    public static string Shown(TagName tag) => tag.Value.StartsWith(Prefix, StringComparison.Ordinal) ? "!!" + tag.Value[Prefix.Length..] : tag.Value;

    public static object? ValueOf(Scalar scalar)
    {
        if (!scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific)
            return Tagged(scalar);
        return scalar.Style == ScalarStyle.Plain ? Resolve(scalar) : scalar.Value;
    }

    private static object? Tagged(Scalar scalar) => scalar.Tag.Value switch
    {
        Prefix + "str" => scalar.Value,
        Prefix + "null" => null,
        Prefix + "bool" => Bool(scalar.Value) ?? throw Wrong(scalar, "truth value", OneOf),
        Prefix + "int" => Int(scalar),
        Prefix + "float" => Float(scalar),
        Prefix + "timestamp" => Timestamps.Read(scalar.Value) ?? throw Wrong(scalar, "date", "write 2024-02-29 or 2024-02-29 12:30:00"),
        Prefix + "binary" => Binary(scalar),
        _ => throw DocumentReader.At(scalar.Start, $"the tag {Shown(scalar.Tag)} does not make a value of this. Leave it out: only YAML's own types are read."),
    };

    private static object? Resolve(Scalar scalar)
    {
        var text = scalar.Value;
        if (text is "" or "~" or "null" or "Null" or "NULL")
            return null;
        // Only such first characters can begin anything but text.
        if (char.IsAsciiLetter(text[0]))
            return IsPlainBool(text) ? Bool(text) : text;
        if (text[0] is not ((>= '0' and <= '9') or '-' or '+' or '.'))
            return text;
        return IsFloat.IsMatch(text) ? Float(scalar)
            : IsInt.IsMatch(text) ? Int(scalar)
            : Timestamps.LooksLikeOne(text) ? Timestamps.Read(text) ?? throw Wrong(scalar, "date", "write a day that exists, or quotes around it")
            : text;
    }

    /// <summary>Written small, large, or with a large first letter.</summary>
    private static bool IsPlainBool(string text) => Bool(text) is not null && (text.Skip(1).All(char.IsAsciiLetterLower) || text.All(char.IsAsciiLetterUpper));

    private static object? Bool(string text) => text.ToLowerInvariant() switch
    {
        "yes" or "true" or "on" => true,
        "no" or "false" or "off" => false,
        _ => null,
    };

    private static object Int(Scalar scalar)
    {
        var text = scalar.Value.Replace("_", "", StringComparison.Ordinal);
        var negative = text.StartsWith('-');
        var digits = text is ['-' or '+', ..] ? text[1..] : text;
        var magnitude = digits switch
        {
            "0" => BigInteger.Zero,
            ['0', 'b', ..] => Digits(digits[2..], 2),
            ['0', 'x', ..] => Digits(digits[2..], 16),
            ['0', ..] => Digits(digits, 8),
            _ when digits.Contains(':', StringComparison.Ordinal) => Sexagesimal(digits),
            _ => Digits(digits, 10),
        };
        var value = magnitude * (negative ? -1 : 1) ?? throw Wrong(scalar, "whole number", "write digits");
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    private static BigInteger? Digits(string digits, int radix)
    {
        if (digits.Length is 0 or > MaxDigits || !digits.All(digit => char.IsAsciiHexDigit(digit) && Convert.ToInt32(digit.ToString(), 16) < radix))
            return null;
        return radix == 10 ? BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : digits.Aggregate(BigInteger.Zero, (value, digit) => (value * radix) + Convert.ToInt32(digit.ToString(), 16));
    }

    private static BigInteger? Sexagesimal(string text) =>
        text.Length > MaxDigits ? null : text.Split(':').Aggregate((BigInteger?)BigInteger.Zero, (value, part) => (value * 60) + Digits(part, 10));

    private static object Float(Scalar scalar)
    {
        var text = scalar.Value.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        var negative = text.StartsWith('-');
        var digits = text is ['-' or '+', ..] ? text[1..] : text;
        double? magnitude = digits switch
        {
            ".inf" => double.PositiveInfinity,
            ".nan" => double.NaN,
            _ when digits.Contains(':', StringComparison.Ordinal) => digits.Split(':').Aggregate((double?)0, (value, part) => (value * 60) + Number(part)),
            _ => Number(digits),
        };
        return (negative ? -magnitude : magnitude) ?? throw Wrong(scalar, "number", "write digits with a point");
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static byte[] Binary(Scalar scalar)
    {
        try
        {
            return Convert.FromBase64String(scalar.Value);
        }
        catch (FormatException)
        {
            throw Wrong(scalar, "base64 text", "write letters, digits, '+' and '/', filled up with '='");
        }
    }

    private static YamlError Wrong(Scalar scalar, string what, string fix) =>
        DocumentReader.At(scalar.Start, $"'{(scalar.Value.Length > 40 ? scalar.Value[..40] + "..." : scalar.Value)}' is no {what}: {fix}.");

    internal static Regex Pattern(string alternatives) => new($@"\A(?:{alternatives})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
