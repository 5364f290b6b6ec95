using System.Collections;
using System.Globalization;
using System.Numerics;
using Retort.Forms.Text;

namespace Retort.Forms.Validation;

// One family: how long, how large, how late.

internal sealed class Length : Validator
{
    private readonly int? _min;
    private readonly int? _max;
    private readonly string? _message;

    public Length(int? min, int? max, string? message)
    {
        if (min is null && max is null)
            throw new ArgumentException("Length() checks nothing: give min, max or both.");
        if (min > max)
            throw new ArgumentException($"Length(min: {min}, max: {max}) allows nothing: min is more than max.");
        (_min, _max, _message) = (min, max, message);
    }

    public override Verdict Validate(Form form, Field field)
    {
        var length = field.Data switch { null => 0, string text => PythonText.Length(text), ICollection items => items.Count, var other => PythonText.Length(Coercion.Text(other)) };
        if ((_min is null || length >= _min) && (_max is null || length <= _max))
            return Verdict.Pass;
        return PythonText.Format(_message ?? Standard(field), ("min", _min ?? -1), ("max", _max ?? -1), ("length", length));
    }

    public override void SetFlags(FieldFlags flags)
    {
        if (_min is not null)
            flags["minlength"] = _min;
        if (_max is not null)
            flags["maxlength"] = _max;
    }

    private string Standard(Field field) =>
        _max is null ? field.Ngettext(Messages.TooShort, _min!.Value)
        : _min is null ? field.Ngettext(Messages.TooLong, _max.Value)
        : _min == _max ? field.Ngettext(Messages.WrongLength, _max.Value)
        : field.Gettext(Messages.LengthBetween);
}

internal sealed class NumberRange(IComparable? min, IComparable? max, string? message) : Validator
{
    public override Verdict Validate(Form form, Field field)
    {
        if (field.Data is IComparable value && value is not double.NaN && Comparables.IsWithin(value, min, max))
            return Verdict.Pass;
        var text = message ?? field.Gettext(max is null ? Messages.NumberAtLeast : min is null ? Messages.NumberAtMost : Messages.NumberBetween);
        return PythonText.Format(text, ("min", min), ("max", max));
    }

    public override void SetFlags(FieldFlags flags) => Comparables.SetFlags(flags, min, max);
}

internal sealed class DateRange(IComparable? min, IComparable? max, string? message) : Validator
{
    public override Verdict Validate(Form form, Field field)
    {
        if (field.Data is IComparable value && Comparables.IsWithin(value, min, max))
            return Verdict.Pass;
        var text = message ?? field.Gettext(max is null ? Messages.DateAtLeast : min is null ? Messages.DateAtMost : Messages.DateBetween);
        return PythonText.Format(text, ("min", min), ("max", max));
    }

    public override void SetFlags(FieldFlags flags) => Comparables.SetFlags(flags, min, max);
}

/// <summary>Values of different types of numbers or dates, compared.</summary>
internal static class Comparables
{
    public static bool IsWithin(IComparable value, IComparable? min, IComparable? max) => (min is null || Compare(value, min) >= 0) && (max is null || Compare(value, max) <= 0);

    public static void SetFlags(FieldFlags flags, IComparable? min, IComparable? max)
    {
        if (min is not null)
            flags["min"] = Shown(min);
        if (max is not null)
            flags["max"] = Shown(max);
    }

    // Browsers read dates and times in these forms alone.
    private static object Shown(IComparable limit) => limit switch
    {
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        _ => limit,
    };

    private static int Compare(IComparable value, IComparable limit)
    {
        if (value.GetType() == limit.GetType())
            return value.CompareTo(limit);
        if (value is double or float || limit is double or float)
            return ToDouble(value).CompareTo(ToDouble(limit));
        return Coercion.TryTo(limit, value.GetType(), out var same) ? value.CompareTo(same)
            : Coercion.TryTo(value, limit.GetType(), out same) ? -limit.CompareTo(same)
            : throw new InvalidOperationException($"a {value.GetType().Name} cannot be compared with the limit {limit}, a {limit.GetType().Name}. Give the range in the field's own type.");
    }

    private static double ToDouble(IComparable number) => number is BigInteger large ? (double)large : Convert.ToDouble(number, CultureInfo.InvariantCulture);
}
