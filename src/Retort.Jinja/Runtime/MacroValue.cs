using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>What is known of a macro or call block once its template is compiled. A slot is -1 where the body does not mention the name.</summary>
/// <param name="Name">Its name; null for a call block.</param>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="ParameterSlots">Their slots.</param>
/// <param name="CallerSlot">The slot of <c>caller</c>.</param>
/// <param name="KwargsSlot">The slot of <c>kwargs</c>.</param>
/// <param name="VarargsSlot">The slot of <c>varargs</c>.</param>
/// <param name="UsesCaller">Whether the body uses <c>caller</c>, as a parameter of its own or not.</param>
/// <param name="Unit">What it does.</param>
internal sealed record MacroDefinition(string? Name, string[] Parameters, int[] ParameterSlots, int CallerSlot, int KwargsSlot, int VarargsSlot, bool UsesCaller, Unit Unit)
{
    /// <summary>
    /// Where the arguments of a call with so many positional ones and with these names go, in their order. Null if the call does not simply fill parameters.
    /// </summary>
    public int[]? SlotsOf(int positional, string[] names)
    {
        if (CallerSlot >= 0 || KwargsSlot >= 0 || VarargsSlot >= 0 || positional > Parameters.Length)
            return null;
        var slots = new int[positional + names.Length];
        Array.Copy(ParameterSlots, slots, positional);
        for (var i = 0; i < names.Length; i++)
        {
            var index = Array.IndexOf(Parameters, names[i], positional);
            if (index < 0)
                return null;
            slots[positional + i] = ParameterSlots[index];
        }
        return slots;
    }

    public bool HasExplicitCaller => Array.IndexOf(Parameters, "caller") >= 0;

    public string Display => Name is null ? "None" : $"'{Name}'";
}

/// <summary>A macro as a value: its definition and the frame it was defined in, whose variables it reads as they are when it runs.</summary>
internal sealed class MacroValue(MacroDefinition definition, Frame closure) : Renderable
{
    public override string TypeName => "jinja2.runtime.Macro";

    public MacroDefinition Definition => definition;

    public override bool IsSafeFor(EvalContext caller) => caller.Autoescape;

    public override string Repr() => definition.Name is { } name ? $"<Macro {Text.Repr(Value.From(name))}>" : "<Macro anonymous>";

    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        switch (name)
        {
            case "name": value = Value.From(definition.Name); return true;
            case "arguments": value = Value.From(new TupleValue([.. definition.Parameters.Select(parameter => Value.From(parameter))])); return true;
            case "catch_kwargs": value = Value.From(definition.KwargsSlot >= 0); return true;
            case "catch_varargs": value = Value.From(definition.VarargsSlot >= 0); return true;
            case "caller": value = Value.From(definition.UsesCaller); return true;
            case "explicit_caller": value = Value.From(definition.HasExplicitCaller); return true;
            default: return base.TryGetMember(context, name, out value);
        }
    }

    /// <summary>A frame for the definition's unit, whose arguments are still to be stored in its slots.</summary>
    public Frame NewFrame(Frame? caller)
    {
        closure.Context.State.Budget?.Spend();
        return definition.Unit.NewFrame(closure.Context, closure, caller);
    }

    protected override (Unit Unit, Frame Frame) Bind(Arguments arguments)
    {
        var frame = NewFrame(null);
        var parameters = definition.Parameters;
        var given = Math.Min(arguments.Positional.Length, parameters.Length);
        for (var i = 0; i < given; i++)
            frame.Slots[definition.ParameterSlots[i]] = arguments.Positional[i];
        var used = arguments.Names.Length == 0 ? [] : BindNamed(frame, arguments, given);
        if (definition.CallerSlot >= 0)
            BindCaller(frame, arguments, used);
        BindRest(frame, arguments, used);
        return (definition.Unit, frame);
    }

    // So many are found as quickly one by one; a dictionary that is spread may hold any number.
    private const int FewNames = 16;

    private bool[] BindNamed(Frame frame, Arguments arguments, int from)
    {
        var used = new bool[arguments.Names.Length];
        var places = used.Length > FewNames ? new Dictionary<string, int>(arguments.Names.ToArray().Index().Select(name => KeyValuePair.Create(name.Item, name.Index)), StringComparer.Ordinal) : null;
        for (var i = from; i < definition.Parameters.Length; i++)
        {
            var index = places is null ? arguments.Names.IndexOf(definition.Parameters[i]) : places.GetValueOrDefault(definition.Parameters[i], -1);
            if (index < 0)
                continue;
            used[index] = true;
            frame.Slots[definition.ParameterSlots[i]] = arguments.Named[index];
        }
        return used;
    }

    private void BindCaller(Frame frame, Arguments arguments, bool[] used)
    {
        var index = arguments.Names.IndexOf("caller");
        if (index >= 0)
            used[index] = true;
        frame.Slots[definition.CallerSlot] = index >= 0 && !arguments.Named[index].IsNone
            ? arguments.Named[index]
            : frame.Context.MakeUndefined(UndefinedOrigin.Because("No caller defined", "caller"));
    }

    private void BindRest(Frame frame, Arguments arguments, bool[] used)
    {
        if (definition.KwargsSlot >= 0)
        {
            var rest = new DictValue();
            for (var i = 0; i < arguments.Names.Length; i++)
            {
                if (!used[i])
                    rest.Set(Value.From(arguments.Names[i]), arguments.Named[i]);
            }
            frame.Slots[definition.KwargsSlot] = Value.From(rest);
        }
        else if (Array.IndexOf(used, false) is >= 0 and var index)
        {
            throw PythonError.Type(arguments.Names.Contains("caller") && !used[arguments.Names.IndexOf("caller")]
                ? $"macro {definition.Display} was invoked with two values for the special caller argument. This is most likely a bug."
                : $"macro {definition.Display} takes no keyword argument '{arguments.Names[index]}'");
        }
        if (definition.VarargsSlot >= 0)
        {
            frame.Slots[definition.VarargsSlot] = Value.From(arguments.Positional.Length > definition.Parameters.Length
                ? new TupleValue(arguments.Positional[definition.Parameters.Length..].ToArray())
                : TupleValue.Empty);
        }
        else if (arguments.Positional.Length > definition.Parameters.Length)
        {
            throw PythonError.Type($"macro {definition.Display} takes not more than {definition.Parameters.Length} argument(s)");
        }
    }
}
