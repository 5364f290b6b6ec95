using System.Globalization;
using System.Text.RegularExpressions;

namespace Retort.Yaml;

/// <summary>Dates and times. Source: yaml.org/type/timestamp, as PyYAML reads it.</summary>
internal static class Timestamps
{
    private static readonly Regex Looks = Scalars.Pattern(
        @"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?");

    private static readonly Regex Parts = Scalars.Pattern(
        @"(?<year>[0-9]{4})-(?<month>[0-9][0-9]?)-(?<day>[0-9][0-9]?)(?:(?:[Tt]|[ \t]+)(?<hour>[0-9][0-9]?):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:\.(?<fraction>[0-9]*))?"
        + @"(?:[ \t]*(?<zone>Z|(?<sign>[-+])(?<zonehour>[0-9][0-9]?)(?::(?<zoneminute>[0-9]{2}))?))?)?");

    public static bool LooksLikeOne(string text) => Looks.IsMatch(text);

    /// <summary>A date, a time without a zone, or one with a zone; null when there is no such day or time.</summary>
    public static object? Read(string text)
    {
        if (Parts.Match(text) is not { Success: true } match)
            return null;
        try
        {
            var day = new DateOnly(Number(match, "year"), Number(match, "month"), Number(match, "day"));
            if (!match.Groups["hour"].Success)
                return day;
            var fraction = match.Groups["fraction"].Value.PadRight(6, '0')[..6];
            var time = new TimeOnly(Number(match, "hour"), Number(match, "minute"), Number(match, "second")).Add(TimeSpan.FromMicroseconds(int.Parse(fraction, CultureInfo.InvariantCulture)));
            var moment = day.ToDateTime(time);
            if (!match.Groups["zone"].Success)
                return moment;
            var offset = new TimeSpan(Number(match, "zonehour"), Number(match, "zoneminute"), 0);
            return new DateTimeOffset(moment, match.Groups["sign"].Value == "-" ? -offset : offset);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static int Number(Match match, string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
}
