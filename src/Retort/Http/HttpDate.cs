using System.Globalization;

namespace Retort.Http;

/// <summary>Dates and ages of HTTP headers. Source: werkzeug.http parse_date, http_date, parse_age, dump_age; email.utils.</summary>
public static class HttpDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["Z"] = 0,
        ["AST"] = -400,
        ["ADT"] = -300,
        ["EST"] = -500,
        ["EDT"] = -400,
        ["CST"] = -600,
        ["CDT"] = -500,
        ["MST"] = -700,
        ["MDT"] = -600,
        ["PST"] = -800,
        ["PDT"] = -700,
    };

    /// <summary>The date in the one form HTTP sends: <c>Sun, 06 Nov 1994 08:49:37 GMT</c>.</summary>
    public static string Format(DateTimeOffset date) => date.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads the three date forms of HTTP and what mail programs write; null when it is none. Without a time zone it is UTC;
    /// the day's name is not checked against the date.
    /// </summary>
    public static DateTimeOffset? Parse(string? text)
    {
        // The one form that practically every client sends needs no guessing.
        if (DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact)) return exact;
        if (text is null) return null;

        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (fields.Count == 0) return null;
        DropDayName(fields);
        SplitJoinedFields(fields);
        return fields.Count < 5 ? null : Compose(fields[0], fields[1], fields[2], fields[3], fields[4]);
    }

    /// <summary>An <c>Age</c> header or similar count of seconds; null when it is none.</summary>
    public static TimeSpan? ParseAge(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 && seconds <= TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>A time as a count of whole seconds. Throws <see cref="ArgumentOutOfRangeException"/> if it is negative.</summary>
    public static string FormatAge(TimeSpan age)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.Zero);
        return ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    private static void DropDayName(List<string> fields)
    {
        if (fields[0].EndsWith(',') || Days.Contains(fields[0].ToLowerInvariant())) fields.RemoveAt(0);
        else fields[0] = fields[0][(fields[0].LastIndexOf(',') + 1)..];
    }

    // 06-Nov-94 is three fields, 08:49:37+0100 two.
    private static void SplitJoinedFields(List<string> fields)
    {
        if (fields.Count == 3 && fields[0].Split('-') is { Length: 3 } date)
        {
            fields.RemoveAt(0);
            fields.InsertRange(0, date);
        }
        if (fields.Count != 4) return;
        var time = fields[3];
        var sign = time.IndexOf('+', StringComparison.Ordinal);
        if (sign < 0) sign = time.IndexOf('-', StringComparison.Ordinal);
        if (sign > 0) fields[3] = time[..sign];
        fields.Add(sign > 0 ? time[sign..] : "");
    }

    private static DateTimeOffset? Compose(string day, string month, string year, string time, string zone)
    {
        if (day.Length == 0 || month.Length == 0 || year.Length == 0) return null;
        if (MonthNumber(month) is null) (day, month) = (month, day);
        if (MonthNumber(month) is not { } monthNumber) return null;
        // asctime() puts the year last.
        if (year.IndexOf(':', StringComparison.Ordinal) > 0) (year, time) = (time, year);
        if (year.EndsWith(',')) year = year[..^1];
        if (year.Length == 0) return null;
        if (!char.IsAsciiDigit(year[0])) (year, zone) = (zone, year);
        if (!TryNumber(year, out var y) || !TryNumber(day.EndsWith(',') ? day[..^1] : day, out var d)) return null;
        if (ParseTime(time.EndsWith(',') ? time[..^1] : time) is not var (hour, minute, second)) return null;
        if (y < 100) y += y > 68 ? 1900 : 2000;
        return Build((y, monthNumber, d, hour, minute, second), ZoneOffset(zone));
    }

    private static int? MonthNumber(string name) => Array.IndexOf(Months, name.ToLowerInvariant()) is var index and >= 0 ? index % 12 + 1 : null;

    private static (int Hour, int Minute, int Second)? ParseTime(string time)
    {
        var parts = time.Split(':');
        if (parts.Length == 1) parts = time.Split('.');
        if (parts.Length is not (2 or 3)) return null;
        var second = 0;
        return TryNumber(parts[0], out var hour) && TryNumber(parts[1], out var minute) && (parts.Length == 2 || TryNumber(parts[2], out second))
            ? (hour, minute, second)
            : null;
    }

    private static TimeSpan ZoneOffset(string zone)
    {
        if (!Zones.TryGetValue(zone, out var offset) && !TryNumber(zone, out offset)) offset = 0;
        return TimeSpan.FromMinutes(offset / 100 * 60 + offset % 100);
    }

    private static DateTimeOffset? Build((int Year, int Month, int Day, int Hour, int Minute, int Second) t, TimeSpan offset)
    {
        if (t.Year is < 1 or > 9999 || t.Day < 1 || t.Day > DateTime.DaysInMonth(t.Year, t.Month)) return null;
        if (t.Hour is < 0 or > 23 || t.Minute is < 0 or > 59 || t.Second is < 0 or > 59 || offset.Duration() >= TimeSpan.FromDays(1)) return null;

        var local = new DateTime(t.Year, t.Month, t.Day, t.Hour, t.Minute, t.Second, DateTimeKind.Unspecified);
        var utc = local.Ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks) return null;
        // .NET knows no time zone beyond 14 hours; the moment is the same.
        return offset.Duration() <= TimeSpan.FromHours(14) ? new DateTimeOffset(local, offset) : new DateTimeOffset(utc, TimeSpan.Zero);
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
