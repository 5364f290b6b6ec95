using System.Globalization;
using Retort.Forms.Text;
using Retort.Forms.Widgets;

namespace Retort.Forms;

// One family, read as a table: dates and times. Formats are Python's; the first one writes, all of them read.

/// <summary>A field whose text is a date or time in a format of Python's <c>strptime</c>.</summary>
public abstract class DateTimeFieldBase<T>(string? label, Validator[] validators) : Field<T?>(label, validators)
    where T : struct
{
    /// <summary>The formats: <c>%Y-%m-%d</c>. The first is written, each is read. A default of the class.</summary>
    public IReadOnlyList<string> Formats { get => field ??= DefaultFormats; init; }

    /// <inheritdoc/>
    public override string ValueText => RawData is { Count: > 0 } sent ? Joined(sent) : Data is { } value ? Format(value) : string.Empty;

    /// <summary>The formats of the class.</summary>
    protected abstract IReadOnlyList<string> DefaultFormats { get; }

    /// <summary>What is said of a text in no such format.</summary>
    protected abstract string NotValid { get; }

    /// <inheritdoc/>
    protected internal override string? ProcessFormData(IReadOnlyList<object?> values)
    {
        if (values.Count == 0)
            return null;
        Data = Parse(Joined(values));
        return Data is null ? NotValid : null;
    }

    /// <summary>Takes the value from what was read.</summary>
    protected abstract T From(DateTime moment);

    /// <summary>The value as a moment, for writing.</summary>
    protected abstract DateTime ToMoment(T value);

    /// <summary>Reads a text in one of the formats; null if it is in none.</summary>
    protected virtual T? Parse(string text)
    {
        foreach (var format in Formats)
        {
            if (Strptime.TryParse(text, format, out var moment))
                return From(moment);
        }
        return null;
    }

    /// <summary>The value in the first format.</summary>
    protected virtual string Format(T value) => Jinja.Values.Strftime.Format(new DateTimeOffset(ToMoment(value).Ticks, TimeSpan.Zero), Formats[0]);

    private static string Joined(IReadOnlyList<object?> values) => values.Count == 1 ? Coercion.Text(values[0]) : string.Join(' ', values.Select(Coercion.Text));
}

/// <summary>A date with a time, <c>%Y-%m-%d %H:%M:%S</c>.</summary>
public class DateTimeField(string? label = null, params Validator[] validators) : DateTimeFieldBase<DateTime>(label, validators)
{
    private static readonly DateTimeInput Input = new();
    private static readonly string[] Usual = ["%Y-%m-%d %H:%M:%S"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> DefaultFormats => Usual;

    /// <inheritdoc/>
    protected override string NotValid => Messages.DateTime;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Input;

    /// <inheritdoc/>
    protected override DateTime From(DateTime moment) => moment;

    /// <inheritdoc/>
    protected override DateTime ToMoment(DateTime value) => value;
}

/// <summary>
/// A date with a time in the browser's own element, <c>datetime-local</c>: reads <c>%Y-%m-%d %H:%M:%S</c> and <c>%Y-%m-%dT%H:%M:%S</c>, as WTForms 3.0 does, and the same without seconds,
/// which is what browsers send.
/// </summary>
public class DateTimeLocalField(string? label = null, params Validator[] validators) : DateTimeField(label, validators)
{
    private static readonly DateTimeLocalInput Input = new();
    private static readonly string[] Local = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> DefaultFormats => Local;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Input;
}

/// <summary>A date, <c>%Y-%m-%d</c>.</summary>
public class DateField(string? label = null, params Validator[] validators) : DateTimeFieldBase<DateOnly>(label, validators)
{
    private static readonly DateInput Input = new();
    private static readonly string[] Day = ["%Y-%m-%d"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> DefaultFormats => Day;

    /// <inheritdoc/>
    protected override string NotValid => Messages.Date;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Input;

    /// <inheritdoc/>
    protected override DateOnly From(DateTime moment) => DateOnly.FromDateTime(moment);

    /// <inheritdoc/>
    protected override DateTime ToMoment(DateOnly value) => value.ToDateTime(TimeOnly.MinValue);
}

/// <summary>A month, <c>%Y-%m</c>: its first day.</summary>
public class MonthField(string? label = null, params Validator[] validators) : DateField(label, validators)
{
    private static readonly MonthInput Input = new();
    private static readonly string[] Month = ["%Y-%m"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> DefaultFormats => Month;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Input;
}

/// <summary>A week as browsers send it, <c>2026-W09</c>: its Monday, by ISO 8601.</summary>
public class WeekField(string? label = null, params Validator[] validators) : DateField(label, validators)
{
    private static readonly WeekInput Input = new();

    /// <inheritdoc/>
    protected override string NotValid => Messages.Week;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Input;

    /// <inheritdoc/>
    protected override DateOnly? Parse(string text)
    {
        if (text is not { Length: 8 } || text[4..6] != "-W" || !int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year == 0
            || !int.TryParse(text[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var week) || week < 1 || week > ISOWeek.GetWeeksInYear(year))
            return null;
        return DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
    }

    /// <inheritdoc/>
    protected override string Format(DateOnly value) => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(ToMoment(value)):0000}-W{ISOWeek.GetWeekOfYear(ToMoment(value)):00}");
}

/// <summary>A time of day, <c>%H:%M</c>.</summary>
public class TimeField(string? label = null, params Validator[] validators) : DateTimeFieldBase<TimeOnly>(label, validators)
{
    private static readonly TimeInput Input = new();
    private static readonly string[] Minutes = ["%H:%M"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> DefaultFormats => Minutes;

    /// <inheritdoc/>
    protected override string NotValid => Messages.Time;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Input;

    /// <inheritdoc/>
    protected override TimeOnly From(DateTime moment) => TimeOnly.FromDateTime(moment);

    /// <inheritdoc/>
    protected override DateTime ToMoment(TimeOnly value) => new DateOnly(1900, 1, 1).ToDateTime(value);
}
