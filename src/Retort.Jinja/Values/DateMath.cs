namespace Retort.Jinja.Values;

/// <summary>Arithmetic of dates and spans of time, as far as Python's <c>datetime</c> has it.</summary>
internal static class DateMath
{
    public static bool TryCompute(char symbol, in Value left, in Value right, out Value result)
    {
        result = default;
        if (left.Kind != ValueKind.Host && right.Kind != ValueKind.Host)
            return false;
        try
        {
            result = Value.FromObject(Compute(symbol, left, right));
        }
        catch (Exception error) when (error is OverflowException or ArgumentException)
        {
            throw PythonError.Overflow("date value out of range");
        }
        return !result.IsNone;
    }

    private static object? Compute(char symbol, in Value left, in Value right) => (left.Reference, symbol, right.Reference) switch
    {
        (DateTime a, '+', TimeSpan b) => a + b,
        (TimeSpan a, '+', DateTime b) => b + a,
        (DateTimeOffset a, '+', TimeSpan b) => a + b,
        (TimeSpan a, '+', DateTimeOffset b) => b + a,
        (DateOnly a, '+', TimeSpan b) => Shift(a, b),
        (TimeSpan a, '+', DateOnly b) => Shift(b, a),
        (TimeSpan a, '+', TimeSpan b) => a + b,
        (DateTime a, '-', TimeSpan b) => a - b,
        (DateTimeOffset a, '-', TimeSpan b) => a - b,
        (DateOnly a, '-', TimeSpan b) => Shift(a, -b),
        (TimeSpan a, '-', TimeSpan b) => a - b,
        (DateTime a, '-', DateTime b) => a - b,
        (DateTimeOffset a, '-', DateTimeOffset b) => a - b,
        (DateTime { Kind: DateTimeKind.Utc } a, '-', DateTimeOffset b) => a - b,
        (DateTimeOffset a, '-', DateTime { Kind: DateTimeKind.Utc } b) => a - b,
        (DateOnly a, '-', DateOnly b) => TimeSpan.FromDays(a.DayNumber - b.DayNumber),
        (TimeSpan a, '*', _) when right.IsNumber => a * Numbers.ToDouble(right),
        (_, '*', TimeSpan b) when left.IsNumber => b * Numbers.ToDouble(left),
        (TimeSpan a, '/', TimeSpan b) => b == TimeSpan.Zero ? throw PythonError.ZeroDivision("division by zero") : a / b,
        (TimeSpan a, '/', _) when right.IsNumber => Numbers.ToDouble(right) is var b and not 0 ? a / b : throw PythonError.ZeroDivision("division by zero"),
        _ => null,
    };

    private static DateOnly Shift(DateOnly day, TimeSpan span) => day.AddDays((int)Math.Floor(span.TotalDays));
}
