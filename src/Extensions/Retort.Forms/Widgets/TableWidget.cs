using System.Text;
using Retort.Jinja;

namespace Retort.Forms.Widgets;

/// <summary>A field's parts as the rows of a table; a hidden one stands in the cell that follows it.</summary>
/// <param name="withTableTag">Whether the rows stand in a <c>&lt;table&gt;</c>. Default true.</param>
public sealed class TableWidget(bool withTableTag = true) : Widget
{
    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(attributes);
        attributes.SetDefault("id", field.Id);
        var html = new StringBuilder(withTableTag ? $"<table{attributes}>" : string.Empty);
        var hidden = new StringBuilder();
        foreach (var part in field.Parts)
        {
            if (part is HiddenField or CsrfTokenField)
            {
                hidden.Append(part);
                continue;
            }
            html.Append($"<tr><th>{part.Label}</th><td>{hidden}{part}</td></tr>");
            hidden.Clear();
        }
        if (withTableTag)
            html.Append("</table>");
        return new Markup(html.Append(hidden).ToString());
    }
}
