namespace Retort.Jinja.Values;

/// <summary>The methods of Python's <c>dict</c>, also for dictionaries of the host.</summary>
internal static class DictMethods
{
    public static IReadOnlyDictionary<string, BuiltinMethod> Table { get; } = new MethodTable("dict")
        .Add("get", static (_, in self, a) => Mappings.TryGet(self, a[0], out var value) ? value : a[1], ["key"], [("default", default)])
        .Add("items", static (_, in self, _) => Value.From(new DictView(self, DictViewKind.Items)))
        .Add("keys", static (_, in self, _) => Value.From(new DictView(self, DictViewKind.Keys)))
        .Add("values", static (_, in self, _) => Value.From(new DictView(self, DictViewKind.Values)))
        .Add("copy", static (_, in self, _) => Value.From(Mappings.Copy(self)))
        .AddRaw("pop", Pop)
        .Add("popitem", PopItem)
        .Add("setdefault", SetDefault, ["key"], [("default", default)])
        .AddRaw("update", static (_, in self, arguments) => { Fill(self, arguments, "update"); return default; })
        .Add("clear", Clear)
        .Add("fromkeys", FromKeys, ["iterable"], [("value", default)])
        .Done();

    /// <summary>Fills a dictionary as <c>dict(...)</c> does: from a mapping or from pairs, then from keywords.</summary>
    public static void Fill(in Value target, Arguments arguments, string function)
    {
        Argument.Count(new Arguments(arguments.Positional), string.Empty, function, 0, 1);
        if (arguments.Positional.Length == 1)
            AddAll(target, arguments.Positional[0]);
        for (var i = 0; i < arguments.Names.Length; i++)
            Set(target, Value.From(arguments.Names[i]), arguments.Named[i]);
    }

    /// <summary>Adds the items of a mapping, or pairs.</summary>
    public static void AddAll(in Value target, in Value source)
    {
        if (source.Kind == ValueKind.Dict)
        {
            foreach (var (key, value) in Mappings.Items(source).ToArray())
                Set(target, key, value);
            return;
        }
        // Python asks for its keys first.
        Operators.ThrowIfUndefined(source, source);
        var index = 0;
        Span<Value> pair = [default, default];
        for (var items = Iteration.Start(source); items.MoveNext(out var item); index++)
        {
            if (!Iteration.IsIterable(item))
                throw PythonError.Type($"cannot convert dictionary update sequence element #{index} to a sequence");
            var length = Iteration.ToList(item).Count;
            if (length != 2)
                throw PythonError.Value($"dictionary update sequence element #{index} has length {length}; 2 is required");
            Iteration.Unpack(item, pair);
            Set(target, pair[0], pair[1]);
        }
    }

    /// <summary>Python's <c>target[key] = value</c>.</summary>
    public static void Set(in Value target, in Value key, in Value value)
    {
        if (target.Reference is DictValue own)
            own.Set(key, value);
        else if (!HostShapes.MappingOf(target.Reference).TrySet(target.Reference, key, value))
            throw Unchangeable();
    }

    private static void Remove(in Value target, in Value key)
    {
        if (target.Reference is DictValue own)
            own.Items.Remove(key);
        else if (!HostShapes.MappingOf(target.Reference).TryRemove(target.Reference, key))
            throw Unchangeable();
    }

    private static Value Pop(EvalContext context, in Value self, Arguments arguments)
    {
        Argument.Count(arguments, "dict.", "pop", 1, 2);
        // An empty one is not looked into, so that any key will do.
        if (Mappings.Count(self) > 0 && Mappings.TryGet(self, arguments.Positional[0], out var value))
        {
            Remove(self, arguments.Positional[0]);
            return value;
        }
        return arguments.Positional.Length == 2 ? arguments.Positional[1] : throw PythonError.Key(Text.Repr(arguments.Positional[0]));
    }

    private static Value PopItem(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        if (Mappings.Count(self) == 0)
            throw PythonError.Key("'popitem(): dictionary is empty'");
        var (key, value) = self.Reference is DictValue own ? own.Items.GetAt(own.Items.Count - 1) : Mappings.Items(self).Last();
        Remove(self, key);
        return Value.From(new TupleValue([key, value]));
    }

    private static Value SetDefault(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        if (Mappings.TryGet(self, arguments[0], out var value))
            return value;
        Set(self, arguments[0], arguments[1]);
        return arguments[1];
    }

    private static Value Clear(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        foreach (var (key, _) in Mappings.Items(self).ToArray())
            Remove(self, key);
        return default;
    }

    private static Value FromKeys(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        var result = new DictValue();
        foreach (var key in Iteration.ToList(arguments[0]))
            result.Set(key, arguments[1]);
        return Value.From(result);
    }

    private static PythonError Unchangeable() => PythonError.Type("the dictionary belongs to the host and cannot be changed");
}
