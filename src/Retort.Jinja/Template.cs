using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja;

/// <summary>
/// A compiled template. Data is a dictionary, an anonymous object or a record, whose members are the variables; variables that are to be looked up only
/// when asked for come as <see cref="ITemplateVariables"/> under the data. Safe to render from many threads at once.
/// </summary>
public sealed class Template : ITemplate
{
    private readonly CompiledTemplate _compiled;

    internal Template(JinjaEnvironment environment, CompiledTemplate compiled)
    {
        Environment = environment;
        _compiled = compiled;
    }

    /// <summary>The environment it was made by.</summary>
    public JinjaEnvironment Environment { get; }

    /// <summary>The name given to the loader; null for a template made from a string.</summary>
    public string? Name => _compiled.Name;

    /// <summary>The file it was read from; null if there is none.</summary>
    public string? FileName => _compiled.Source.FileName;

    /// <summary>Whether its source has not changed since it was loaded.</summary>
    public bool IsUpToDate => _compiled.IsUpToDate;

    /// <summary>Names of its own blocks.</summary>
    public IEnumerable<string> Blocks => _compiled.Blocks.Names;

    /// <summary>What an import of it gives: its exported macros and variables, and its text. Made once.</summary>
    public TemplateModule Module
    {
        get
        {
            using var budget = Budget.Enter(_compiled.Engine.NewBudget());
            return _compiled.SharedModule();
        }
    }

    internal CompiledTemplate Compiled => _compiled;

    CompiledTemplate ITemplate.Compiled => _compiled;

    /// <summary>What an import of it gives, with data.</summary>
    public TemplateModule MakeModule(object? model, ITemplateVariables? variables = null)
    {
        using var budget = Budget.Enter(_compiled.Engine.NewBudget());
        return _compiled.MakeModule(_compiled.NewContext(ModelSource.Of(model, variables), RenderState.OfModule(null)));
    }

    /// <summary>The same, awaiting tasks and asynchronous sequences that the template meets at its top level.</summary>
    public async Task<TemplateModule> MakeModuleAsync(object? model = null, ITemplateVariables? variables = null, CancellationToken cancellation = default)
    {
        var state = new RenderState(isAsync: true, _compiled.Engine.NewBudget(cancellation) ?? Budget.Current);
        using var budget = Budget.Enter(state.Budget);
        AwaitingLevels.Begin();
        return await _compiled.MakeModuleAsync(_compiled.NewContext(ModelSource.Of(model, variables), RenderState.OfModule(state))).ConfigureAwait(false);
    }

    /// <summary>Renders to text. <paramref name="cancellation"/> is looked at where <see cref="JinjaEnvironment.Fuel"/> is spent: an endless loop ends with an <see cref="OperationCanceledException"/>.</summary>
    public string Render(object? model = null, ITemplateVariables? variables = null, CancellationToken cancellation = default)
    {
        using var output = Run(model, variables, cancellation);
        return TextOf(output);
    }

    /// <summary>Renders as UTF-8, which is handed over in one piece when all of it is there: an error leaves the target untouched.</summary>
    public void Render(IBufferWriter<byte> target, object? model = null, ITemplateVariables? variables = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var output = Run(model, variables, cancellation);
        target.Write(output.Written);
    }

    /// <summary>Renders in a <see cref="NativeEnvironment"/>: to the value of what is printed, in any other to text.</summary>
    public object? RenderNative(object? model = null, ITemplateVariables? variables = null, CancellationToken cancellation = default) =>
        RenderValue(model, variables, cancellation).ToObject();

    /// <summary>The same, awaiting tasks and asynchronous sequences that the template meets.</summary>
    public async Task<object?> RenderNativeAsync(object? model = null, ITemplateVariables? variables = null, CancellationToken cancellation = default)
    {
        var context = NewContext(model, variables, isAsync: true, cancellation);
        using var output = context.NewOutput();
        await RunAsync(output, context).ConfigureAwait(false);
        return ValueOf(output).ToObject();
    }

    internal Value RenderValue(object? model, ITemplateVariables? variables, CancellationToken cancellation = default)
    {
        using var output = Run(model, variables, cancellation);
        return ValueOf(output);
    }

    /// <summary>Renders one of its blocks, or of its parents' blocks if <paramref name="name"/> is none of its own, to text.</summary>
    public string RenderBlock(string name, object? model = null, ITemplateVariables? variables = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        var context = NewContext(model, variables, isAsync: false, cancellation);
        var stack = context.Blocks.Find(name);
        if (stack.Length == 0)
        {
            throw new ArgumentException(
                $"The template {(Name is null ? "" : $"'{Name}' ")}has no block '{name}'. {NearestName.Advice(name, Blocks) ?? $"It has: {string.Join(", ", Blocks)}."}", nameof(name));
        }
        using var output = context.NewOutput();
        var mark = output.BeginCapture();
        using var budget = Budget.Enter(context.State.Budget);
        stack[0].Run(context, output);
        return Text.Str(output.EndCapture(mark));
    }

