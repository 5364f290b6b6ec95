using System.Diagnostics.CodeAnalysis;
using Retort.Forms.Widgets;
using Retort.Jinja;
using Retort.Jinja.Values;

namespace Retort.Forms;

/// <summary>A field's label: prints as <c>&lt;label for="id"&gt;</c>, and may be called with attributes. Source: wtforms.fields.Label.</summary>
public sealed class FieldLabel : TemplateObject
{
    private readonly Markup? _markup;
    private string? _text;

    /// <summary>A label with a text, which is escaped.</summary>
    public FieldLabel(string fieldId, string text) => (FieldId, _text) = (fieldId, text);

    /// <summary>A label with a text that is HTML already.</summary>
    public FieldLabel(string fieldId, Markup text) => (FieldId, _markup) = (fieldId, text);

    /// <summary>The id of the field's element.</summary>
    public string FieldId { get; }

    /// <summary>The text, without the tags of one that is HTML. One that is set is escaped.</summary>
    public string Text { get => _text ?? _markup!.StripTags(); set => _text = value; }

    /// <summary>The text as it stands in a page.</summary>
    internal Markup Html => _text is null ? _markup! : Markup.Escape(_text);

    /// <inheritdoc/>
    public override string TypeName => "wtforms.fields.Label";

    /// <inheritdoc/>
    public override bool IsTrue => true;

    /// <inheritdoc/>
    public override bool IsCallable => true;

    /// <summary>The label as HTML, with another text or further attributes.</summary>
    public Markup Render(string? text = null, object? attributes = null) => Render(text is null ? Html : Markup.Escape(text), HtmlAttributes.Of(attributes));

    /// <inheritdoc/>
    public override Value Call(EvalContext context, Arguments arguments)
    {
        var attributes = new HtmlAttributes();
        attributes.Update(arguments);
        Value text = arguments.Positional.Length > 0 ? arguments.Positional[0] : arguments.TryGetNamed("text", out var named) ? named : default;
        attributes.Remove("text");
        // As in WTForms, a text given by the template itself may be markup.
        return Value.From(Render(text.IsNone ? Html : Markup.Escape(text.ToObject()), attributes));
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
        value = name switch { "text" => _text is null ? Value.From(_markup!) : Value.From(_text), "field_id" => Value.From(FieldId), _ => default };
        return name is "text" or "field_id";
    }

    private Markup Render(Markup text, HtmlAttributes attributes)
    {
        attributes.SetDefault("for", FieldId);
        return new Markup($"<label{attributes}>{text}</label>");
    }
}
