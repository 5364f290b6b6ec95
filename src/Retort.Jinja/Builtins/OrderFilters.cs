using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Filters that order, group and tell apart.</summary>
internal static class OrderFilters
{
    public static void Add(BuiltinTable table) => table
        .Add("sort", Sort, ["value"], [("reverse", Value.False), ("case_sensitive", Value.False), ("attribute", default)])
        .Add("dictsort", DictSort, ["value"], [("case_sensitive", Value.False), ("by", Value.From("key")), ("reverse", Value.False)])
        .AddAwaiting("unique", Unique, ["value"], [("case_sensitive", Value.False), ("attribute", default)])
        .Add("min", static (context, a) => Extreme(context, a, max: false), ["value"], [("case_sensitive", Value.False), ("attribute", default)])
        .Add("max", static (context, a) => Extreme(context, a, max: true), ["value"], [("case_sensitive", Value.False), ("attribute", default)])
        .AddAwaiting("groupby", GroupBy, ["value", "attribute"], [("default", default), ("case_sensitive", Value.False)]);

    private static Value Sort(EvalContext context, ReadOnlySpan<Value> a)
    {
        var key = AttributePath.Several(context, a[3], !Operators.IsTrue(a[2]));
        // Python sorts by lists of keys here, which look for the first difference before they compare.
        return Value.From(new ListValue(Sorting.Sort(Iteration.ToList(a[0]), key, Argument.CInt(a[1]) != 0, Sorting.UnequalAndLess)));
    }

    private static Value DictSort(EvalContext context, ReadOnlySpan<Value> a)
    {
        var position = Equality.AreEqual(a[2], Value.From("key")) ? 0
            : Equality.AreEqual(a[2], Value.From("value")) ? 1
            : throw new FilterArgumentError("You can only sort by either \"key\" or \"value\"");
        if (a[0].Kind != ValueKind.Dict)
            throw Argument.Lacks(a[0], "items");
        var caseSensitive = a[1];
        var items = Mappings.Items(a[0]).Select(item => Value.From(new TupleValue([item.Key, item.Value]))).ToList();
        return Value.From(new ListValue(Sorting.Sort(items, Key, Argument.CInt(a[3]) != 0)));

        Value Key(Value item)
        {
            var key = ((TupleValue)item.Reference).Items[position];
            return key.AsText is { } text && !Operators.IsTrue(caseSensitive) ? Value.From(CaseMapping.Lower(text)) : key;
        }
    }

    private static Value Unique(EvalContext context, ReadOnlySpan<Value> a)
    {
        var key = new AttributePath(context, a[2], !Operators.IsTrue(a[1]));
        return Generators.Of("sync_do_unique", Distinct(a[0], key));
    }

    private static IEnumerable<Value> Distinct(Value value, AttributePath key)
    {
        var seen = new HashSet<Value>();
        for (var items = Iteration.Start(value); items.MoveNext(out var item);)
        {
            if (seen.Add(key.Read(item)))
                yield return item;
        }
    }

    private static Value Extreme(EvalContext context, ReadOnlySpan<Value> a, bool max)
    {
        var items = Iteration.Start(a[0]);
        if (!items.MoveNext(out var best))
            return context.MakeUndefined(UndefinedOrigin.Because("No aggregated item, sequence was empty."));
        var path = new AttributePath(context, a[2], !Operators.IsTrue(a[1]));
        var bestKey = path.Read(best);
        while (items.MoveNext(out var item))
        {
            var key = path.Read(item);
            if (max ? Comparison.Greater(key, bestKey) : Comparison.Less(key, bestKey))
                (best, bestKey) = (item, key);
        }
        return best;
    }

    private static Value GroupBy(EvalContext context, ReadOnlySpan<Value> a)
    {
        var ignoreCase = !Operators.IsTrue(a[3]);
        var key = new AttributePath(context, a[1], ignoreCase, a[2]);
        var shown = ignoreCase ? new AttributePath(context, a[1], false, a[2]) : key;
        var groups = new List<Value>();
        List<Value>? group = null;
        var current = default(Value);
        foreach (var item in Sorting.Sort(Iteration.ToList(a[0]), key.Read, reverse: false))
        {
            var next = key.Read(item);
            if (group is null || !Equality.AreSameOrEqual(current, next))
            {
                current = next;
                group = [];
                groups.Add(Value.From(new TupleValue([shown.Read(item), Value.From(new ListValue(group))], ["grouper", "list"])));
            }
            group.Add(item);
        }
        return Value.From(new ListValue(groups));
    }
}
