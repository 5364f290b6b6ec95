namespace Retort.Jinja.Values;

/// <summary>
/// What a call passes. Lives on the caller's stack: a function that keeps arguments for later (a generator) copies them with
/// <see cref="Keep"/>.
/// </summary>
public readonly ref struct Arguments
{
    /// <summary>Positional arguments alone.</summary>
    public Arguments(ReadOnlySpan<Value> positional) => Positional = positional;

    /// <summary>Positional and keyword arguments; names and values go in pairs.</summary>
    public Arguments(ReadOnlySpan<Value> positional, ReadOnlySpan<string> names, ReadOnlySpan<Value> named)
    {
        Positional = positional;
        Names = names;
        Named = named;
    }

    /// <summary>Arguments by position. For a filter or test the first is the value itself.</summary>
    public ReadOnlySpan<Value> Positional { get; }

    /// <summary>Names of the keyword arguments.</summary>
    public ReadOnlySpan<string> Names { get; }

    /// <summary>Values of the keyword arguments.</summary>
    public ReadOnlySpan<Value> Named { get; }

    /// <summary>Whether nothing is passed.</summary>
    public bool IsEmpty => Positional.IsEmpty && Names.IsEmpty;

    /// <summary>A keyword argument.</summary>
    public bool TryGetNamed(string name, out Value value)
    {
        var index = Names.IndexOf(name);
        value = index < 0 ? default : Named[index];
        return index >= 0;
    }

    /// <summary>The keyword arguments as a dictionary.</summary>
    internal DictValue NamedAsDict()
    {
        var dict = new DictValue();
        for (var i = 0; i < Names.Length; i++)
            dict.Set(Value.From(Names[i]), Named[i]);
        return dict;
    }

    /// <summary>The same without the first positional argument.</summary>
    public Arguments WithoutFirst() => new(Positional[1..], Names, Named);

    /// <summary>A copy that may outlive the call.</summary>
    public KeptArguments Keep() => new(Positional.ToArray(), Names.ToArray(), Named.ToArray());
}

/// <summary>Arguments copied to the heap.</summary>
/// <param name="Positional">Arguments by position.</param>
/// <param name="Names">Names of the keyword arguments.</param>
/// <param name="Named">Values of the keyword arguments.</param>
public sealed record KeptArguments(Value[] Positional, string[] Names, Value[] Named)
{
    /// <summary>The same arguments for a call.</summary>
    public Arguments ToArguments() => new(Positional, Names, Named);
}

/// <summary>A function, filter or test that a template can call.</summary>
public delegate Value JinjaFunction(EvalContext context, Arguments arguments);
