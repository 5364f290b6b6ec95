namespace Retort.Jinja.Values;

/// <summary>Collects the methods of one type, each with its parameters.</summary>
internal sealed class MethodTable(string type)
{
    private readonly Dictionary<string, BuiltinMethod> _methods = new(StringComparer.Ordinal);

    /// <summary>What a method does with its bound arguments.</summary>
    public delegate Value Body(EvalContext context, in Value self, ReadOnlySpan<Value> arguments);

    /// <summary>Adds a method whose arguments bind to a signature.</summary>
    public MethodTable Add(string name, Body body, string[]? required = null, (string, Value)[]? optional = null, int positionalOnly = Signature.MaxParameters)
    {
        var method = new SignedMethod(new Signature($"{type}.{name}", required ?? [], optional, positionalOnly), body);
        _methods.Add(name, new BuiltinMethod(name, method.Call) { Signed = method });
        return this;
    }

    /// <summary>Adds a method that reads its arguments itself.</summary>
    public MethodTable AddRaw(string name, MethodBody body)
    {
        _methods.Add(name, new BuiltinMethod(name, (context, in self, arguments) => Concatenation.Checked(context, body(context, self, arguments))));
        return this;
    }

    public IReadOnlyDictionary<string, BuiltinMethod> Done() => _methods;
}

/// <summary>A method with its parameters.</summary>
internal sealed class SignedMethod(Signature signature, MethodTable.Body body)
{
    /// <summary>Calls it as any method is called.</summary>
    public Value Call(EvalContext context, in Value self, Arguments arguments) =>
        signature.TryBindWhole(arguments, out var bound) ? Run(context, self, bound) : CallBound(context, self, arguments);

    /// <summary>The same where the positional arguments stand at the start of a room that the others fit into, too.</summary>
    public Value Call(EvalContext context, in Value self, Arguments arguments, Span<Value> room) =>
        signature.TryComplete(arguments, room, out var bound) ? Run(context, self, bound) : CallBound(context, self, arguments);

    private Value CallBound(EvalContext context, in Value self, Arguments arguments)
    {
        var slots = default(Signature.Slots);
        return Run(context, self, signature.Bind(arguments, slots));
    }

    private Value Run(EvalContext context, in Value self, ReadOnlySpan<Value> bound)
    {
        Budget.Charge(self);
        return Concatenation.Checked(context, body(context, self, bound));
    }
}

/// <summary>Arguments read as the types that Python's methods take, with its errors.</summary>
internal static class Argument
{
    public static string Text(in Value value, string function, int position) => value.AsText
        ?? throw PythonError.Type($"{function}() argument {position} must be str, not {Values.Text.TypeName(value)}");

    /// <summary>Text or None.</summary>
    public static string? OptionalText(in Value value, string function, string what) => value.IsNone ? null
        : value.AsText ?? throw PythonError.Type($"{function} {what} must be None or str, not {Values.Text.TypeName(value)}");

    /// <summary>An integer of any size.</summary>
    public static System.Numerics.BigInteger Index(in Value value) =>
        value.IsIntegral ? value.AsBigInteger : throw PythonError.Type($"'{Values.Text.TypeName(value)}' object cannot be interpreted as an integer");

    /// <summary>An integer. Throws Python's OverflowError beyond 64 bits.</summary>
    public static long Integer(in Value value)
    {
        var number = Index(value);
        return number > long.MaxValue || number < long.MinValue ? throw PythonError.Overflow("Python int too large to convert to C ssize_t") : (long)number;
    }

    /// <summary>An integer that must fit 32 bits, as C code reads switches and small numbers.</summary>
    public static int CInt(in Value value)
    {
        var number = Integer(value);
        return number is < int.MinValue or > int.MaxValue ? throw PythonError.Overflow("Python int too large to convert to C int") : (int)number;
    }

    /// <summary>A width to pad to; what exceeds the limit is refused.</summary>
    public static int Width(EvalContext? context, in Value value)
    {
        var width = Integer(value);
        Concatenation.Limit(width, context);
        return (int)Math.Max(0, width);
    }

    /// <summary>Throws Python's TypeError for another number of arguments than a function in C takes, or any that is named.</summary>
    public static void Count(Arguments arguments, string type, string function, int least, int most)
    {
        ThrowIfNamed(arguments, type + function);
        var given = arguments.Positional.Length;
        if (given >= least && given <= most)
            return;
        var limit = given < least ? least : most;
        throw PythonError.Type($"{function} expected at {(given < least ? "least" : "most")} {limit} argument{(limit == 1 ? string.Empty : "s")}, got {given}");
    }

    public static void ThrowIfNamed(Arguments arguments, string function)
    {
        if (!arguments.Names.IsEmpty)
            throw PythonError.Type($"{function}() takes no keyword arguments");
    }

    /// <summary>Python's error for a method that a value does not have.</summary>
    public static TemplateError Lacks(in Value value, string member) => value.IsUndefined
        ? ((Undefined)value.Reference).Error()
        : PythonError.Attribute($"'{Values.Text.TypeName(value)}' object has no attribute '{member}'");

    /// <summary>Where Python asks the value to make itself a number or give an item: an undefined then explains itself rather than its type.</summary>
    public static TemplateError Wrong(in Value value, string reason) => value.IsUndefined ? ((Undefined)value.Reference).Error() : PythonError.Type(reason);
}
