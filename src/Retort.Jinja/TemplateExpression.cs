using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja;

/// <summary>A compiled expression.</summary>
public sealed class TemplateExpression
{
    private readonly Unit _unit;
    private readonly CompiledTemplate _template;
    private readonly Evaluable _expression;
    private readonly int _slots;
    private readonly bool _undefinedToNone;

    internal TemplateExpression(CompiledTemplate template, Evaluable expression, int slots, bool undefinedToNone)
    {
        _template = template;
        _expression = expression;
        _slots = slots;
        _undefinedToNone = undefinedToNone;
        _unit = new Unit(template, "in the expression", Compilation.Nothing.Instance, slots, keepsFrames: true);
    }

    /// <summary>Its value for the given data: a dictionary, an anonymous object or a record.</summary>
    public object? Evaluate(object? model = null, ITemplateVariables? variables = null) => EvaluateValue(model, variables).ToObject();

    internal Value EvaluateValue(object? model, ITemplateVariables? variables = null)
    {
        var state = new RenderState(false, _template.Engine.NewBudget() ?? Budget.Current);
        using var budget = Budget.Enter(state.Budget);
        var frame = new Frame(_template.NewContext(ModelSource.Of(model, variables), state), _slots) { At = new SourcePosition(1, 1) };
        try
        {
            var value = _expression.Evaluate(frame);
            return _undefinedToNone && value.IsUndefined ? Value.None : value;
        }
        catch (Exception error) when (_unit.Explain(error, frame))
        {
            throw;
        }
    }
}
