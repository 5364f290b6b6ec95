using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>What a loop does for each item.</summary>
internal sealed class LoopBody
{
    public required Assignable Target { get; init; }

    public required Executable Body { get; init; }

    /// <summary>Variables that each round starts without.</summary>
    public required int[] Fresh { get; init; }

    /// <summary>Variables that are gone after the loop, where a macro defined in it could still see them.</summary>
    public required int[] Forgotten { get; init; }

    public required Executable? Else { get; init; }

    /// <summary>The slot of <c>loop</c>; -1 if nothing reads it.</summary>
    public required int LoopSlot { get; init; }

    /// <summary>Whether <c>loop</c> may be asked for more than its index.</summary>
    public required bool LooksAround { get; init; }

    public required LoopFilter? Filter { get; init; }

    public required SourcePosition At { get; init; }

    /// <summary>Whether break or continue may occur.</summary>
    public required bool MayBreak { get; init; }

    /// <summary>The one variable of a loop whose rounds need nothing else done before or after them, else -1.</summary>
    public int PlainSlot => Fresh.Length == 0 && Forgotten.Length == 0 && !MayBreak && Target is LocalSlot target ? target.Slot : -1;

    /// <summary>Runs one round. False ends the loop.</summary>
    public bool Round(Frame frame, in Value item, Output output, ref bool completed)
    {
        Begin(frame, item);
        Body.Render(frame, output);
        return End(frame, ref completed);
    }

    public async ValueTask<(bool Goes, bool Completed)> RoundAsync(Frame frame, Value item, Output output)
    {
        Begin(frame, item);
        await Body.RenderAsync(frame, output).ConfigureAwait(false);
        var completed = false;
        var goes = End(frame, ref completed);
        if (output.Flush is { } flush && output.Captures == 0)
            await flush(output).ConfigureAwait(false);
        return (goes, completed);
    }

    private void Begin(Frame frame, in Value item)
    {
        frame.Context.State.Budget?.Spend();
        if (Fresh.Length > 0)
            frame.Clear(Fresh);
        Target.Store(frame, item);
    }

    // A round that was cut short does not count for else, as in Jinja.
    private bool End(Frame frame, ref bool completed)
    {
        frame.At = At;
        if (frame.Signal == Signal.None)
        {
            completed = true;
            return true;
        }
        var goes = frame.Signal == Signal.Continue;
        frame.Signal = Signal.None;
        return goes;
    }
}

/// <summary>The condition of <c>for ... if</c>, with variables of its own, because loop may look ahead while the body runs.</summary>
internal sealed record LoopFilter(Assignable Target, Evaluable Test, SourcePosition At)
{
    public bool Accepts(Frame frame, in Value item)
    {
        var before = frame.At;
        frame.At = At;
        Target.Store(frame, item);
        var accepted = Test.IsTrue(frame);
        frame.At = before;
        return accepted;
    }

    public async ValueTask<bool> AcceptsAsync(Frame frame, Value item)
    {
        frame.At = At;
        Target.Store(frame, item);
        return Operators.IsTrue(await Test.EvaluateAsync(frame).ConfigureAwait(false));
    }
}

/// <summary>The items that pass a loop's condition.</summary>
internal sealed class FilteredIterator(ValueIterator items, LoopFilter filter, Frame frame) : ValueIterator
{
    public override bool MoveNext(out Value item)
    {
        while (items.MoveNext(out item))
        {
            if (filter.Accepts(frame, item))
                return true;
        }
        return false;
    }
}

/// <summary>A loop.</summary>
internal sealed class Looping(Evaluable source, LoopBody body) : Executable
{
    // An iterator that the last run has left, to be used again.
    private ValueIterator? _spare;

    private readonly int _plainSlot = body.PlainSlot;

    public override void Render(Frame frame, Output output)
    {
        frame.At = body.At;
        Run(frame, source.Evaluate(frame), output);
    }

    private void Run(Frame frame, in Value items, Output output)
    {
        if (body.LoopSlot >= 0)
        {
            LoopRunner.Run(body, frame, items, 0, null, null, output);
            return;
        }
        var reuse = Interlocked.Exchange(ref _spare, null);
        var iterator = Iteration.Start(items, ref reuse);
        using var closing = iterator as IDisposable;
        if (body.Filter is { } filter)
            iterator = new FilteredIterator(iterator, filter, frame);
        var completed = RunRounds(frame, iterator, output);
        reuse?.Release();
        _spare = reuse;
        frame.Clear(body.Forgotten);
        if (!completed)
            body.Else?.Render(frame, output);
    }

