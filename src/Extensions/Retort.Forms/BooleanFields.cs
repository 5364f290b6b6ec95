using Retort.Forms.Widgets;

namespace Retort.Forms;

/// <summary>A box to tick. Browsers send nothing for an empty one, so that a missing value is false.</summary>
public class BooleanField(string? label = null, params Validator[] validators) : Field<bool>(label, validators)
{
    private static readonly CheckboxInput Box = new();

    /// <summary>Values sent that mean false. Default: false (in JSON), <c>false</c> and the empty text.</summary>
    public IReadOnlyList<object> FalseValues { get; init; } = [false, "false", ""];

    /// <inheritdoc/>
    public override string ValueText => RawData is { Count: > 0 } sent ? Coercion.Text(sent[0]) : "y";

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Box;

    /// <inheritdoc/>
    protected internal override string? ProcessData(object? value)
    {
        Data = Truth.Of(value);
        return null;
    }

    /// <inheritdoc/>
    protected internal override string? ProcessFormData(IReadOnlyList<object?> values)
    {
        // Zero equals false to Python, and so it does in the JSON of a form.
        Data = values.Count > 0 && !FalseValues.Contains(values[0] is 0L ? false : values[0]);
        return null;
    }
}

/// <summary>A button that sends the form: true if it was this one. Its text is the label.</summary>
public class SubmitField(string? label = null, params Validator[] validators) : BooleanField(label, validators)
{
    private static readonly SubmitInput Button = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Button;

    /// <summary>Writes nothing: which button was pressed belongs to no object.</summary>
    public override void PopulateObj(object target, string name)
    {
    }
}
