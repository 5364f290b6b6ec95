using System.Globalization;
using Retort.Forms.Text;
using Retort.Forms.Widgets;

namespace Retort.Forms;

// One family, read as a table: the kinds of numbers. All are read as Python reads them, without a culture; a text that is no number stays in the element.

/// <summary>A field whose text is a number.</summary>
public abstract class NumberField<T>(string? label, Validator[] validators) : Field<T?>(label, validators)
    where T : struct
{
    /// <inheritdoc/>
    public override string ValueText => RawData is { Count: > 0 } sent ? Coercion.Text(sent[0]) : Data is { } number ? Format(number) : string.Empty;

    /// <summary>What is said of a text that is no such number.</summary>
    protected abstract string NotANumber { get; }

    /// <inheritdoc/>
    protected internal override string? ProcessData(object? value)
    {
        Data = null;
        if (value is null)
            return null;
        if (!Coercion.TryTo(value, typeof(T), out var number))
            return NotANumber;
        Data = (T)number!;
        return null;
    }

    /// <inheritdoc/>
    protected internal override string? ProcessFormData(IReadOnlyList<object?> values)
    {
        if (values.Count == 0)
            return null;
        Data = TryParse(Coercion.Text(values[0]), out var number) ? number : null;
        return Data is null ? NotANumber : null;
    }

    /// <summary>Reads the text sent.</summary>
    protected abstract bool TryParse(string text, out T value);

    /// <summary>The number as it stands in the element.</summary>
    protected virtual string Format(T value) => Coercion.Text(value);
}

/// <summary>A whole number of 32 bits.</summary>
public class IntegerField(string? label = null, params Validator[] validators) : NumberField<int>(label, validators)
{
    private static readonly NumberInput Number = new();

    /// <inheritdoc/>
    protected override string NotANumber => Messages.Integer;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Number;

    /// <inheritdoc/>
    protected override bool TryParse(string text, out int value) => PythonNumbers.TryParseInteger(text, out value);
}

/// <summary>A whole number of 64 bits; otherwise an <see cref="IntegerField"/>.</summary>
public class LongField(string? label = null, params Validator[] validators) : NumberField<long>(label, validators)
{
    private static readonly NumberInput Number = new();

    /// <inheritdoc/>
    protected override string NotANumber => Messages.Integer;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Number;

    /// <inheritdoc/>
    protected override bool TryParse(string text, out long value) => PythonNumbers.TryParseInteger(text, out value);
}

/// <summary>A whole number on a slider.</summary>
public class IntegerRangeField(string? label = null, params Validator[] validators) : IntegerField(label, validators)
{
    private static readonly RangeInput Slider = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Slider;
}

/// <summary>A floating point number, in a line of text.</summary>
public class FloatField(string? label = null, params Validator[] validators) : NumberField<double>(label, validators)
{
    private static readonly TextInput Line = new();

    /// <inheritdoc/>
    protected override string NotANumber => Messages.Float;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Line;

    /// <inheritdoc/>
    protected override bool TryParse(string text, out double value) => PythonNumbers.TryParseFloat(text, out value);
}

/// <summary>A decimal number, for money and the like.</summary>
public class DecimalField(string? label = null, params Validator[] validators) : NumberField<decimal>(label, validators)
{
    private static readonly NumberInput Number = new(step: "any");

    /// <summary>Digits after the point where the value is shown; null for as many as it has. Default 2. What is read is never rounded.</summary>
    public int? Places { get; init; } = 2;

    /// <summary>How it is rounded for showing. Default: to even, as Python's decimal.</summary>
    public MidpointRounding Rounding { get; init; } = MidpointRounding.ToEven;

    /// <summary>
    /// A country's way of writing numbers, for reading and showing: <c>CultureInfo.GetCultureInfo("de-DE").NumberFormat</c>. Null: the point and no groups.
    /// <see cref="Places"/> does not count then. An app that is built without cultures (InvariantGlobalization) makes the format itself.
    /// </summary>
    public NumberFormatInfo? Locale { get; init; }

    /// <inheritdoc/>
    protected override string NotANumber => Messages.Decimal;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Number;

    /// <inheritdoc/>
    protected override bool TryParse(string text, out decimal value) => Locale is null ? PythonNumbers.TryParseDecimal(text, out value) : LocalNumbers.TryParse(text, Locale, out value);

    /// <inheritdoc/>
    protected override string Format(decimal value) =>
        Locale is not null ? value.ToString("#,0.############################", Locale)
        : Places is { } places ? Math.Round(value, places, Rounding).ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : Coercion.Text(value);
}

/// <summary>A decimal number on a slider.</summary>
public class DecimalRangeField(string? label = null, params Validator[] validators) : DecimalField(label, validators)
{
    private static readonly RangeInput Slider = new(step: "any");

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Slider;
}
