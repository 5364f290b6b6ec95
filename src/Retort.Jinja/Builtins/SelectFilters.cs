using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>map, select and their kin: lazy, each with a filter or test by its name.</summary>
internal static class SelectFilters
{
    public static void Add(BuiltinTable table) => table
        .AddRaw("map", BuiltinTable.Awaiting(Map, asks: true))
        .AddRaw("select", Selecting(keep: true, byAttribute: false))
        .AddRaw("reject", Selecting(keep: false, byAttribute: false))
        .AddRaw("selectattr", Selecting(keep: true, byAttribute: true))
        .AddRaw("rejectattr", Selecting(keep: false, byAttribute: true));

    private static Value Map(EvalContext context, Arguments arguments)
    {
        var kept = Keep(arguments, "map");
        var items = MapItems(context, kept).GetEnumerator();
        return Value.From(context.IsAsync ? new AwaitingIterator(items) : new SequenceIterator(items, "generator", "sync_do_map"));
    }

    private static IEnumerable<Value> MapItems(EvalContext context, KeptArguments arguments)
    {
        if (!Operators.IsTrue(arguments.Positional[0]))
            yield break;
        var apply = Mapper(context, arguments);
        for (var items = Iteration.Start(arguments.Positional[0]); items.MoveNext(out var item);)
            yield return apply(item);
    }

    private static Func<Value, Value> Mapper(EvalContext context, KeptArguments arguments)
    {
        if (arguments.Positional.Length == 1 && arguments.Names.Contains("attribute"))
        {
            var unknown = Array.Find(arguments.Names, name => name is not ("attribute" or "default"));
            if (unknown is not null)
                throw new FilterArgumentError($"Unexpected keyword argument {StringRepr.Of(unknown)}");
            arguments.ToArguments().TryGetNamed("attribute", out var attribute);
            arguments.ToArguments().TryGetNamed("default", out var fallback);
            return new AttributePath(context, attribute, ignoreCase: false, fallback).Read;
        }
        if (arguments.Positional.Length == 1)
            throw new FilterArgumentError("map requires a filter argument");
        return item => context.CallFilter(Name(arguments.Positional[1], "filter"), WithItem(item, arguments, 2));
    }

    private static JinjaFunction Selecting(bool keep, bool byAttribute) => BuiltinTable.Awaiting(
        (context, arguments) => Generators.Of("select_or_reject", SelectItems(context, Keep(arguments, "select"), keep, byAttribute)), asks: true);

    private static IEnumerable<Value> SelectItems(EvalContext context, KeptArguments arguments, bool keep, bool byAttribute)
    {
        if (!Operators.IsTrue(arguments.Positional[0]))
            yield break;
        if (byAttribute && arguments.Positional.Length == 1)
            throw new FilterArgumentError("Missing parameter for attribute name");
        var path = byAttribute ? new AttributePath(context, arguments.Positional[1]) : null;
        var offset = byAttribute ? 2 : 1;
        for (var items = Iteration.Start(arguments.Positional[0]); items.MoveNext(out var item);)
        {
            var subject = path is null ? item : path.Read(item);
            var holds = arguments.Positional.Length <= offset
                ? Operators.IsTrue(subject)
                : context.CallTest(Name(arguments.Positional[offset], "test"), WithItem(subject, arguments, offset + 1));
            if (holds == keep)
                yield return item;
        }
    }

    private static KeptArguments Keep(Arguments arguments, string filter) =>
        arguments.Positional.IsEmpty ? throw PythonError.Type($"do_{filter}() missing 1 required positional argument: 'value'") : arguments.Keep();

    private static Arguments WithItem(in Value item, KeptArguments arguments, int from)
    {
        Value[] positional = [item, .. arguments.Positional[Math.Min(from, arguments.Positional.Length)..]];
        return new Arguments(positional, arguments.Names, arguments.Named);
    }

    // Looked up for each item, as Jinja does: nothing is wrong with a bad name and no items.
    private static string Name(in Value name, string kind)
    {
        if (name.AsText is { } text)
            return text;
        Equality.Hash(name);
        var reason = name.IsUndefined ? $" ({((Undefined)name.Reference).Error().Message}; did you forget to quote the callable name?)" : string.Empty;
        throw new TemplateRuntimeError($"No {kind} named {Text.Repr(name)}.{reason}");
    }
}

/// <summary>The items of map in an asynchronous render, where filters may give tasks.</summary>
internal sealed class AwaitingIterator(IEnumerator<Value> items) : SequenceIterator(items), IAsyncEnumerable<Value>
{
    private readonly IEnumerator<Value> _items = items;

    public async IAsyncEnumerator<Value> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (_items.MoveNext())
            yield return Awaiting.TryGetTask(_items.Current, out var task) ? await task.ConfigureAwait(false) : _items.Current;
    }
}
