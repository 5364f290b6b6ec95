using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Collects builtins, each with its parameters, under the names templates use.</summary>
internal sealed class BuiltinTable(string prefix)
{
    private readonly Dictionary<string, JinjaFunction> _functions = new(StringComparer.Ordinal);

    /// <summary>Adds a builtin whose arguments bind to a signature. One name or several, divided by commas.</summary>
    public BuiltinTable Add(string names, BuiltinBody body, string[] required, (string, Value)[]? optional = null)
    {
        // Jinja's functions are named so, but for the one that is MarkupSafe's.
        var function = names.Split(',')[0];
        return AddRaw(names, new SignedFunction(new Signature(function == "escape" ? function : prefix + function, required, optional), body).Call);
    }

    /// <summary>The same for a filter that takes asynchronous sequences, too: it waits for all their items first.</summary>
    public BuiltinTable AddAwaiting(string names, BuiltinBody body, string[] required, (string, Value)[]? optional = null)
    {
        Add(names, body, required, optional);
        return AddRaw(names, Awaiting(_functions[names]));
    }

    /// <summary>Adds a builtin that reads its arguments itself.</summary>
    public BuiltinTable AddRaw(string names, JinjaFunction function)
    {
        foreach (var name in names.Split(','))
            _functions[name] = function;
        return this;
    }

    public IReadOnlyDictionary<string, JinjaFunction> Done() => _functions;

    /// <summary>Lets a filter take asynchronous sequences: it waits for all their items first.</summary>
    public static JinjaFunction Awaiting(JinjaFunction filter, bool asks = false) => (context, arguments) =>
        !context.IsAsync || arguments.Positional.IsEmpty ? filter(context, arguments)
            // An undefined is such a sequence as well, and empty even if it is strict, unless the filter asks first whether it is true.
            : arguments.Positional[0].IsUndefined && !asks ? filter(context, new Arguments([Value.From(new ListValue([])), .. arguments.Positional[1..]], arguments.Names, arguments.Named))
            : Iteration.TryGetAsync(arguments.Positional[0], out var source) ? Value.FromObject(Collect(filter, context, source!, arguments.Keep()))
            : filter(context, arguments);

    private static async Task<Value> Collect(JinjaFunction filter, EvalContext context, IAsyncEnumerable<Value> source, KeptArguments arguments)
    {
        var items = Value.From(new ListValue(await AsyncSources.ToListAsync(source, context.Cancellation).ConfigureAwait(false)));
        Value[] positional = [items, .. arguments.Positional[1..]];
        return filter(context, new Arguments(positional, arguments.Names, arguments.Named));
    }
}
