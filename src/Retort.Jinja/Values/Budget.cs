namespace Retort.Jinja.Values;

/// <summary>What one render may still use up.</summary>
internal sealed class Budget(long fuel, long output, CancellationToken cancellation)
{
    // So many characters or items are worth one step, and so many values inside others, each of which is gone to and asked.
    private const int Grain = 1000;
    private const int WalkGrain = 100;

    // How much is written before it is paid for.
    private const int Portion = 10_000;

    // Reaches what has no context, such as a comparison deep inside two lists.
    private static readonly AsyncLocal<Budget?> Running = new();

    // Where nothing is limited, nothing is looked up.
    private static int _entered;

    private long _fuel = fuel;
    private int _walked;

    public long MaxOutput { get; } = output;

    /// <summary>How much of the output a stream has given away.</summary>
    public long Given { get; set; }

    /// <summary>Ends the render when whoever asked for it does not want it any more.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Takes steps. Throws a <see cref="TemplateRuntimeError"/> when none is left, an <see cref="OperationCanceledException"/> when the render is cancelled.</summary>
    public void Spend(long steps = 1)
    {
        Cancellation.ThrowIfCancellationRequested();
        if ((_fuel -= steps) < 0)
            throw new TemplateRuntimeError("the template took more steps than its fuel allows; raise JinjaEnvironment.Fuel or simplify its loops");
    }

    /// <summary>The one that is charged here.</summary>
    public static Budget? Current => Volatile.Read(ref _entered) > 0 ? Running.Value : null;

    /// <summary>Makes a budget the one that is charged until the result is disposed of, in this flow of control alone. A render without one charges that which it runs in.</summary>
    public static Scope Enter(Budget? budget)
    {
        if (budget is null)
            return default;
        Interlocked.Increment(ref _entered);
        var scope = new Scope(Running.Value);
        Running.Value = budget;
        return scope;
    }

    /// <summary>Gives the budget before its place back.</summary>
    public readonly struct Scope(Budget? before) : IDisposable
    {
        private readonly bool _isEntered = true;

        public void Dispose()
        {
            if (!_isEntered)
                return;
            Running.Value = before;
            Interlocked.Decrement(ref _entered);
        }
    }

    /// <summary>Charges the running render for text or a collection that it made or went through, if that is large.</summary>
    public static void Charge(long size)
    {
        if (size >= Grain)
            Current?.Spend(size / Grain);
    }

    /// <summary>The same for a text that grows, a portion at a time; <paramref name="charged"/> is how much of it has been paid for.</summary>
    public static void Charge(int length, ref int charged)
    {
        if (length - charged < Portion)
            return;
        Charge(length - charged);
        charged = length;
    }

    /// <summary>The same for a value that an operation reads.</summary>
    public static void Charge(in Value read)
    {
        if (read.IsText)
            Charge(read.AsText!.Length);
        else if (read.Kind is ValueKind.List or ValueKind.Tuple)
            Charge(Sequences.Count(read));
        else if (read.Kind is ValueKind.Dict)
            Charge(Mappings.Count(read));
    }

    /// <summary>Charges for one value inside others, or one that a filter gives: two lists of lists of lists hold far more values than were ever made, and a slice of nothing is a thousand lists.</summary>
    public static void Walk()
    {
        if (Current is not { } budget || ++budget._walked < WalkGrain)
            return;
        budget._walked = 0;
        budget.Spend();
    }
}
