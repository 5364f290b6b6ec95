using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>What a loop does for each item.</summary>
/// <param name="Target">Where the item is stored.</param>
/// <param name="Body">What is run.</param>
/// <param name="Fresh">Variables that each round starts without.</param>
/// <param name="Forgotten">Variables that are gone after the loop, where a macro defined in it could still see them.</param>
/// <param name="Else">What is run if no round was.</param>
/// <param name="LoopSlot">The slot of <c>loop</c>; -1 if nothing reads it.</param>
/// <param name="LooksAround">Whether <c>loop</c> may be asked for more than its index.</param>
/// <param name="Filter">Which items count.</param>
/// <param name="MayBreak">Whether break or continue may occur.</param>
/// <param name="At">Where the loop stands.</param>
internal sealed record LoopBody(
    Assignable Target, Executable Body, int[] Fresh, int[] Forgotten, Executable? Else, int LoopSlot, bool LooksAround, LoopFilter? Filter, bool MayBreak, SourcePosition At)
{
    /// <summary>The recursive loop it is the body of; null for any other.</summary>
    public RecursiveLoop? Recursion { get; set; }

    /// <summary>Runs the loop over the items of a source.</summary>
    public void Run(Frame frame, in Value source, ValueIterator items, Output output)
    {
        using var closing = items as IDisposable;
        if (Filter is not null)
            items = new FilteredIterator(items, Filter, frame);
        var loop = LoopSlot < 0 ? null : NewLoop(frame, source, items);
        var isPlain = Fresh.Length == 0 && Forgotten.Length == 0 && !MayBreak && frame.Context.State.Budget is null;
        var completed = isPlain && Target is LocalSlot target ? RunPlain(frame, target.Slot, items, loop, output) : RunRounds(frame, items, loop, output);
        frame.Clear(Forgotten);
        if (!completed)
            Else?.Render(frame, output);
    }

    // A loop whose rounds need nothing else done before or after them.
    private bool RunPlain(Frame frame, int slot, ValueIterator items, LoopValue? loop, Output output)
    {
        ref var item = ref frame.Slots[slot];
        var completed = false;
        while (MoveNext(frame, items, loop, out item))
        {
            Body.Render(frame, output);
            frame.At = At;
            completed = true;
        }
        return completed;
    }

    private bool RunRounds(Frame frame, ValueIterator items, LoopValue? loop, Output output)
    {
        var (goes, completed) = (true, false);
        while (goes && MoveNext(frame, items, loop, out var item))
        {
            Begin(frame, item);
            Body.Render(frame, output);
            goes = End(frame, ref completed);
        }
        return completed;
    }

    private bool MoveNext(Frame frame, ValueIterator items, LoopValue? loop, out Value item)
    {
        if (loop is null)
            return items.MoveNext(out item);
        frame.Slots[LoopSlot] = Value.From(loop);
        return loop.MoveNext(out item);
    }

    public async ValueTask RunAsync(Frame frame, Value source, Output output)
    {
        var completed = false;
        await foreach (var item in ItemsAsync(frame, source).WithCancellation(frame.Context.Cancellation).ConfigureAwait(false))
        {
            Begin(frame, item);
            await Body.RenderAsync(frame, output).ConfigureAwait(false);
            var goes = End(frame, ref completed);
            if (output.Flush is { } flush && output.Captures == 0)
                await flush(output).ConfigureAwait(false);
            if (!goes)
                break;
        }
        frame.Clear(Forgotten);
        if (!completed && Else is { } otherwise)
            await otherwise.RenderAsync(frame, output).ConfigureAwait(false);
    }

    private IAsyncEnumerable<Value> ItemsAsync(Frame frame, Value source)
    {
        // To an asynchronous loop an undefined is empty, even if it is strict.
        if (frame.Context.IsAsync && source.IsUndefined)
            source = Value.From(new ListValue([]));
        var awaited = frame.Context.IsAsync && Iteration.TryGetAsync(source, out var stream) ? stream : null;
        if (Filter is not null)
            awaited = Filter.Accepted(frame, awaited ?? InTurn(frame, Iteration.Start(source)));
        if (awaited is not null)
            return LoopSlot < 0 ? awaited : InTurn(frame, source, awaited);
        var items = Iteration.Start(source);
        return InTurn(frame, items, LoopSlot < 0 ? null : NewLoop(frame, source, items));
    }

    private async IAsyncEnumerable<Value> InTurn(Frame frame, Value source, IAsyncEnumerable<Value> awaited)
    {
        var items = new AwaitedIterator(awaited.GetAsyncEnumerator(frame.Context.Cancellation));
        await using var closing = items.ConfigureAwait(false);
        var loop = NewLoop(frame, source, items);
        while (await loop.FetchAsync().ConfigureAwait(false) && MoveNext(frame, items, loop, out var item))
            yield return item;
    }

    // Nothing here awaits; it is the shape the loop wants.
    private async IAsyncEnumerable<Value> InTurn(Frame frame, ValueIterator items, LoopValue? loop = null)
    {
        using var closing = items as IDisposable;
        await ValueTask.CompletedTask.ConfigureAwait(false);
        while (MoveNext(frame, items, loop, out var item))
            yield return item;
    }

    private LoopValue NewLoop(Frame frame, in Value source, ValueIterator items) =>
        new(source, items, Filter is not null, frame.Context, Recursion?.Depth(frame) ?? 0)
        {
            Recursion = Recursion,
            RecursionFrame = Recursion is null ? null : frame.Outer,
            LooksAround = LooksAround,
        };

    private void Begin(Frame frame, in Value item)
    {
        frame.Context.State.Budget?.Spend();
        frame.Clear(Fresh);
        Target.Store(frame, item);
    }

    // A round that was cut short does not count for else, as in Jinja.
    private bool End(Frame frame, ref bool completed)
    {
        frame.At = At;
        completed |= frame.Signal == Signal.None;
        var goes = frame.Signal != Signal.Break;
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

    public async IAsyncEnumerable<Value> Accepted(Frame frame, IAsyncEnumerable<Value> items)
    {
        await foreach (var item in items.WithCancellation(frame.Context.Cancellation).ConfigureAwait(false))
        {
            var before = frame.At;
            frame.At = At;
            Target.Store(frame, item);
            var accepted = Operators.IsTrue(await Test.EvaluateAsync(frame).ConfigureAwait(false));
            frame.At = before;
            if (accepted)
                yield return item;
        }
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

    public override void Render(Frame frame, Output output)
    {
        frame.At = body.At;
        Run(frame, source.Evaluate(frame), output);
    }

    private void Run(Frame frame, in Value items, Output output)
    {
        // One that the template can see is not.
        var reuse = body.LoopSlot < 0 ? Interlocked.Exchange(ref _spare, null) : null;
        body.Run(frame, items, Iteration.Start(items, ref reuse), output);
        if (body.LoopSlot >= 0)
            return;
        reuse?.Release();
        _spare = reuse;
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = body.At;
        await body.RunAsync(frame, await source.EvaluateAsync(frame).ConfigureAwait(false), output).ConfigureAwait(false);
    }
}

/// <summary>The first run of a recursive loop.</summary>
internal sealed class RecursiveLooping(Evaluable source, RecursiveLoop loop, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        var mark = output.Natives is null ? -1 : output.BeginCapture();
        loop.Unit.Run(loop.NewFrame(frame, source.Evaluate(frame), 0), output);
        AddResult(frame, output, mark);
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        var mark = output.Natives is null ? -1 : output.BeginCapture();
        await loop.Unit.RunAsync(loop.NewFrame(frame, await source.EvaluateAsync(frame).ConfigureAwait(false), 0), output).ConfigureAwait(false);
        AddResult(frame, output, mark);
    }

    // In a native environment the whole loop is one value, as the function is that Jinja makes of it.
    private void AddResult(Frame frame, Output output, int mark)
    {
        if (mark < 0)
            return;
        var value = output.EndCapture(mark);
        output.Natives!.Add(loop.IsSafe(frame.Context) ? Renderable.MarkSafe(value) : value);
    }
}
