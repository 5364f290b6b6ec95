using System.Text;
using Retort.Jinja;

namespace Retort.Forms.Widgets;

/// <summary>A field's parts as the items of a list, each with its label.</summary>
/// <param name="htmlTag">The element, <c>ul</c> or <c>ol</c>.</param>
/// <param name="prefixLabel">Whether the label stands before the element. Default true.</param>
public sealed class ListWidget(string htmlTag = "ul", bool prefixLabel = true) : Widget
{
    /// <inheritdoc/>
    public override Markup Render(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(attributes);
        attributes.SetDefault("id", field.Id);
        var html = new StringBuilder($"<{htmlTag}{attributes}>");
        foreach (var part in field.Parts)
            html.Append(prefixLabel ? $"<li>{part.Label} {part}</li>" : $"<li>{part} {part.Label}</li>");
        return new Markup(html.Append($"</{htmlTag}>").ToString());
    }
}
