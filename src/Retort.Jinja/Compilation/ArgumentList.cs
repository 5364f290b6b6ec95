using System.Runtime.CompilerServices;
using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>Room for the values of nearly every call, on the stack.</summary>
[InlineArray(Capacity)]
internal struct ArgumentBuffer
{
    public const int Capacity = 6;

    private Value _first;
}

/// <summary>The arguments of a call, filter or test.</summary>
internal sealed class ArgumentList(Evaluable[] positional, string[] names, Evaluable[] named, Evaluable? star, Evaluable? doubleStar)
{
    public static ArgumentList Empty { get; } = new([], [], [], null, null);

    /// <summary>Whether the number of arguments is known and fits an <see cref="ArgumentBuffer"/> along with one more.</summary>
    public bool FitsBuffer { get; } = star is null && doubleStar is null && positional.Length + named.Length < ArgumentBuffer.Capacity;

    public bool IsConstant { get; } = positional.All(argument => argument.IsConstant) && named.All(argument => argument.IsConstant) && star is null && doubleStar is null;

    // An argument named by a word of Python makes Jinja pass all that are named as one dictionary, over which that after ** goes.
    private readonly bool _replaces = doubleStar is not null && names.Any(PythonNames.IsKeyword);

    public int Count => positional.Length + named.Length;

    /// <summary>Whether nothing is passed.</summary>
    public bool IsEmpty { get; } = positional.Length + named.Length == 0 && star is null && doubleStar is null;

    public ArgumentList With(string name, Evaluable value) => new(positional, [.. names, name], [.. named, value], star, doubleStar);

    /// <summary>Evaluates into the buffer after the first <paramref name="offset"/> values.</summary>
    public Arguments Fill(Frame frame, Span<Value> buffer, int offset)
    {
        var next = offset;
        foreach (var argument in positional)
            buffer[next++] = argument.Evaluate(frame);
        if (names.Length == 0)
            return new Arguments(buffer[..next]);
        var start = next;
        foreach (var argument in named)
            buffer[next++] = argument.Evaluate(frame);
        return new Arguments(buffer[..start], names, buffer[start..next]);
    }

    /// <summary>Evaluates straight into a macro's variables, if that is all the call asks for; else gives null.</summary>
    public Frame? TryFill(Frame frame, MacroValue macro)
    {
        var known = _slots;
        if (known is null || !ReferenceEquals(known.Definition, macro.Definition))
            _slots = known = new MacroSlots(macro.Definition, FitsBuffer ? macro.Definition.SlotsOf(positional.Length, names) : null);
        if (known.Slots is not { } slots)
            return null;
        var inner = macro.NewFrame(frame);
        for (var i = 0; i < positional.Length; i++)
            inner.Slots[slots[i]] = positional[i].Evaluate(frame);
        for (var i = 0; i < named.Length; i++)
            inner.Slots[slots[positional.Length + i]] = named[i].Evaluate(frame);
        return inner;
    }

    // Where the arguments go in the macro that was called last.
    private sealed record MacroSlots(MacroDefinition Definition, int[]? Slots);

    private MacroSlots? _slots;

    /// <summary>Evaluates any arguments, after a first value if there is one.</summary>
    public KeptArguments Evaluate(Frame frame, Value? first = null)
    {
        var values = new ArgumentCollector(first, _replaces);
        foreach (var argument in positional)
            values.Add(argument.Evaluate(frame));
        for (var i = 0; i < names.Length; i++)
            values.Add(names[i], named[i].Evaluate(frame));
        if (star is not null)
            values.AddAll(star.Evaluate(frame));
        if (doubleStar is not null)
            values.AddNamed(frame.Context, doubleStar.Evaluate(frame));
        return values.Done();
    }

    public async ValueTask<KeptArguments> EvaluateAsync(Frame frame, Value? first = null)
    {
        var values = new ArgumentCollector(first, _replaces);
        foreach (var argument in positional)
            values.Add(await argument.EvaluateAsync(frame).ConfigureAwait(false));
        for (var i = 0; i < names.Length; i++)
            values.Add(names[i], await named[i].EvaluateAsync(frame).ConfigureAwait(false));
        if (star is not null)
            values.AddAll(await star.EvaluateAsync(frame).ConfigureAwait(false));
        if (doubleStar is not null)
            values.AddNamed(frame.Context, await doubleStar.EvaluateAsync(frame).ConfigureAwait(false));
        return values.Done();
    }
}

/// <summary>Gathers arguments whose number is not known beforehand.</summary>
/// <param name="first">A value before them, if there is one.</param>
/// <param name="replaces">Whether an argument may be given twice; then the last counts.</param>
internal sealed class ArgumentCollector(Value? first, bool replaces = false)
{
    private readonly List<Value> _positional = first is { } value ? [value] : [];
    private OrderedDictionary<string, Value>? _named;

    public void Add(in Value value) => _positional.Add(value);

    public void Add(string name, in Value value)
    {
        if (!(_named ??= new(StringComparer.Ordinal)).TryAdd(name, value))
            _named[name] = replaces ? value : throw PythonError.Type($"got multiple values for keyword argument '{name}'");
    }

    public void AddAll(in Value items)
    {
        if (!Iteration.IsIterable(items))
            throw PythonError.Type($"Value after * must be an iterable, not {Text.TypeName(items)}");
        _positional.AddRange(Iteration.ToList(items));
    }

    public void AddNamed(EvalContext context, in Value mapping)
    {
        if (mapping.Kind != ValueKind.Dict)
            throw Argument.Wrong(mapping, $"argument after ** must be a mapping, not {Text.TypeName(mapping)}");
        foreach (var key in Iteration.ToList(mapping))
            Add(key.AsText ?? throw PythonError.Type("keywords must be strings"), Members.GetItem(context, mapping, key));
    }

    public KeptArguments Done() => _named is null ? new([.. _positional], [], []) : new([.. _positional], [.. _named.Keys], [.. _named.Values]);
}
