namespace Retort.Jinja.Tests.Values;

/// <summary>Dates, times and spans of C# as Python's datetime has them; recorded with Python's own.</summary>
public sealed class DateTests
{
    private static readonly object Model = new
    {
        at = new DateTime(2024, 7, 5, 13, 7, 9).AddTicks(1230),
        utc = new DateTime(2024, 7, 5, 13, 7, 9, DateTimeKind.Utc),
        off = new DateTimeOffset(2024, 1, 31, 23, 0, 0, new TimeSpan(5, 30, 0)),
        day = new DateOnly(2024, 2, 29),
        clock = new TimeOnly(8, 5),
        span = new TimeSpan(-1, 1, 2, 3, 0, 4),
        hour = TimeSpan.FromHours(1),
    };

    [Theory]
    [InlineData("{{ at + span }}|{{ span + at }}|{{ at - span }}|{{ at - at }}|{{ off + hour }}|{{ hour + off }}|{{ off - utc }}|{{ utc - off }}|{{ off - hour }}", "2024-07-04 14:09:12.000127|2024-07-04 14:09:12.000127|2024-07-06 12:05:06.000119|0:00:00|2024-02-01 00:00:00+05:30|2024-02-01 00:00:00+05:30|-156 days, 4:22:51|155 days, 19:37:09|2024-01-31 22:00:00+05:30")]
    [InlineData("{{ day + hour * 24 }}|{{ hour * -1 + day }}|{{ day - hour * 24 }}|{{ day - day }}|{{ hour + span }}|{{ hour - span }}|{{ span - hour }}", "2024-03-01|2024-02-28|2024-02-28|0:00:00|-1 day, 2:02:03.000004|23:57:56.999996|-1 day, 0:02:03.000004")]
    [InlineData("{{ span * 2 }}|{{ 2 * span }}|{{ hour * 0.5 }}|{{ hour / span }}|{{ hour / 2 }}|{{ hour / 0.5 }}", "-2 days, 2:04:06.000008|-2 days, 2:04:06.000008|0:30:00|-0.043542944230852254|0:30:00|2:00:00")]
    [InlineData("{{ span }}|{{ [span, hour, hour - hour, hour * 25, span * -1] }}", "-1 day, 1:02:03.000004|[datetime.timedelta(days=-1, seconds=3723, microseconds=4), datetime.timedelta(seconds=3600), datetime.timedelta(0), datetime.timedelta(days=1, seconds=3600), datetime.timedelta(seconds=82676, microseconds=999996)]")]
    [InlineData("{{ [at, utc, off, day, clock] }}", "[datetime.datetime(2024, 7, 5, 13, 7, 9, 123), datetime.datetime(2024, 7, 5, 13, 7, 9, tzinfo=datetime.timezone.utc), datetime.datetime(2024, 1, 31, 23, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=19800))), datetime.date(2024, 2, 29), datetime.time(8, 5)]")]
    [InlineData("{{ off }}|{{ clock }}|{{ day }}", "2024-01-31 23:00:00+05:30|08:05:00|2024-02-29")]
    [InlineData("{{ at.year }} {{ at.month }} {{ at.day }} {{ at.hour }} {{ at.minute }} {{ at.second }} {{ at.microsecond }} {{ at.fold }} {{ at.tzinfo }} {{ day.year }}{{ day.hour }} {{ clock.hour }} {{ clock.minute }}{{ clock.year }} {{ clock.tzinfo }}", "2024 7 5 13 7 9 123 0 None 2024 8 5 None")]
    [InlineData("{{ span.days }} {{ span.seconds }} {{ span.microseconds }} {{ span.total_seconds() }} {{ hour.days }} {{ hour.seconds }}{{ hour.tzinfo }}", "-1 3723 4 -82676.999996 0 3600")]
    [InlineData("{{ at.weekday() }} {{ at.isoweekday() }} {{ day.isocalendar() }} {{ at.date() }} {{ at.time() }} {{ at.toordinal() }} {{ utc.timestamp() }} {{ at.ctime() }} {{ at.utcoffset() }} {{ off.utcoffset() }} {{ utc.tzname() }} {{ off.tzname() }}", "4 5 datetime.IsoCalendarDate(year=2024, week=9, weekday=4) 2024-07-05 13:07:09.000123 739072 1720184829.0 Fri Jul  5 13:07:09 2024 None 5:30:00 UTC UTC+05:30")]
    [InlineData("{{ at.strftime('%a %A %b %B %p %Y %G %w %u %f %z|%Z %c %x %X %F %R %d %e %m %y %H %I %M %S %j %U %W %V %%') }} {{ off.strftime('%z %Z') }}", "Fri Friday Jul July PM 2024 2024 5 5 000123 | Fri Jul  5 13:07:09 2024 07/05/24 13:07:09 2024-07-05 13:07 05  5 07 24 13 01 07 09 187 26 27 27 % +0530 UTC+05:30")]
    [InlineData("{{ at.replace(day=1, hour=2) }} {{ day.replace(2023, 1) }} {{ clock.replace(minute=59) }} {{ off.replace(year=2000) }}", "2024-07-01 02:07:09.000123 2023-01-29 08:59:00 2000-01-31 23:00:00+05:30")]
    [InlineData("{{ hour / (hour - hour) }}", "ZeroDivisionError: division by zero")]
    [InlineData("{{ at + hour * 100000000 }}", "OverflowError: date value out of range")]
    [InlineData("{{ at + at }}", "TypeError: unsupported operand type(s) for +: 'datetime.datetime' and 'datetime.datetime'")]
    [InlineData("{{ at + 1 }}", "TypeError: unsupported operand type(s) for +: 'datetime.datetime' and 'int'")]
    [InlineData("{{ hour * 'a' }}", "TypeError: can't multiply sequence by non-int of type 'datetime.timedelta'")]
    [InlineData("{{ 1 / hour }}", "TypeError: unsupported operand type(s) for /: 'int' and 'datetime.timedelta'")]
    [InlineData("{{ hour - at }}", "TypeError: unsupported operand type(s) for -: 'datetime.timedelta' and 'datetime.datetime'")]
    [InlineData("{{ day - at }}", "TypeError: unsupported operand type(s) for -: 'datetime.date' and 'datetime.datetime'")]
    public void Dates_are_read_written_and_reckoned_with_as_in_python(string source, string expected)
    {
        string output;
        try
        {
            output = Rendering.Render(source, Model);
        }
        catch (PythonError error)
        {
            output = $"{error.Kind}: {error.Reason}";
        }
        Assert.Equal(expected, output);
    }
}
