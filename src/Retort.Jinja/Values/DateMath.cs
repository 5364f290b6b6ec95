namespace Retort.Jinja.Values;

/// <summary>Arithmetic of dates and spans of time, as far as Python's <c>datetime</c> has it.</summary>
internal static class DateMath
{
    public static bool TryAdd(in Value left, in Value right, out Value result)
    {
        result = default;
        if (left.Kind != ValueKind.Host || right.Kind != ValueKind.Host)
            return false;
        var (first, second) = left.Reference is TimeSpan && right.Reference is not TimeSpan ? (right.Reference, left.Reference) : (left.Reference, right.Reference);
        return second is TimeSpan span && TryShift(first, span, out result);
    }

    public static bool TrySubtract(in Value left, in Value right, out Value result)
    {
        result = default;
        if (left.Kind != ValueKind.Host || right.Kind != ValueKind.Host)
            return false;
        if (right.Reference is TimeSpan span)
            return TryShift(left.Reference, -span, out result);
        object? difference = (left.Reference, right.Reference) switch
        {
            (DateTime a, DateTime b) => a - b,
            (DateTimeOffset a, DateTimeOffset b) => a - b,
            (DateOnly a, DateOnly b) => TimeSpan.FromDays(a.DayNumber - b.DayNumber),
            _ => null,
        };
        result = Value.FromObject(difference);
        return difference is not null;
    }

    public static bool TryMultiply(in Value left, in Value right, out Value result)
    {
        var (span, factor) = left.IsNumber ? (right, left) : (left, right);
        result = default;
        if (span is not { Kind: ValueKind.Host, Reference: TimeSpan time } || !factor.IsNumber)
            return false;
        result = Guard(() => time * Numbers.ToDouble(factor));
        return true;
    }

    public static bool TryDivide(in Value left, in Value right, out Value result)
    {
        result = default;
        if (left is not { Kind: ValueKind.Host, Reference: TimeSpan time })
            return false;
        if (right is { Kind: ValueKind.Host, Reference: TimeSpan other })
        {
            result = Value.From(other == TimeSpan.Zero ? throw PythonError.ZeroDivision("division by zero") : time / other);
            return true;
        }
        if (!right.IsNumber)
            return false;
        var divisor = Numbers.ToDouble(right);
        result = divisor == 0 ? throw PythonError.ZeroDivision("division by zero") : Guard(() => time / divisor);
        return true;
    }

    private static bool TryShift(object date, TimeSpan span, out Value result)
    {
        result = date switch
        {
            DateTime moment => Guard(() => moment + span),
            DateTimeOffset moment => Guard(() => moment + span),
            DateOnly day => Guard(() => day.AddDays((int)Math.Floor(span.TotalDays))),
            TimeSpan other => Guard(() => other + span),
            _ => default,
        };
        return !result.IsNone;
    }

    private static Value Guard<T>(Func<T> compute)
    {
        try
        {
            return Value.FromObject(compute());
        }
        catch (Exception error) when (error is OverflowException or ArgumentException)
        {
            throw PythonError.Overflow("date value out of range");
        }
    }
}
