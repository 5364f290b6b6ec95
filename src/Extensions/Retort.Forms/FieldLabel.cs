using System.Diagnostics.CodeAnalysis;
using Retort.Forms.Text;
using Retort.Forms.Widgets;
using Retort.Jinja;
using Retort.Jinja.Values;

namespace Retort.Forms;

/// <summary>A field's label: prints as <c>&lt;label for="id"&gt;</c>, and may be called with attributes. Source: wtforms.fields.Label.</summary>
public sealed class FieldLabel(string fieldId, string text) : TemplateObject
{
    /// <summary>The id of the field's element.</summary>
    public string FieldId { get; } = fieldId;

    /// <summary>The text.</summary>
    public string Text { get; set; } = text;

    /// <inheritdoc/>
    public override string TypeName => "wtforms.fields.Label";

    /// <inheritdoc/>
    public override bool IsTrue => true;

    /// <inheritdoc/>
    public override bool IsCallable => true;

    /// <summary>The label as HTML, with another text or further attributes.</summary>
    public Markup Render(string? text = null, object? attributes = null) => Render(Html.Escape(text ?? Text), HtmlAttributes.Of(attributes));

    /// <inheritdoc/>
    public override Value Call(EvalContext context, Arguments arguments)
    {
        var attributes = new HtmlAttributes();
        attributes.Update(arguments);
        Value text = arguments.Positional.Length > 0 ? arguments.Positional[0] : arguments.TryGetNamed("text", out var named) ? named : default;
        attributes.Remove("text");
        // As in WTForms, a text given by the template itself may be markup.
        return Value.From(Render(text.IsNone ? Html.Escape(Text) : Markup.Escape(text.ToObject()).ToString(), attributes));
    }

    /// <inheritdoc/>
    public override string Str() => Render().ToString();

    /// <inheritdoc/>
    public override string Repr() => $"Label('{FieldId}', '{Text}')";

    /// <inheritdoc/>
    public override bool TryGetHtml([NotNullWhen(true)] out string? html)
    {
        html = Str();
        return true;
    }

    /// <inheritdoc/>
    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        value = name switch { "text" => Value.From(Text), "field_id" => Value.From(FieldId), _ => default };
        return name is "text" or "field_id";
    }

    private Markup Render(string escapedText, HtmlAttributes attributes)
    {
        attributes.SetDefault("for", FieldId);
        return new Markup($"<label{attributes}>{escapedText}</label>");
    }
}
