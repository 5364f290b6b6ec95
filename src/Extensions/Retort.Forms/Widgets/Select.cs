using System.Text;
using Retort.Jinja;

namespace Retort.Forms.Widgets;

/// <summary>A list of choices, in groups if the field has them.</summary>
/// <param name="multiple">Whether several may be chosen. Default false.</param>
public sealed class Select(bool multiple = false) : Widget
{
    private static readonly string[] Usual = ["required", "disabled"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValidationAttributes => Usual;

    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (field is not IChoosing choosing)
            throw new InvalidOperationException($"the widget Select writes fields with choices, and '{field?.Name}' is a {field?.Type}.");
        attributes.SetDefault("id", field.Id);
        if (multiple)
            attributes["multiple"] = true;
        AddValidation(field, attributes);
        attributes.SetDefault("name", field.Name);
        var html = new StringBuilder($"<select{attributes}>");
        foreach (var (group, choices) in choosing.ShownGroups)
        {
            if (group is not null)
                html.Append("<optgroup").Append(HtmlAttributes.Of(new { label = group })).Append('>');
            foreach (var choice in choices)
                html.Append(RenderOption(choice.Value, choice.Html, choice.IsSelected, HtmlAttributes.Of(choice.RenderKw)));
            if (group is not null)
                html.Append("</optgroup>");
        }
        return new Markup(html.Append("</select>").ToString());
    }

    internal static string RenderOption(object? value, Markup label, bool selected, HtmlAttributes attributes)
    {
        attributes["value"] = value is true ? "True" : value is false ? "False" : Coercion.Text(value);
        if (selected)
            attributes["selected"] = true;
        return $"<option{attributes}>{label}</option>";
    }
}

/// <summary>One choice of a list; its field is one that iterating a <see cref="SelectField"/> gives.</summary>
public sealed class Option : Widget
{
    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(attributes);
        return new Markup(Select.RenderOption(field.ValueText, field.Label.Html, field is Choosable { Checked: true }, attributes));
    }
}
