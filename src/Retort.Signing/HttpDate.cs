using System.Globalization;

namespace Retort.Signing;

/// <summary>Dates as HTTP writes them (RFC 9110, 5.6.7); a time without zone counts as UTC, as in Werkzeug.</summary>
internal static class HttpDate
{
    private static readonly string[] Formats = ["d MMM yyyy HH:mm:ss 'GMT'", "d MMM yyyy HH:mm:ss 'UTC'", "d MMM yyyy HH:mm:ss zzz", "d MMM yyyy HH:mm:ss"];

    /// <summary>The text of a DateTime, DateTimeOffset or DateOnly; null for anything else.</summary>
    public static string? Format(object value) => value switch
    {
        DateTimeOffset date => Format(date.UtcDateTime),
        DateTime { Kind: DateTimeKind.Local } date => Format(date.ToUniversalTime()),
        DateTime date => Format(date),
        DateOnly date => Format(date.ToDateTime(TimeOnly.MinValue)),
        _ => null,
    };

    /// <summary>Reads a date in GMT or with an offset, whatever its weekday; null if it is none.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var date = text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..].Trim();
        if (date.Length > 5 && date[^5] is '+' or '-')
            date = date.Insert(date.Length - 2, ":");
        return DateTimeOffset.TryParseExact(date, Formats, CultureInfo.InvariantCulture, utc, out var parsed) ? parsed : null;
    }

    private static string Format(DateTime utc) => utc.ToString("r", CultureInfo.InvariantCulture);
}
