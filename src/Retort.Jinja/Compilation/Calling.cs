using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary><c>callee(arguments)</c>. What it calls sees the variables assigned in the loop or block around it.</summary>
internal sealed class Calling(Evaluable callee, ArgumentList arguments, IReadOnlyList<(string Name, int Slot)> locals) : Evaluable
{
    // A method is called without first being made a value of its own.
    private readonly ReadMember? _member = callee as ReadMember;

    // Of text, these give a part.
    private readonly bool _stripsStart = callee is ReadMember { Site.Name: "strip" or "lstrip" } && arguments.IsEmpty;
    private readonly bool _stripsEnd = callee is ReadMember { Site.Name: "strip" or "rstrip" } && arguments.IsEmpty;

    public override Value Evaluate(Frame frame) => Call(frame, _member?.Site, (_member?.Operand ?? callee).Evaluate(frame));

    public override TextPart EvaluatePart(Frame frame)
    {
        if (!_stripsStart && !_stripsEnd)
            return new(Evaluate(frame));
        var target = _member!.Operand.EvaluatePart(frame);
        return target.IsPlainText && !frame.Context.Access.IsSandbox ? target.Strip(_stripsStart, _stripsEnd) : new(Call(frame, _member.Site, target.ToValue()));
    }

    // Calls a value, or a member of it where there is a site.
    private Value Call(Frame frame, MemberSite? site, in Value target)
    {
        if (!arguments.FitsBuffer)
            return Call(frame, site, target, arguments.Evaluate(frame).ToArguments(), []);
        var buffer = default(ArgumentBuffer);
        return Call(frame, site, target, arguments.Fill(frame, buffer, 0), buffer);
    }

    private Value Call(Frame frame, MemberSite? site, in Value target, Arguments values, Span<Value> room)
    {
        if (locals.Count == 0)
            return CallNow(frame, site, target, values, room);
        var before = frame.Context.Locals;
        frame.Context.Locals = new LocalNames(frame, locals);
        try
        {
            return CallNow(frame, site, target, values, room);
        }
        finally
        {
            frame.Context.Locals = before;
        }
    }

    private static Value CallNow(Frame frame, MemberSite? site, in Value target, Arguments values, Span<Value> room) =>
        site is null ? Calls.Call(frame.Context, target, values) : site.Call(frame.Context, target, values, room);

    /// <summary>Prints the result; macros and blocks print theirs without making a string.</summary>
    public override void Print(Frame frame, Output output, bool escape)
    {
        if (_stripsStart || _stripsEnd)
        {
            output.Write(EvaluatePart(frame), escape);
            return;
        }
        var (site, target) = (_member?.Site, (_member?.Operand ?? callee).Evaluate(frame));
        // A macro or block that is a member.
        if (site is not null && target.Kind == ValueKind.Template && target.Reference is TemplateModule or TemplateReference)
            (target, site) = (site.Get(frame.Context, target), null);
        if (site is not null || !TryPrint(frame, output, target, escape))
            output.Write(Call(frame, site, target), escape);
    }

    /// <summary>Prints the result as it is, which must be text: what a call block does.</summary>
    public void PrintResult(Frame frame, Output output)
    {
        var target = callee.Evaluate(frame);
        if (!TryPrint(frame, output, target, escape: false))
            output.WriteResult(Call(frame, null, target));
    }

    // Of what prints its result itself: its text as it is, where that is what is asked for.
    private bool TryPrint(Frame frame, Output output, in Value target, bool escape)
    {
        if (target.Kind != ValueKind.Template || target.Reference is not Renderable renderable || (escape && !renderable.IsSafeFor(frame.Context)))
            return false;
        var access = frame.Context.Access;
        if (access.IsSandbox && !access.AllowsCall(target))
            throw new SecurityError($"{renderable.Repr()} is not safely callable");
        if (renderable is MacroValue macro && arguments.TryFill(frame, macro) is { } inner)
            macro.Definition.Unit.Run(inner, output, frame);
        else if (arguments.FitsBuffer)
            PrintBuffered(frame, output, renderable);
        else
            renderable.Render(arguments.Evaluate(frame).ToArguments(), output);
        return true;
    }

    private void PrintBuffered(Frame frame, Output output, Renderable renderable)
    {
        var buffer = default(ArgumentBuffer);
        renderable.Render(arguments.Fill(frame, buffer, 0), output);
    }

