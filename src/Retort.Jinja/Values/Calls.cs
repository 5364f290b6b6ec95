using System.Runtime.CompilerServices;

namespace Retort.Jinja.Values;

/// <summary>Calls of values and the wrapping of host delegates.</summary>
internal static class Calls
{
    // One function value a delegate, so that the same delegate is the same object to a template.
    private static readonly ConditionalWeakTable<Delegate, FunctionValue> Functions = [];

    /// <summary>Calls any callable value; heeds <see cref="EvalContext.Access"/>.</summary>
    public static Value Call(EvalContext context, in Value callee, Arguments arguments)
    {
        if (context.Access.IsSandbox && !context.Access.AllowsCall(callee))
            throw new SecurityError($"{Text.Repr(callee)} is not safely callable");
        if (callee.Kind is ValueKind.Template or ValueKind.Undefined or ValueKind.Iterator)
            return ((TemplateObject)callee.Reference).Call(context, arguments);
        throw PythonError.Type($"'{Text.TypeName(callee)}' object is not callable");
    }

    /// <summary>Whether the value can be called. An undefined can, if only to fail.</summary>
    public static bool IsCallable(in Value value) => value.Kind == ValueKind.Undefined || (value.Kind == ValueKind.Template && ((TemplateObject)value.Reference).IsCallable);

    /// <summary>
    /// A function around any delegate. Arguments bind by position and by name, converted to the parameters' types; a first parameter of type
    /// <see cref="EvalContext"/> is given the context.
    /// </summary>
    public static JinjaFunction Wrap(Delegate function)
    {
        if (function is JinjaFunction already)
            return already;
        HostCall[] call = [HostCall.Of(function, Name(function))];
        return (context, arguments) => HostCall.InvokeBest(call, context, function, arguments);
    }

    /// <summary>The value of a host delegate.</summary>
    public static FunctionValue Function(Delegate function) => Functions.GetValue(function, static function => new FunctionValue(UndefinedAtEnd(Wrap(function)), Name(function)) { Host = function });

    // In Jinja a called function that has come to the end of something is undefined, not an error.
    private static JinjaFunction UndefinedAtEnd(JinjaFunction function) => (context, arguments) =>
    {
        try
        {
            return function(context, arguments);
        }
        catch (PythonError error) when (error.Kind == PythonErrorKind.StopIteration && error.Position is null)
        {
            return context.MakeUndefined(UndefinedOrigin.Because("value was undefined because a callable raised a StopIteration exception"));
        }
    };

    // A lambda's own name is the compiler's.
    private static string Name(Delegate function)
    {
        var name = function.Method.Name;
        var local = name.IndexOf("g__", StringComparison.Ordinal);
        if (local >= 0 && name.IndexOf('|', local) is var end and > 0)
            return HostMembers.SnakeCase(name[(local + 3)..end]);
        return name.StartsWith('<') ? "<lambda>" : HostMembers.SnakeCase(name);
    }
}
