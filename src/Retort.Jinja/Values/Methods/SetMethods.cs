using System.Collections.Frozen;

namespace Retort.Jinja.Values;

/// <summary>The methods of Python's <c>set</c>; sets of the host can be read only.</summary>
internal static class SetMethods
{
    public static FrozenDictionary<string, BuiltinMethod> Table { get; } = new MethodTable("set")
        .Add("add", static (_, in self, a) => { Own(self).Add(a[0]); return default; }, ["elem"])
        .Add("discard", static (_, in self, a) => { Own(self).Remove(a[0]); return default; }, ["elem"])
        .Add("remove", static (_, in self, a) => Own(self).Remove(a[0]) ? default(Value) : throw PythonError.Key(Text.Repr(a[0])), ["elem"])
        .Add("clear", static (_, in self, _) => { Own(self).Clear(); return default; })
        .Add("pop", Pop)
        .Add("copy", static (_, in self, _) => Value.From(new SetValue(Sets.Of(self))))
        .AddRaw("update", static (_, in self, arguments) => { Own(self).UnionWith(All(arguments)); return default; })
        .AddRaw("difference_update", static (_, in self, arguments) => { Own(self).ExceptWith(All(arguments)); return default; })
        .AddRaw("intersection_update", static (_, in self, arguments) => { Own(self).IntersectWith(Intersect(self, arguments)); return default; })
        .Add("symmetric_difference_update", static (_, in self, a) => { Own(self).SymmetricExceptWith(Iteration.ToList(a[0])); return default; }, ["other"])
        .AddRaw("union", static (_, in self, arguments) => Value.From(new SetValue(Sets.Of(self).Concat(All(arguments)))))
        .AddRaw("difference", static (_, in self, arguments) => Value.From(new SetValue(Sets.Of(self).Except(All(arguments)))))
        .AddRaw("intersection", static (_, in self, arguments) => Value.From(new SetValue(Intersect(self, arguments))))
        .Add("symmetric_difference", SymmetricDifference, ["other"])
        .Add("issubset", static (_, in self, a) => Value.From(Sets.Of(self).IsSubsetOf(Iteration.ToList(a[0]))), ["other"])
        .Add("issuperset", static (_, in self, a) => Value.From(Sets.Of(self).IsSupersetOf(Iteration.ToList(a[0]))), ["other"])
        .Add("isdisjoint", static (_, in self, a) => Value.From(!Sets.Of(self).Overlaps(Iteration.ToList(a[0]))), ["other"])
        .Freeze();

    private static HashSet<Value> Own(in Value self) => self.Reference is SetValue own ? own.Items : throw PythonError.Type("the set belongs to the host and cannot be changed");

    private static List<Value> All(Arguments arguments)
    {
        var items = new List<Value>();
        foreach (var argument in arguments.Positional)
            items.AddRange(Iteration.ToList(argument));
        return items;
    }

    private static HashSet<Value> Intersect(in Value self, Arguments arguments)
    {
        HashSet<Value> items = [.. Sets.Of(self)];
        foreach (var argument in arguments.Positional)
            items.IntersectWith(Iteration.ToList(argument));
        return items;
    }

    private static Value Pop(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        var items = Own(self);
        if (items.Count == 0)
            throw PythonError.Key("'pop from an empty set'");
        var first = items.First();
        items.Remove(first);
        return first;
    }

    private static Value SymmetricDifference(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        HashSet<Value> items = [.. Sets.Of(self)];
        items.SymmetricExceptWith(Iteration.ToList(arguments[0]));
        return Value.From(new SetValue(items));
    }
}