    public override async ValueTask<Value> EvaluateAsync(Frame frame)
    {
        var target = await callee.EvaluateAsync(frame).ConfigureAwait(false);
        var values = await arguments.EvaluateAsync(frame).ConfigureAwait(false);
        if (target.Kind == ValueKind.Template && target.Reference is Renderable renderable && frame.Context.Access.AllowsCall(target))
            return await renderable.CallAsync(frame.Context, values).ConfigureAwait(false);
        return await Awaited.Of(frame, Call(frame, null, target, values.ToArguments(), [])).ConfigureAwait(false);
    }
}

/// <summary>A filter or test by its name, found again when the environment's table changes.</summary>
/// <param name="kind">Whether it is a filter or a test.</param>
/// <param name="name">Its name.</param>
/// <param name="table">Where it is found.</param>
/// <param name="isPure">Whether its result for constants is constant.</param>
internal sealed class NamedFunction(string kind, string name, FunctionTable table, bool isPure)
{
    public bool IsPure => isPure;

    private sealed record Found(JinjaFunction Function, SignedFunction? Signed, int Version);

    private Found? _found;

    public JinjaFunction Get() => Get(out _);

    /// <summary>The same, and the function of the engine's own that it is, if it is one.</summary>
    public JinjaFunction Get(out SignedFunction? signed)
    {
        var found = _found;
        if (found is null || found.Version != table.Version)
        {
            var exists = table.TryGet(name, out var function);
            _found = found = new Found(function ?? Fail, exists ? SignedFunction.Of(function!) : null, table.Version);
        }
        signed = found.Signed;
        return found.Function;
    }

    // Called like any other, so after what it is applied to has been computed, which may fail first.
    private Value Fail(EvalContext context, Arguments arguments) =>
        throw new TemplateRuntimeError($"No {kind} named '{name}' found.") { Advice = NearestName.Advice(name, table.Names) };
}

/// <summary><c>operand|filter(arguments)</c> or <c>operand is test(arguments)</c>.</summary>
internal sealed class Applying(NamedFunction function, Evaluable operand, ArgumentList arguments, JinjaFunction? trim = null) : Evaluable
{
    public override bool IsConstant { get; } = function.IsPure && operand.IsConstant && arguments.IsConstant;

    public override Value Evaluate(Frame frame)
    {
        var body = function.Get(out var signed);
        if (arguments.IsEmpty && (signed is null || signed.Count == 1))
        {
            var value = operand.Evaluate(frame);
            return body(frame.Context, new Arguments(new ReadOnlySpan<Value>(in value)));
        }
        return arguments.FitsBuffer ? ApplyBuffered(frame, body, signed) : body(frame.Context, arguments.Evaluate(frame, operand.Evaluate(frame)).ToArguments());
    }

    public override void Print(Frame frame, Output output, bool escape)
    {
        if (trim is null)
            output.Write(Evaluate(frame), escape);
        else
            output.Write(EvaluatePart(frame), escape);
    }

    // Of text, the trim filter gives a part, if it is still the one this was compiled with.
    public override TextPart EvaluatePart(Frame frame)
    {
        if (trim is null || function.Get() is var body && !ReferenceEquals(body, trim))
            return new(Evaluate(frame));
        var text = operand.EvaluatePart(frame);
        if (text.IsPlainText)
            return text.Strip(start: true, end: true);
        var value = text.ToValue();
        return new(body(frame.Context, new Arguments(new ReadOnlySpan<Value>(in value))));
    }

    private Value ApplyBuffered(Frame frame, JinjaFunction body, SignedFunction? signed)
    {
        var buffer = default(ArgumentBuffer);
        Span<Value> values = buffer;
        values[0] = operand.Evaluate(frame);
        var given = arguments.Fill(frame, values, 1);
        return signed is null ? body(frame.Context, given) : signed.Call(frame.Context, given, values);
    }

    public override async ValueTask<Value> EvaluateAsync(Frame frame)
    {
        var body = function.Get();
        var value = await operand.EvaluateAsync(frame).ConfigureAwait(false);
        if (frame.Context.IsAsync && Iteration.TryGetAsync(value, out var items))
            value = Value.From(new ListValue(await AsyncSources.ToListAsync(items!, frame.Context.Cancellation).ConfigureAwait(false)));
        var kept = await arguments.EvaluateAsync(frame, value).ConfigureAwait(false);
        return await Awaited.Of(frame, body(frame.Context, kept.ToArguments())).ConfigureAwait(false);
    }
}

/// <summary>What the engine has put into a slot of its own: the text printed in a filter block, the items of a recursive loop.</summary>
internal sealed class ReadSlot(int slot) : Evaluable
{
    public override Value Evaluate(Frame frame) => frame.Slots[slot];
}
