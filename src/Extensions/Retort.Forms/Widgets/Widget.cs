using Retort.Jinja;

namespace Retort.Forms.Widgets;

/// <summary>Writes a field as HTML. One object may serve all fields and requests. Derive from it for an element of your own. Source: wtforms.widgets.</summary>
public abstract class Widget
{
    /// <summary>The flags that are written as attributes of the element: <c>required</c>, <c>maxlength</c>.</summary>
    protected virtual IReadOnlyList<string> ValidationAttributes => [];

    /// <summary>The element.</summary>
    /// <param name="field">The field.</param>
    /// <param name="attributes">The attributes asked for, which the widget may add to.</param>
    public abstract Markup Render(Field field, HtmlAttributes attributes);

    /// <summary>What the widget itself says of the field, such as that it is hidden.</summary>
    public virtual void SetFlags(FieldFlags flags)
    {
    }

    /// <summary>Adds what the validators said, where the caller did not say otherwise.</summary>
    protected void AddValidation(Field field, HtmlAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(attributes);
        foreach (var (name, value) in field.Flags.All)
        {
            if (ValidationAttributes.Contains(name))
                attributes.SetDefault(name, value);
        }
    }
}