    private bool RunRounds(Frame frame, ValueIterator iterator, Output output)
    {
        var completed = false;
        if (_plainSlot >= 0 && frame.Context.State.Budget is null)
        {
            ref var slot = ref frame.Slots[_plainSlot];
            while (iterator.MoveNext(out slot))
            {
                body.Body.Render(frame, output);
                frame.At = body.At;
                completed = true;
            }
            slot = default;
        }
        else
        {
            while (iterator.MoveNext(out var item) && body.Round(frame, item, output, ref completed))
            {
            }
        }
        return completed;
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = body.At;
        await LoopRunner.RunAsync(body, frame, await source.EvaluateAsync(frame).ConfigureAwait(false), 0, null, null, output).ConfigureAwait(false);
    }
}

/// <summary>Runs a loop that has a <c>loop</c> object, or any loop in a render that awaits.</summary>
internal static class LoopRunner
{
    public static void Run(LoopBody body, Frame frame, in Value items, int depth, RecursiveLoop? recursion, Frame? outer, Output output)
    {
        var iterator = Iteration.Start(items);
        using var closing = iterator as IDisposable;
        if (body.Filter is { } filter)
            iterator = new FilteredIterator(iterator, filter, frame);
        var loop = new LoopValue(items, iterator, body.Filter is not null, frame.Context, depth) { Recursion = recursion, RecursionFrame = outer, LooksAround = body.LooksAround };
        var completed = body.PlainSlot >= 0 && frame.Context.State.Budget is null ? RunPlain(body, frame, loop, output) : RunRounds(body, frame, loop, output);
        frame.Clear(body.Forgotten);
        if (!completed)
            body.Else?.Render(frame, output);
    }

    private static bool RunPlain(LoopBody body, Frame frame, LoopValue loop, Output output)
    {
        var (value, completed) = (Value.From(loop), false);
        ref var item = ref frame.Slots[body.PlainSlot];
        ref var own = ref frame.Slots[body.LoopSlot];
        while (loop.MoveNext(out item))
        {
            own = value;
            body.Body.Render(frame, output);
            frame.At = body.At;
            completed = true;
        }
        return completed;
    }

    private static bool RunRounds(LoopBody body, Frame frame, LoopValue loop, Output output)
    {
        var (value, completed) = (Value.From(loop), false);
        while (loop.MoveNext(out var item))
        {
            frame.Slots[body.LoopSlot] = value;
            if (!body.Round(frame, item, output, ref completed))
                break;
        }
        return completed;
    }

    public static async ValueTask RunAsync(LoopBody body, Frame frame, Value items, int depth, RecursiveLoop? recursion, Frame? outer, Output output)
    {
        // To an asynchronous loop an undefined is empty, even if it is strict.
        if (frame.Context.IsAsync && items.IsUndefined)
            items = Value.From(new ListValue([]));
        var streamed = frame.Context.IsAsync && Iteration.TryGetAsync(items, out var source) ? source : null;
        var completed = body.LoopSlot < 0
            ? await RunPlainAsync(body, frame, streamed ?? InTurn(Iteration.Start(items)), output).ConfigureAwait(false)
            // loop tells its length and looks ahead, so it needs the items of an asynchronous sequence beforehand.
            : await RunLoopAsync(
                body, frame, streamed is null ? items : Value.From(new ListValue(await AsyncSources.ToListAsync(streamed, frame.Context.Cancellation).ConfigureAwait(false))), depth, recursion, outer, output)
                .ConfigureAwait(false);
        frame.Clear(body.Forgotten);
        if (!completed && body.Else is { } otherwise)
            await otherwise.RenderAsync(frame, output).ConfigureAwait(false);
    }

