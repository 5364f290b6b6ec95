using System.Globalization;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Dates and times as Python's <c>datetime</c> module writes them.</summary>
internal static class Dates
{
    /// <summary>Python's <c>str()</c>, which for all of them is <c>isoformat()</c> with a separator between date and time.</summary>
    public static string IsoFormat(object value, char separator) => value switch
    {
        DateTime date => Local(date, separator) + (date.Kind == DateTimeKind.Utc ? "+00:00" : string.Empty),
        DateTimeOffset date => Local(date.DateTime, separator) + Offset(date.Offset, ":"),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + Fraction(time.Ticks),
        TimeSpan span => Str(span),
        _ => throw new ArgumentException($"{value.GetType()} is not a date or time.", nameof(value)),
    };

    private static string Str(TimeSpan span)
    {
        var (days, rest) = Split(span);
        var text = string.Create(CultureInfo.InvariantCulture, $"{rest.Hours}:{rest.Minutes:00}:{rest.Seconds:00}") + Fraction(rest.Ticks);
        return days == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{days} day{(Math.Abs(days) == 1 ? string.Empty : "s")}, {text}");
    }

    public static string Offset(TimeSpan offset, string colon)
    {
        var size = offset.Duration();
        return string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{size.Hours:00}{colon}{size.Minutes:00}");
    }

    public static string Repr(object value) => value switch
    {
        DateTime date => $"datetime.datetime({Parts(date)}{(date.Kind == DateTimeKind.Utc ? ", tzinfo=datetime.timezone.utc" : string.Empty)})",
        DateTimeOffset { Offset.Ticks: 0 } date => $"datetime.datetime({Parts(date.DateTime)}, tzinfo=datetime.timezone.utc)",
        DateTimeOffset date => $"datetime.datetime({Parts(date.DateTime)}, tzinfo=datetime.timezone({Repr(date.Offset)}))",
        DateOnly date => string.Create(CultureInfo.InvariantCulture, $"datetime.date({date.Year}, {date.Month}, {date.Day})"),
        TimeOnly time => $"datetime.time({ClockParts(time.Ticks, time.Hour, time.Minute, time.Second)})",
        TimeSpan span => Repr(span),
        _ => throw new ArgumentException($"{value.GetType()} is not a date or time.", nameof(value)),
    };

    private static string Repr(TimeSpan span)
    {
        var (days, rest) = Split(span);
        (string Name, long Value)[] parts = [("days", days), ("seconds", rest.Ticks / TimeSpan.TicksPerSecond), ("microseconds", Microsecond(rest.Ticks))];
        var shown = parts.Where(part => part.Value != 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name}={part.Value}"));
        return $"datetime.timedelta({string.Join(", ", shown.DefaultIfEmpty("0"))})";
    }

    /// <summary>The days of a span, which alone may be negative, and what is left of it.</summary>
    public static (long Days, TimeSpan Remainder) Split(TimeSpan span)
    {
        var days = (long)Math.Floor(span.TotalDays);
        return (days, span - TimeSpan.FromDays(days));
    }

    /// <summary>The day of the week, from Monday, which is 0.</summary>
    public static int Weekday(DateTimeOffset date) => ((int)date.DayOfWeek + 6) % 7;

    private static string Local(DateTime date, char separator) =>
        date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + separator + date.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + Fraction(date.Ticks);

    private static string Parts(DateTime date) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Year}, {date.Month}, {date.Day}, {ClockParts(date.Ticks, date.Hour, date.Minute, date.Second)}");

    // Seconds are left out when they and the microseconds are zero.
    private static string ClockParts(long ticks, int hour, int minute, int second)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{hour}, {minute}");
        var microsecond = Microsecond(ticks);
        if (second != 0 || microsecond != 0)
            text.Append(CultureInfo.InvariantCulture, $", {second}");
        if (microsecond != 0)
            text.Append(CultureInfo.InvariantCulture, $", {microsecond}");
        return text.ToString();
    }

    /// <summary>The microseconds of the second that a time is in.</summary>
    public static long Microsecond(long ticks) => ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;

    private static string Fraction(long ticks) =>
        Microsecond(ticks) is var microsecond and not 0 ? string.Create(CultureInfo.InvariantCulture, $".{microsecond:000000}") : string.Empty;
}
