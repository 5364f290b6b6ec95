namespace Retort.Jinja.Values;

/// <summary>The methods of Python's <c>set</c>; sets of the host can be read only.</summary>
internal static class SetMethods
{
    public static IReadOnlyDictionary<string, BuiltinMethod> Table { get; } = new MethodTable("set")
        .Add("add", static (_, in self, a) => { Own(self).Add(a[0]); return default; }, ["elem"])
        .Add("discard", static (_, in self, a) => { Discard(self, a[0]); return default; }, ["elem"])
        .Add("remove", static (_, in self, a) => Discard(self, a[0]) ? default(Value) : throw PythonError.Key(Text.Repr(a[0])), ["elem"])
        .Add("clear", static (_, in self, _) => { Own(self).Clear(); return default; })
        .Add("pop", Pop)
        .Add("copy", static (_, in self, _) => Value.From(new SetValue(Sets.Of(self))))
        .AddRaw("update", static (_, in self, arguments) => { Own(self).UnionWith(All("update", arguments)); return default; })
        .AddRaw("difference_update", static (_, in self, arguments) => { Own(self).ExceptWith(All("difference_update", arguments)); return default; })
        .AddRaw("intersection_update", static (_, in self, arguments) => { var common = Intersect("intersection_update", self, arguments); Own(self).Clear(); Own(self).UnionWith(common); return default; })
        .Add("symmetric_difference_update", static (_, in self, a) => { Own(self).SymmetricExceptWith(Items(a[0])); return default; }, ["other"])
        .AddRaw("union", static (_, in self, arguments) => Value.From(new SetValue(Sets.Of(self).Concat(All("union", arguments)))))
        .AddRaw("difference", static (_, in self, arguments) => Value.From(new SetValue(Sets.Of(self).Except(All("difference", arguments)))))
        .AddRaw("intersection", static (_, in self, arguments) => Value.From(new SetValue(Intersect("intersection", self, arguments))))
        .Add("symmetric_difference", SymmetricDifference, ["other"])
        .Add("issubset", static (_, in self, a) => Value.From(Sets.Of(self).IsSubsetOf(Items(a[0]))), ["other"])
        .Add("issuperset", static (_, in self, a) => Value.From(Sets.Of(self).IsSupersetOf(Items(a[0]))), ["other"])
        .Add("isdisjoint", static (_, in self, a) => Value.From(!Sets.Of(self).Overlaps(Items(a[0]))), ["other"])
        .Done();

    private static HashSet<Value> Own(in Value self) => self.Reference is SetValue own ? own.Items : throw PythonError.Type("the set belongs to the host and cannot be changed");

    private static bool Discard(in Value self, in Value item) => Sets.TryHash(item) && Own(self).Remove(item);

    // What is to go into a set or to be looked for in one must have a hash, even if the set is empty.
    private static List<Value> Items(in Value source)
    {
        var items = Iteration.ToList(source);
        foreach (var item in items)
            Equality.Hash(item);
        return items;
    }

    private static List<Value> All(string function, Arguments arguments)
    {
        Argument.ThrowIfNamed(arguments, "set." + function);
        var items = new List<Value>();
        foreach (var argument in arguments.Positional)
            items.AddRange(Items(argument));
        return items;
    }

    // Of equal items those of the argument stay.
    private static HashSet<Value> Intersect(string function, in Value self, Arguments arguments)
    {
        Argument.ThrowIfNamed(arguments, "set." + function);
        HashSet<Value> items = [.. Sets.Of(self)];
        foreach (var argument in arguments.Positional)
            items = [.. Items(argument).Where(items.Contains)];
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
        items.SymmetricExceptWith(Items(arguments[0]));
        return Value.From(new SetValue(items));
    }
}
