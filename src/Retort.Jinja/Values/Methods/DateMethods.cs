using System.Globalization;

namespace Retort.Jinja.Values;

/// <summary>The methods and attributes of Python's <c>datetime</c>, <c>date</c>, <c>time</c> and <c>timedelta</c>, for the C# types that stand for them.</summary>
internal static class DateMethods
{
    public static IReadOnlyDictionary<string, BuiltinMethod> Table { get; } = new MethodTable("datetime")
        .Add("strftime", static (_, in self, a) => Value.From(Strftime.Format(Moment(self.Reference), Argument.Text(a[0], "strftime", 1), IsAware(self.Reference))), ["format"], null, 0)
        .Add("isoformat", static (_, in self, a) => Value.From(IsoFormat(self.Reference, Argument.Text(a[0], "isoformat", 1))), null, [("sep", Value.From("T"))], 0)
        .Add("date", static (_, in self, _) => Value.FromObject(DateOnly.FromDateTime(Moment(self.Reference).DateTime)))
        .Add("time", static (_, in self, _) => Value.FromObject(TimeOnly.FromDateTime(Moment(self.Reference).DateTime)))
        .Add("weekday", static (_, in self, _) => Value.From(Dates.Weekday(Moment(self.Reference))))
        .Add("isoweekday", static (_, in self, _) => Value.From(Dates.Weekday(Moment(self.Reference)) + 1))
        .Add("isocalendar", static (_, in self, _) => IsoCalendar(Moment(self.Reference)))
        .Add("toordinal", static (_, in self, _) => Value.From(DateOnly.FromDateTime(Moment(self.Reference).DateTime).DayNumber + 1))
        .Add("timestamp", static (_, in self, _) => Value.From((Moment(self.Reference) - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond))
        .Add("ctime", static (_, in self, _) => Value.From(Strftime.Format(Moment(self.Reference), "%a %b %e %H:%M:%S %Y")))
        .Add("utcoffset", static (_, in self, _) => IsAware(self.Reference) ? Value.FromObject(Moment(self.Reference).Offset) : default)
        .Add("tzname", static (_, in self, _) => Value.From(IsAware(self.Reference) ? Strftime.Format(Moment(self.Reference), "%Z") : null))
        .Add("total_seconds", static (_, in self, _) => Value.From(self.Reference is TimeSpan span ? span.TotalSeconds : throw PythonError.Attribute("only a timedelta has total_seconds")))
        .AddRaw("replace", Replace)
        .Done();

    public static bool TryGetProperty(object target, string name, out Value value)
    {
        value = target is TimeSpan span ? SpanProperty(span, name) : Property(target, Moment(target), name);
        return !value.IsNone || (name == "tzinfo" && target is not TimeSpan);
    }

    /// <summary>Whether it knows its distance from UTC.</summary>
    public static bool IsAware(object date) => date is DateTimeOffset or DateTime { Kind: DateTimeKind.Utc };

    /// <summary>The moment of any date or time; one without a zone counts as UTC, a time as of the year 1900.</summary>
    public static DateTimeOffset Moment(object date) => date switch
    {
        DateTimeOffset moment => moment,
        DateTime moment => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Unspecified), TimeSpan.Zero),
        DateOnly day => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        TimeOnly time => new DateTimeOffset(new DateTime(1900, 1, 1).Add(time.ToTimeSpan()), TimeSpan.Zero),
        _ => throw PythonError.Attribute($"'{HostText.TypeName(date)}' object is not a date"),
    };

    private static string IsoFormat(object date, string separator) =>
        Dates.IsoFormat(date, separator.Length == 1 ? separator[0] : throw PythonError.Type("isoformat() argument 1 must be a unicode character"));

    private static Value IsoCalendar(DateTimeOffset date) => Value.From(new TupleValue(
        [Value.From(ISOWeek.GetYear(date.DateTime)), Value.From(ISOWeek.GetWeekOfYear(date.DateTime)), Value.From(Dates.Weekday(date) + 1)],
        ["year", "week", "weekday"], "datetime.IsoCalendarDate"));

    private static Value Replace(EvalContext context, in Value self, Arguments arguments)
    {
        var date = Moment(self.Reference);
        int[] parts = [date.Year, date.Month, date.Day, date.Hour, date.Minute, date.Second, (int)Dates.Microsecond(date.Ticks)];
        string[] names = ["year", "month", "day", "hour", "minute", "second", "microsecond"];
        for (var i = 0; i < arguments.Positional.Length && i < parts.Length; i++)
            parts[i] = Argument.Width(context, arguments.Positional[i]);
        for (var i = 0; i < arguments.Names.Length; i++)
        {
            var index = Array.IndexOf(names, arguments.Names[i]);
            parts[index >= 0 ? index : throw PythonError.Type($"replace() got an unexpected keyword argument '{arguments.Names[i]}'")] = Argument.Width(context, arguments.Named[i]);
        }
        try
        {
            var moment = new DateTime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]).AddTicks(parts[6] * TimeSpan.TicksPerMicrosecond);
            return Value.FromObject(self.Reference switch
            {
                DateTimeOffset => new DateTimeOffset(moment, date.Offset),
                DateTime old => DateTime.SpecifyKind(moment, old.Kind),
                DateOnly => DateOnly.FromDateTime(moment),
                _ => TimeOnly.FromDateTime(moment),
            });
        }
        catch (ArgumentOutOfRangeException)
        {
            throw PythonError.Value("a part of the date is out of range");
        }
    }

    private static Value Property(object target, DateTimeOffset moment, string name) => name switch
    {
        "year" when target is not TimeOnly => Value.From(moment.Year),
        "month" when target is not TimeOnly => Value.From(moment.Month),
        "day" when target is not TimeOnly => Value.From(moment.Day),
        "hour" when target is not DateOnly => Value.From(moment.Hour),
        "minute" when target is not DateOnly => Value.From(moment.Minute),
        "second" when target is not DateOnly => Value.From(moment.Second),
        "microsecond" when target is not DateOnly => Value.From((int)Dates.Microsecond(moment.Ticks)),
        "fold" when target is not DateOnly => Value.From(0),
        _ => default,
    };

    private static Value SpanProperty(TimeSpan span, string name)
    {
        var (days, rest) = Dates.Split(span);
        return name switch
        {
            "days" => Value.From(days),
            "seconds" => Value.From(rest.Ticks / TimeSpan.TicksPerSecond),
            "microseconds" => Value.From(Dates.Microsecond(rest.Ticks)),
            _ => default,
        };
    }
}
