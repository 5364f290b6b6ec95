using Retort.Forms.Text;
using Retort.Jinja;

namespace Retort.Forms.Widgets;

/// <summary>Several lines of text.</summary>
public sealed class TextArea : Widget
{
    private static readonly string[] Lengths = ["required", "disabled", "readonly", "maxlength", "minlength"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValidationAttributes => Lengths;

    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(attributes);
        attributes.SetDefault("id", field.Id);
        AddValidation(field, attributes);
        attributes.SetDefault("name", field.Name);
        // HTML drops the first line end after the tag, and so the text's own would be lost.
        return new Markup($"<textarea{attributes}>\r\n{Html.Escape(field.ValueText)}</textarea>");
    }
}
