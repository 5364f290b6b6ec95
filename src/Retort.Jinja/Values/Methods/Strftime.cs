using System.Globalization;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Dates by a format as C's <c>strftime</c> writes them in the C locale, with the flags of glibc.</summary>
public static class Strftime
{
    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <summary>Fills in a format such as <c>%d %B %Y</c>.</summary>
    public static string Format(DateTimeOffset date, string format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return Format(date, format, isAware: true);
    }

    /// <summary>The same for a date that may know of no time zone, and then names none.</summary>
    internal static string Format(DateTimeOffset date, string format, bool isAware)
    {
        var result = new StringBuilder(format.Length * 2);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                result.Append(format[i]);
                continue;
            }
            var start = i++;
            var flag = format[i] is '-' or '_' or '0' or '^' or '#' && i + 1 < format.Length ? format[i++] : '\0';
            var text = !isAware && format[i] is 'z' or 'Z' ? string.Empty : Directive(date, format[i], flag);
            result.Append(text is null ? format[start..(i + 1)] : flag == '^' ? text.ToUpperInvariant() : text);
        }
        return result.ToString();
    }

    private static string? Directive(DateTimeOffset date, char directive, char flag) => directive switch
    {
        'a' => Names.GetAbbreviatedDayName(date.DayOfWeek),
        'A' => Names.GetDayName(date.DayOfWeek),
        'b' or 'h' => Names.GetAbbreviatedMonthName(date.Month),
        'B' => Names.GetMonthName(date.Month),
        'p' => flag == '#' ? Half(date).ToLowerInvariant() : Half(date),
        'P' => Half(date).ToLowerInvariant(),
        'Y' => date.Year.ToString(CultureInfo.InvariantCulture),
        'G' => ISOWeek.GetYear(date.DateTime).ToString(CultureInfo.InvariantCulture),
        'w' => ((int)date.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'u' => (Dates.Weekday(date) + 1).ToString(CultureInfo.InvariantCulture),
        'f' => Dates.Microsecond(date.Ticks).ToString("000000", CultureInfo.InvariantCulture),
        's' => date.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'z' => Dates.Offset(date.Offset, string.Empty),
        'Z' => date.Offset == TimeSpan.Zero ? "UTC" : "UTC" + Dates.Offset(date.Offset, ":"),
        'c' => Format(date, "%a %b %e %H:%M:%S %Y"),
        'x' or 'D' => Format(date, "%m/%d/%y"),
        'X' or 'T' => Format(date, "%H:%M:%S"),
        'F' => Format(date, "%Y-%m-%d"),
        'R' => Format(date, "%H:%M"),
        'r' => Format(date, "%I:%M:%S %p"),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => NumberDirective(date, directive, flag),
    };

    private static string? NumberDirective(DateTimeOffset date, char directive, char flag)
    {
        var (number, width, pad) = directive switch
        {
            'd' => (date.Day, 2, '0'),
            'e' => (date.Day, 2, ' '),
            'm' => (date.Month, 2, '0'),
            'y' => (date.Year % 100, 2, '0'),
            'C' => (date.Year / 100, 2, '0'),
            'g' => (ISOWeek.GetYear(date.DateTime) % 100, 2, '0'),
            'H' => (date.Hour, 2, '0'),
            'k' => (date.Hour, 2, ' '),
            'I' => (Hour12(date), 2, '0'),
            'l' => (Hour12(date), 2, ' '),
            'M' => (date.Minute, 2, '0'),
            'S' => (date.Second, 2, '0'),
            'j' => (date.DayOfYear, 3, '0'),
            'U' => ((date.DayOfYear + 6 - (int)date.DayOfWeek) / 7, 2, '0'),
            'W' => ((date.DayOfYear + 6 - Dates.Weekday(date)) / 7, 2, '0'),
            'V' => (ISOWeek.GetWeekOfYear(date.DateTime), 2, '0'),
            _ => (-1, 0, ' '),
        };
        if (number < 0)
            return null;
        var text = number.ToString(CultureInfo.InvariantCulture);
        return flag == '-' ? text : text.PadLeft(width, flag == '_' ? ' ' : flag == '0' ? '0' : pad);
    }

    private static string Half(DateTimeOffset date) => date.Hour < 12 ? "AM" : "PM";

    private static int Hour12(DateTimeOffset date) => date.Hour % 12 == 0 ? 12 : date.Hour % 12;
}
