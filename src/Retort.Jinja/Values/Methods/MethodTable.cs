using System.Collections.Frozen;

namespace Retort.Jinja.Values;

/// <summary>Collects the methods of one type, each with its parameters.</summary>
/// <param name="type">Name of the type.</param>
/// <param name="isBuiltin">Whether the type is one of Python's own, and not written in Python.</param>
internal sealed class MethodTable(string type, bool isBuiltin = true)
{
    private readonly Dictionary<string, BuiltinMethod> _methods = new(StringComparer.Ordinal);

    /// <summary>What a method does with its bound arguments.</summary>
    public delegate Value Body(EvalContext context, in Value self, ReadOnlySpan<Value> arguments);

    /// <summary>Adds a method whose arguments bind to a signature.</summary>
    public MethodTable Add(string name, Body body, string[]? required = null, (string, Value)[]? optional = null, int positionalOnly = Signature.MaxParameters)
    {
        string[] names = [.. required ?? [], .. (optional ?? []).Select(parameter => parameter.Item1)];
        var parameters = isBuiltin ? new MethodParameters(type, name, names, required?.Length ?? 0, canBeNamed: positionalOnly == 0) : null;
        var method = new SignedMethod(new Signature($"{type}.{name}", required ?? [], optional, positionalOnly), body, parameters);
        _methods.Add(name, new BuiltinMethod(name, method.Call) { Signed = method });
        return this;
    }

    /// <summary>Adds a method that reads its arguments itself.</summary>
    public MethodTable AddRaw(string name, MethodBody body)
    {
        _methods.Add(name, new BuiltinMethod(name, body));
        return this;
    }

    public FrozenDictionary<string, BuiltinMethod> Freeze() => _methods.ToFrozenDictionary(StringComparer.Ordinal);
}

/// <summary>A method with its parameters.</summary>
internal sealed class SignedMethod(Signature signature, MethodTable.Body body, MethodParameters? parameters)
{
    /// <summary>Calls it as any method is called.</summary>
    public Value Call(EvalContext context, in Value self, Arguments arguments) =>
        signature.TryBindWhole(arguments, out var bound) ? Budget.Charge(body(context, self, bound)) : CallBound(context, self, arguments);

    /// <summary>The same where the positional arguments stand at the start of a room that the others fit into, too.</summary>
    public Value Call(EvalContext context, in Value self, Arguments arguments, Span<Value> room) =>
        signature.TryComplete(arguments, room, out var bound) ? Budget.Charge(body(context, self, bound)) : CallBound(context, self, arguments);

    private Value CallBound(EvalContext context, in Value self, Arguments arguments)
    {
        parameters?.Check(arguments);
        var slots = default(Signature.Slots);
        return Budget.Charge(body(context, self, signature.Bind(arguments, slots)));
    }
}

/// <summary>Arguments read as the types that Python's methods take, with its errors.</summary>
internal static class Argument
{
    public static string Text(in Value value, string function, int position) => value.AsText
        ?? throw PythonError.Type($"{function}() argument {position} must be str, not {NameOf(value)}");

    /// <summary>Text, where the error names the argument in a way of its own.</summary>
    public static string Text(in Value value, string what = "") => value.AsText ?? throw PythonError.Type($"{what}must be str, not {(what.Length > 0 ? NameOf(value) : Values.Text.TypeName(value))}");

    /// <summary>Text or None.</summary>
    public static string? OptionalText(in Value value, string function, string what) => value.IsNone ? null
        : value.AsText ?? throw PythonError.Type($"{function} {what} must be None or str");

    /// <summary>An integer, clamped to 64 bits.</summary>
    public static long Integer(in Value value)
    {
        if (!value.IsIntegral)
            throw PythonError.Type($"'{Values.Text.TypeName(value)}' object cannot be interpreted as an integer");
        var number = value.AsBigInteger;
        return number > long.MaxValue || number < long.MinValue ? throw PythonError.Overflow("Python int too large to convert to C ssize_t") : (long)number;
    }

    /// <summary>A width to pad to; what exceeds the limit is refused.</summary>
    public static int Width(EvalContext? context, in Value value)
    {
        var width = Integer(value);
        var limit = context?.Access.MaxRepeat ?? Operators.MaxRepeat;
        return width > limit ? throw Concatenation.TooLong(limit) : (int)Math.Max(0, width);
    }

    // Where an argument is named, Python says None and not its type.
    private static string NameOf(in Value value) => value.IsNone ? "None" : Values.Text.TypeName(value);

    /// <summary>Python's error for a method that a value does not have.</summary>
    public static TemplateError Lacks(in Value value, string member) => value.IsUndefined
        ? ((Undefined)value.Reference).Error()
        : PythonError.Attribute($"'{Values.Text.TypeName(value)}' object has no attribute '{member}'");

    /// <summary>Where Python asks the value to make itself a number or give an item: an undefined then explains itself rather than its type.</summary>
    public static TemplateError Wrong(in Value value, string reason) => value.IsUndefined ? ((Undefined)value.Reference).Error() : PythonError.Type(reason);
}
