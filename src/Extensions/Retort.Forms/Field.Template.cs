using System.Diagnostics.CodeAnalysis;
using Retort.Forms.Widgets;
using Retort.Jinja.Values;

namespace Retort.Forms;

/// <content>The field as templates see it, under its Python names.</content>
public abstract partial class Field
{
    /// <inheritdoc/>
    public override string TypeName => $"wtforms.fields.{Type}";

    /// <inheritdoc/>
    public override bool IsTrue => true;

    /// <inheritdoc/>
    public override bool IsCallable => true;

    /// <inheritdoc/>
    public override Value Call(EvalContext context, Arguments arguments)
    {
        var attributes = HtmlAttributes.Of(RenderKw);
        attributes.Update(arguments);
        return Value.From(Widget.Render(this, attributes));
    }

    /// <inheritdoc/>
    public override string Str() => Render().ToString();

    /// <inheritdoc/>
    public override bool TryGetHtml([NotNullWhen(true)] out string? html)
    {
        html = Str();
        return true;
    }

    /// <inheritdoc/>
    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        switch (name)
        {
            case "data": value = Value.FromObject(Data); return true;
            case "errors": value = Value.FromObject(ErrorTree); return true;
            case "raw_data": value = Value.FromObject(RawData); return true;
            case "render_kw": value = Value.FromObject(RenderKw); return true;
            case "default": value = Value.FromObject(MakeDefault()); return true;
            case "_value": value = Value.FromObject(() => ValueText); return true;
            case "gettext": value = Value.FromObject((Func<string, string>)Gettext); return true;
            default: return ObjectMembers.TryGetValue(this, name, out value);
        }
    }
}
