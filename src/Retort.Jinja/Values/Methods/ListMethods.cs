using System.Collections;

namespace Retort.Jinja.Values;

/// <summary>The methods of Python's <c>list</c>, also for lists of the host.</summary>
internal static class ListMethods
{
    public static IReadOnlyDictionary<string, BuiltinMethod> Table { get; } = new MethodTable("list")
        .Add("append", static (_, in self, a) => { Change(self, a[0], static (items, item) => items.Add(item)); return default; }, ["object"])
        .Add("extend", static (context, in self, a) => { Extend(context, self, Iteration.ToList(a[0])); return default; }, ["iterable"])
        .Add("insert", Insert, ["index", "object"])
        .Add("pop", Pop, null, [("index", Value.From(-1))])
        .Add("remove", Remove, ["value"])
        .Add("clear", static (_, in self, _) => { Change(self, default, static (items, _) => items.Clear()); return default; })
        .Add("reverse", static (_, in self, _) => { Change(self, default, static (items, _) => items.Reverse()); return default; })
        .Add("copy", static (_, in self, _) => Value.From(new ListValue(Iteration.ToList(self))))
        .AddRaw("sort", Sort)
        .Add("index", static (_, in self, a) => SequenceMethods.Index(self, a, "list"), ["value"], [("start", Value.From(0)), ("stop", Value.From(long.MaxValue))])
        .Add("count", static (_, in self, a) => SequenceMethods.Count(self, a[0]), ["value"])
        .Done();

    private static readonly Signature SortSignature = new("sort", [], [("key", default), ("reverse", Value.False)]);

    private static void Extend(EvalContext context, in Value self, List<Value> more)
    {
        Concatenation.Check(Sequences.Count(self) + (long)more.Count, context);
        Change(self, Value.From(new ListValue(more)), static (items, more) => items.AddRange(((ListValue)more.Reference).Items));
    }

    private static Value Insert(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        var index = Argument.Integer(arguments[0]);
        Change(self, arguments[1], (items, item) => items.Insert((int)Math.Clamp(index < 0 ? index + items.Count : index, 0, items.Count), item));
        return default;
    }

    private static Value Pop(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        var index = Argument.Integer(arguments[0]);
        var count = Sequences.Count(self);
        if (count == 0)
            throw PythonError.Index("pop from empty list");
        if (index < 0)
            index += count;
        if (index < 0 || index >= count)
            throw PythonError.Index("pop index out of range");
        var item = Sequences.At(self, (int)index);
        Change(self, default, (items, _) => items.RemoveAt((int)index));
        return item;
    }

    private static Value Remove(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        var sought = arguments[0];
        var index = Iteration.ToList(self).FindIndex(item => Equality.AreSameOrEqual(item, sought));
        if (index < 0)
            throw PythonError.Value("list.remove(x): x not in list");
        Change(self, default, (items, _) => items.RemoveAt(index));
        return default;
    }

    private static Value Sort(EvalContext context, in Value self, Arguments arguments)
    {
        if (!arguments.Positional.IsEmpty)
            throw PythonError.Type("sort() takes no positional arguments");
        var slots = default(Signature.Slots);
        var bound = SortSignature.Bind(arguments, slots);
        var function = bound[0];
        var sorted = Sorting.Sort(Iteration.ToList(self), function.IsNone ? null : item => context.Call(function, new Arguments([item])), Argument.CInt(bound[1]) != 0);
        Change(self, default, (items, _) =>
        {
            items.Clear();
            items.AddRange(sorted);
        });
        return default;
    }

    // A list of the host is changed in a copy whose items are then put back, converted to the type it holds.
    private static void Change(in Value self, in Value argument, Action<List<Value>, Value> change)
    {
        if (self.Reference is ListValue own)
        {
            change(own.Items, argument);
            return;
        }
        if (self.Reference is not IList { IsReadOnly: false, IsFixedSize: false } host)
            throw PythonError.Type("the list belongs to the host and cannot be changed");
        var copy = Iteration.ToList(self);
        change(copy, argument);
        var type = HostShapes.Interface(host.GetType(), typeof(IList<>))?.GetGenericArguments()[0];
        var converted = copy.ConvertAll(item => Conversion.TryConvert(item, type ?? typeof(object), out var result)
            ? result
            : throw PythonError.Type($"the host's list holds {type!.Name}, not {Text.TypeName(item)}"));
        host.Clear();
        foreach (var item in converted)
            host.Add(item);
    }
}

/// <summary>What tuples and ranges have of the methods of lists.</summary>
internal static class SequenceMethods
{
    public static IReadOnlyDictionary<string, BuiltinMethod> Table { get; } = new MethodTable("tuple")
        .Add("index", static (_, in self, a) => Index(self, a, Text.TypeName(self)), ["value"], [("start", Value.From(0)), ("stop", Value.From(long.MaxValue))])
        .Add("count", static (_, in self, a) => Count(self, a[0]), ["value"])
        .Done();

    /// <summary>The methods of a range, which looks for a number without bounds.</summary>
    public static IReadOnlyDictionary<string, BuiltinMethod> Ranges { get; } = new MethodTable("range")
        .Add("index", IndexInRange, ["value"])
        .Add("count", static (_, in self, a) => Count(self, a[0]), ["value"])
        .Done();

    public static Value Count(in Value self, in Value sought)
    {
        if (self.Kind == ValueKind.Range)
            return Value.From(Operators.Contains(self, sought) ? 1 : 0);
        var (count, length) = (0, Sequences.Count(self));
        for (var i = 0; i < length; i++)
            count += Equality.AreSameOrEqual(Sequences.At(self, i), sought) ? 1 : 0;
        return Value.From(count);
    }

    public static Value Index(in Value self, ReadOnlySpan<Value> arguments, string type)
    {
        if (!arguments[1].IsIntegral || !arguments[2].IsIntegral)
            throw PythonError.Type("slice indices must be integers or have an __index__ method");
        var bounds = SliceBounds.Of(arguments[1], arguments[2], default, Sequences.Count(self));
        for (var i = (int)bounds.Start; i < bounds.Stop; i++)
        {
            if (Equality.AreSameOrEqual(Sequences.At(self, i), arguments[0]))
                return Value.From(i);
        }
        throw PythonError.Value(type == "list" ? $"{Text.Repr(arguments[0])} is not in list" : "tuple.index(x): x not in tuple");
    }

    private static Value IndexInRange(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        var range = (RangeValue)self.Reference;
        return Operators.Contains(self, arguments[0])
            ? Value.From(IntegerText.FromValue(Operators.FloorDivide(Operators.Subtract(arguments[0], Value.From(range.Start)), Value.From(range.Step))))
            : throw PythonError.Value($"{Text.Repr(arguments[0])} is not in range");
    }
}
