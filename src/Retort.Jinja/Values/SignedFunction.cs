namespace Retort.Jinja.Values;

/// <summary>What a builtin does with its bound arguments; the filtered or tested value is the first.</summary>
internal delegate Value BuiltinBody(EvalContext context, ReadOnlySpan<Value> arguments);

/// <summary>A filter or test of the engine, with its parameters.</summary>
internal sealed class SignedFunction(Signature signature, BuiltinBody body)
{
    /// <summary>The number of its parameters.</summary>
    public int Count => signature.Count;

    /// <summary>The filter or test behind a function, if it is one of these.</summary>
    public static SignedFunction? Of(JinjaFunction function) => function.Target as SignedFunction;

    /// <summary>Calls it as any function is called.</summary>
    public Value Call(EvalContext context, Arguments arguments) =>
        signature.TryBindWhole(arguments, out var bound) ? Run(context, bound) : CallBound(context, arguments);

    /// <summary>The same where the positional arguments stand at the start of a room that the others fit into, too.</summary>
    public Value Call(EvalContext context, Arguments arguments, Span<Value> room) =>
        signature.TryComplete(arguments, room, out var bound) ? Run(context, bound) : CallBound(context, arguments);

    private Value CallBound(EvalContext context, Arguments arguments)
    {
        var slots = default(Signature.Slots);
        return Run(context, signature.Bind(arguments, slots));
    }

    private Value Run(EvalContext context, ReadOnlySpan<Value> bound)
    {
        if (!bound.IsEmpty)
            Budget.Charge(bound[0]);
        return Concatenation.Checked(context, body(context, bound));
    }
}