    /// <summary>
    /// Renders to text, awaiting tasks and asynchronous sequences that the template meets. Gives the same text as <see cref="Render(object?, ITemplateVariables?, CancellationToken)"/>.
    /// <paramref name="cancellation"/> also ends the wait for a task, and is handed to asynchronous sequences.
    /// </summary>
    public async Task<string> RenderAsync(object? model = null, ITemplateVariables? variables = null, CancellationToken cancellation = default)
    {
        var context = NewContext(model, variables, isAsync: true, cancellation);
        using var output = context.NewOutput();
        await RunAsync(output, context).ConfigureAwait(false);
        return TextOf(output);
    }

    /// <summary>The same as UTF-8.</summary>
    public async Task RenderAsync(IBufferWriter<byte> target, object? model = null, ITemplateVariables? variables = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var context = NewContext(model, variables, isAsync: true, cancellation);
        using var output = context.NewOutput();
        await RunAsync(output, context).ConfigureAwait(false);
        target.Write(output.Written);
    }

    /// <summary>Renders piece by piece as the caller asks for more. Tasks are not awaited. Who stops reading ends the render.</summary>
    public IEnumerable<string> Generate(object? model = null, ITemplateVariables? variables = null, CancellationToken cancellation = default)
    {
        var pump = new RenderPump();
        var context = NewContext(model, variables, isAsync: false, cancellation);
        using var output = new Output(native: false, context.State.Budget) { Flush = pump.Wait };
        var run = RunAsync(output, context).AsTask();
        try
        {
            while (!run.IsCompleted)
            {
                if (output.Length > 0)
                    yield return Take(output);
                pump.Resume();
            }
        }
        finally
        {
            if (!run.IsCompleted)
                pump.Stop();
        }
        run.GetAwaiter().GetResult();
        if (output.Length > 0)
            yield return Take(output);
    }

    /// <summary>Renders piece by piece, awaiting what the template meets. Who stops reading ends the render.</summary>
    public async IAsyncEnumerable<string> GenerateAsync(
        object? model = null, ITemplateVariables? variables = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // The render and its reader run in turn, so that the output is nobody else's while a piece is taken, or when the reader leaves.
        using var left = new CancellationTokenSource();
        using var wanted = new SemaphoreSlim(0);
        using var ready = new SemaphoreSlim(0);
        var context = NewContext(model, variables, isAsync: true, cancellation);
        using var output = new Output(native: false, context.State.Budget) { Flush = GiveAsync };
        var ended = false;
        var run = RunToEndAsync();
        try
        {
            for (var goes = true; goes; wanted.Release())
            {
                await ready.WaitAsync(CancellationToken.None).ConfigureAwait(false);
                goes = !ended;
                if (!goes)
                    await run.ConfigureAwait(false);
                if (output.Length > 0)
                    yield return Take(output);
            }
        }
        finally
        {
            await left.CancelAsync().ConfigureAwait(false);
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async ValueTask GiveAsync(Output printed)
        {
            cancellation.ThrowIfCancellationRequested();
            if (printed.Length == 0)
                return;
            ready.Release();
            await wanted.WaitAsync(left.Token).ConfigureAwait(false);
        }

        async Task RunToEndAsync()
        {
            try
            {
                await RunAsync(output, context).ConfigureAwait(false);
            }
            finally
            {
                ended = true;
                ready.Release();
            }
        }
    }

    internal void AddGlobals(IEnumerable<KeyValuePair<string, object?>> globals)
    {
        if (_compiled.Globals is { } table)
            table.Update(globals);
        else
            _compiled.Globals = new GlobalsTable(globals);
    }

    /// <inheritdoc/>
    public override string ToString() => Name is null ? "<Template from a string>" : $"<Template '{Name}'>";

    private static Value ValueOf(Output output) => output.Natives is { } natives ? NativeText.Join(CollectionsMarshal.AsSpan(natives)) : Value.From(output.Text());

    private static string TextOf(Output output) => Text.Str(ValueOf(output));

    private static string Take(Output output)
    {
        var piece = Encoding.UTF8.GetString(output.Written);
        output.Reset();
        return piece;
    }

    // A render that a function of another render starts costs that one's budget, unless it has its own.
    private RenderContext NewContext(object? model, ITemplateVariables? variables, bool isAsync, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _compiled.NewContext(ModelSource.Of(model, variables), new RenderState(isAsync, _compiled.Engine.NewBudget(cancellation) ?? Budget.Current));
    }

    private Output Run(object? model, ITemplateVariables? variables, CancellationToken cancellation)
    {
        var context = NewContext(model, variables, isAsync: false, cancellation);
        var output = context.NewOutput();
        using var budget = Budget.Enter(context.State.Budget);
        try
        {
            _compiled.Root.Run(context, output);
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    // Async also so that the budget and the levels are entered for this call alone.
    private async ValueTask RunAsync(Output output, RenderContext context)
    {
        using var budget = Budget.Enter(context.State.Budget);
        AwaitingLevels.Begin();
        await _compiled.Root.RunAsync(context, output).ConfigureAwait(false);
    }
}
