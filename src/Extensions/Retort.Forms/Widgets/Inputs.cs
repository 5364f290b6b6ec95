using Retort.Jinja;

namespace Retort.Forms.Widgets;

// One family, read as a table: the kinds of input elements and what each says.

/// <summary>An <c>&lt;input&gt;</c> of any type.</summary>
public class Input(string type) : Widget
{
    private static readonly string[] Usual = ["required", "disabled"];

    /// <summary>The element's type.</summary>
    public string InputType { get; } = type;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValidationAttributes => Usual;

    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(attributes);
        attributes.SetDefault("id", field.Id);
        attributes.SetDefault("type", InputType);
        // A browser lets no page choose the file.
        if (!attributes.Contains("value"))
            attributes["value"] = field is FileField or MultipleFileField ? false : field.ValueText;
        AddValidation(field, attributes);
        attributes.SetDefault("name", field.Name);
        return new Markup($"<input{attributes}>");
    }
}

/// <summary>A line of text, of one of the types that take a length and a pattern.</summary>
public class TextInput(string type = "text") : Input(type)
{
    private static readonly string[] Lengths = ["required", "disabled", "readonly", "maxlength", "minlength", "pattern"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValidationAttributes => Lengths;
}

/// <summary>A password, whose value is not sent back.</summary>
/// <param name="hideValue">Whether the value stays out of the page. Default true.</param>
public sealed class PasswordInput(bool hideValue = true) : TextInput("password")
{
    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (hideValue)
            attributes["value"] = string.Empty;
        return base.Render(field, attributes);
    }
}

/// <summary>A hidden value.</summary>
public sealed class HiddenInput() : Input("hidden")
{
    private static readonly string[] Disabled = ["disabled"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValidationAttributes => Disabled;

    /// <inheritdoc/>
    public override void SetFlags(FieldFlags flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        flags["hidden"] = true;
    }
}

/// <summary>A box to tick.</summary>
public sealed class CheckboxInput() : Input("checkbox")
{
    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(attributes);
        if (field is Choosable { Checked: var ticked } ? ticked : Truth.Of(field.Data))
            attributes["checked"] = true;
        return base.Render(field, attributes);
    }
}

/// <summary>One of several choices; its field is a choice of a <see cref="RadioField"/>.</summary>
public sealed class RadioInput() : Input("radio")
{
    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (field is Choosable { Checked: true })
            attributes["checked"] = true;
        return base.Render(field, attributes);
    }
}

/// <summary>A file, or several.</summary>
/// <param name="multiple">Whether several may be chosen. Default false.</param>
public sealed class FileInput(bool multiple = false) : Input("file")
{
    private static readonly string[] Files = ["required", "disabled", "accept"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValidationAttributes => Files;

    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        attributes["value"] = false;
        if (multiple)
            attributes["multiple"] = true;
        return base.Render(field, attributes);
    }
}

/// <summary>A button that sends the form; its text is the field's label.</summary>
public sealed class SubmitInput() : Input("submit")
{
    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(attributes);
        attributes.SetDefault("value", field.Label.Text);
        return base.Render(field, attributes);
    }
}

/// <summary>A colour.</summary>
public sealed class ColorInput() : Input("color")
{
    private static readonly string[] Disabled = ["disabled"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValidationAttributes => Disabled;
}

/// <summary>A search text.</summary>
public sealed class SearchInput() : TextInput("search");

/// <summary>A telephone number.</summary>
public sealed class TelInput() : TextInput("tel");

/// <summary>An address of the web.</summary>
public sealed class UrlInput() : TextInput("url");

/// <summary>An e-mail address.</summary>
public sealed class EmailInput() : TextInput("email");

/// <summary>An input of one of the types that take <c>min</c>, <c>max</c> and <c>step</c>.</summary>
public class SteppedInput(string type) : Input(type)
{
    private static readonly string[] Steps = ["required", "disabled", "readonly", "max", "min", "step"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValidationAttributes => Steps;
}

/// <summary>A date and time of the old type <c>datetime</c>, which browsers show as text.</summary>
public sealed class DateTimeInput() : SteppedInput("datetime");

/// <summary>A date.</summary>
public sealed class DateInput() : SteppedInput("date");

/// <summary>A month.</summary>
public sealed class MonthInput() : SteppedInput("month");

/// <summary>A week.</summary>
public sealed class WeekInput() : SteppedInput("week");

/// <summary>A time.</summary>
public sealed class TimeInput() : SteppedInput("time");

/// <summary>A date and time without a zone.</summary>
public sealed class DateTimeLocalInput() : SteppedInput("datetime-local");

/// <summary>A number.</summary>
/// <param name="step">The step: a number, or <c>any</c>. Null for the browser's, 1.</param>
/// <param name="min">The smallest number.</param>
/// <param name="max">The largest number.</param>
public sealed class NumberInput(object? step = null, object? min = null, object? max = null) : SteppedInput("number")
{
    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (step is not null)
            attributes.SetDefault("step", step);
        if (min is not null)
            attributes.SetDefault("min", min);
        if (max is not null)
            attributes.SetDefault("max", max);
        return base.Render(field, attributes);
    }
}

/// <summary>A number on a slider.</summary>
/// <param name="step">The step: a number, or <c>any</c>. Null for the browser's, 1.</param>
public sealed class RangeInput(object? step = null) : SteppedInput("range")
{
    // A slider always has a value, so that HTML knows no "required" for it, and no "readonly".
    private static readonly string[] Ends = ["disabled", "max", "min", "step"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValidationAttributes => Ends;

    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (step is not null)
            attributes.SetDefault("step", step);
        return base.Render(field, attributes);
    }
}
