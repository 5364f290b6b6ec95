using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja;

/// <summary>A compiled expression.</summary>
public sealed class TemplateExpression
{
    private readonly Unit _unit;
    private readonly int _slot;
    private readonly bool _undefinedToNone;

    internal TemplateExpression(Unit unit, int slot, bool undefinedToNone)
    {
        _unit = unit;
        _slot = slot;
        _undefinedToNone = undefinedToNone;
    }

    /// <summary>Its value for the given data: a dictionary, an anonymous object or a record.</summary>
    public object? Evaluate(object? model = null, ITemplateVariables? variables = null) => EvaluateValue(model, variables).ToObject();

    internal Value EvaluateValue(object? model, ITemplateVariables? variables = null)
    {
        var template = _unit.Template;
        var state = new RenderState(false, template.Engine.NewBudget() ?? Budget.Current);
        using var budget = Budget.Enter(state.Budget);
        var frame = _unit.NewFrame(template.NewContext(ModelSource.Of(model, variables), state), null, null);
        // An expression prints nothing.
        _unit.Run(frame, null!);
        var value = frame.Slots[_slot];
        return _undefinedToNone && value.IsUndefined ? Value.None : value;
    }
}
