using Retort.Forms.Widgets;

namespace Retort.Forms;

// One family, read as a table: the kinds of text.

/// <summary>A line of text.</summary>
public class StringField(string? label = null, params Validator[] validators) : Field<string?>(label, validators)
{
    private static readonly TextInput Line = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Line;

    /// <inheritdoc/>
    protected internal override string? ProcessFormData(IReadOnlyList<object?> values)
    {
        if (values.Count > 0)
            Data = values[0] is null ? null : Coercion.Text(values[0]);
        return null;
    }
}

/// <summary>Several lines of text.</summary>
public class TextAreaField(string? label = null, params Validator[] validators) : StringField(label, validators)
{
    private static readonly TextArea Lines = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Lines;
}

/// <summary>A password. Its value never stands in the page.</summary>
public class PasswordField(string? label = null, params Validator[] validators) : StringField(label, validators)
{
    private static readonly PasswordInput Dots = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Dots;
}

/// <summary>A text that is not shown. The user can change it all the same.</summary>
public class HiddenField(string? label = null, params Validator[] validators) : StringField(label, validators)
{
    private static readonly HiddenInput Unseen = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Unseen;
}

/// <summary>A search text.</summary>
public class SearchField(string? label = null, params Validator[] validators) : StringField(label, validators)
{
    private static readonly SearchInput Search = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Search;
}

/// <summary>A telephone number.</summary>
public class TelField(string? label = null, params Validator[] validators) : StringField(label, validators)
{
    private static readonly TelInput Tel = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Tel;
}

/// <summary>An address of the web; <see cref="Validators.Url"/> checks it.</summary>
public class UrlField(string? label = null, params Validator[] validators) : StringField(label, validators)
{
    private static readonly UrlInput Address = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Address;
}

/// <summary>An e-mail address; <see cref="Validators.Email"/> checks it.</summary>
public class EmailField(string? label = null, params Validator[] validators) : StringField(label, validators)
{
    private static readonly EmailInput Address = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Address;
}

/// <summary>A colour, <c>#rrggbb</c>.</summary>
public class ColorField(string? label = null, params Validator[] validators) : StringField(label, validators)
{
    private static readonly ColorInput Picker = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Picker;
}
