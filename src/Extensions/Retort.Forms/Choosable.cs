using Retort.Forms.Widgets;

namespace Retort.Forms;

/// <summary>One choice of a field as a field of its own, which a template writes by itself. Source: wtforms.fields.choices._Option.</summary>
internal sealed class Choosable : Field
{
    private readonly ShownChoice _choice;
    private readonly Widget _widget;

    public Choosable(Field field, ShownChoice choice, int index, Widget widget) : base(choice.Label, [.. field.Validators])
    {
        _choice = choice;
        _widget = widget;
        Id = $"{field.Id}-{index}";
        LabelMarkup = choice.LabelMarkup;
        RenderKw = Merged(field.RenderKw, choice.RenderKw);
        BindAs(field);
    }

    /// <summary>Whether it is chosen.</summary>
    public bool Checked => _choice.IsSelected;

    public override string ValueText => Coercion.Text(_choice.Value);

    protected override Widget DefaultWidget => _widget;

    protected override object? GetData() => _choice.Value;

    // A choice written by itself has the field's attributes, and its own over them.
    private static HtmlAttributes Merged(object? ofField, object? ofChoice)
    {
        var attributes = HtmlAttributes.Of(ofField);
        attributes.Update(ofChoice);
        return attributes;
    }

    protected internal override object? MakeDefault() => null;

    protected internal override string? ProcessData(object? value) => null;

    protected internal override string? ProcessFormData(IReadOnlyList<object?> values) => null;

    protected override void ApplyFilters()
    {
    }
}