    private static async ValueTask<bool> RunPlainAsync(LoopBody body, Frame frame, IAsyncEnumerable<Value> items, Output output)
    {
        var completed = false;
        await foreach (var item in items.WithCancellation(frame.Context.Cancellation).ConfigureAwait(false))
        {
            if (body.Filter is { } filter && !await filter.AcceptsAsync(frame, item).ConfigureAwait(false))
                continue;
            var (goes, done) = await body.RoundAsync(frame, item, output).ConfigureAwait(false);
            completed |= done;
            if (!goes)
                break;
        }
        return completed;
    }

    // Nothing here awaits; it is the shape the loop wants.
    private static async IAsyncEnumerable<Value> InTurn(ValueIterator items)
    {
        using var closing = items as IDisposable;
        await ValueTask.CompletedTask.ConfigureAwait(false);
        while (items.MoveNext(out var item))
            yield return item;
    }

    private static async ValueTask<bool> RunLoopAsync(LoopBody body, Frame frame, Value items, int depth, RecursiveLoop? recursion, Frame? outer, Output output)
    {
        var iterator = Iteration.Start(items);
        using var closing = iterator as IDisposable;
        if (body.Filter is { } filter)
        {
            // What the condition awaits cannot be awaited from inside an iterator.
            var accepted = new List<Value>();
            while (iterator.MoveNext(out var candidate))
            {
                if (await filter.AcceptsAsync(frame, candidate).ConfigureAwait(false))
                    accepted.Add(candidate);
            }
            iterator = new ListValueIterator(new ListValue(accepted));
            items = Value.From(iterator);
        }
        var loop = new LoopValue(items, iterator, body.Filter is not null, frame.Context, depth) { Recursion = recursion, RecursionFrame = outer, LooksAround = body.LooksAround };
        var completed = false;
        while (loop.MoveNext(out var item))
        {
            frame.Slots[body.LoopSlot] = Value.From(loop);
            var (goes, done) = await body.RoundAsync(frame, item, output).ConfigureAwait(false);
            completed |= done;
            if (!goes)
                break;
        }
        return completed;
    }
}

/// <summary>A loop that <c>loop(items)</c> runs again for inner items, each time with variables of its own.</summary>
internal sealed class RecursiveLooping(CompiledTemplate template, Evaluable source, LoopBody body, int slots, Escaping escaping, SourcePosition at) : Executable
{
    private readonly Recursion _recursion = new(template, body, slots, escaping);

    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        var mark = output.Natives is null ? -1 : output.BeginCapture();
        _recursion.Run(frame, source.Evaluate(frame), 0, output);
        AddResult(frame, output, mark);
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        var mark = output.Natives is null ? -1 : output.BeginCapture();
        await _recursion.RunAsync(frame, await source.EvaluateAsync(frame).ConfigureAwait(false), 0, output).ConfigureAwait(false);
        AddResult(frame, output, mark);
    }

    // In a native environment the whole loop is one value, as the function is that Jinja makes of it.
    private void AddResult(Frame frame, Output output, int mark)
    {
        if (mark < 0)
            return;
        var value = output.EndCapture(mark);
        output.Natives!.Add(_recursion.IsSafe(frame.Context) ? Renderable.MarkSafe(value) : value);
    }

    private sealed class Recursion(CompiledTemplate template, LoopBody body, int slots, Escaping escaping) : RecursiveLoop
    {
        private readonly Unit _unit = new(template, "in the recursive loop run from", body.Body, slots, keepsFrames: true);

        public override bool IsSafe(RenderContext context) => escaping == Escaping.Always || (escaping == Escaping.Volatile && context.Autoescape);

        public override void Run(Frame outer, in Value items, int depth, Output output)
        {
            Depth.EnsureStack();
            var frame = new Frame(outer.Context, slots, outer) { At = body.At };
            try
            {
                LoopRunner.Run(body, frame, items, depth, this, outer, output);
            }
            catch (Exception error) when (_unit.Explain(error, frame))
            {
                throw;
            }
        }

        public override async ValueTask RunAsync(Frame outer, Value items, int depth, Output output)
        {
            outer.Context.State.EnterAwaiting();
            var frame = new Frame(outer.Context, slots, outer) { At = body.At };
            try
            {
                await LoopRunner.RunAsync(body, frame, items, depth, this, outer, output).ConfigureAwait(false);
            }
            catch (Exception error) when (_unit.Explain(error, frame))
            {
                throw;
            }
            finally
            {
                outer.Context.State.LeaveAwaiting();
            }
        }
    }
}
