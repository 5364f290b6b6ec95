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
    public TemplateModule Module => _compiled.SharedModule();

    internal CompiledTemplate Compiled => _compiled;

    CompiledTemplate ITemplate.Compiled => _compiled;

    /// <summary>What an import of it gives, with data.</summary>
    public TemplateModule MakeModule(object? model, ITemplateVariables? variables = null) => _compiled.MakeModule(NewContext(model, variables, isAsync: false));

    /// <summary>Renders to text.</summary>
    public string Render(object? model = null, ITemplateVariables? variables = null)
    {
        using var output = Run(model, variables);
        return TextOf(output);
    }

    /// <summary>Renders as UTF-8, which is handed over in one piece when all of it is there: an error leaves the target untouched.</summary>
    public void Render(IBufferWriter<byte> target, object? model = null, ITemplateVariables? variables = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var output = Run(model, variables);
        target.Write(output.Written);
    }

    /// <summary>Renders in a <see cref="NativeEnvironment"/>: to the value of what is printed, in any other to text.</summary>
    public object? RenderNative(object? model = null, ITemplateVariables? variables = null) => RenderValue(model, variables).ToObject();

    internal Value RenderValue(object? model, ITemplateVariables? variables)
    {
        using var output = Run(model, variables);
        return ValueOf(output);
    }

    /// <summary>Renders one of its blocks, or of its parents' blocks if <paramref name="name"/> is none of its own, to text.</summary>
    public string RenderBlock(string name, object? model = null, ITemplateVariables? variables = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var context = NewContext(model, variables, isAsync: false);
        var stack = context.Blocks.Find(name);
        if (stack.Length == 0)
        {
            throw new ArgumentException(
                $"The template {(Name is null ? "" : $"'{Name}' ")}has no block '{name}'. {NearestName.Advice(name, Blocks) ?? $"It has: {string.Join(", ", Blocks)}."}", nameof(name));
        }
        using var output = _compiled.Engine.NewOutput(context.State.Budget);
        var mark = output.BeginCapture();
        using var budget = Budget.Enter(context.State.Budget);
        stack[0].Run(context, output);
        return Text.Str(output.EndCapture(mark));
    }

    /// <summary>Renders to text, awaiting tasks and asynchronous sequences that the template meets. Gives the same text as <see cref="Render(object?, ITemplateVariables?)"/>.</summary>
    public async Task<string> RenderAsync(object? model = null, ITemplateVariables? variables = null)
    {
        using var output = _compiled.Engine.NewOutput(_compiled.Engine.NewBudget());
        await RunAsync(output, NewContext(model, variables, isAsync: true)).ConfigureAwait(false);
        return TextOf(output);
    }

    /// <summary>The same as UTF-8.</summary>
    public async Task RenderAsync(IBufferWriter<byte> target, object? model = null, ITemplateVariables? variables = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var output = _compiled.Engine.NewOutput(_compiled.Engine.NewBudget());
        await RunAsync(output, NewContext(model, variables, isAsync: true)).ConfigureAwait(false);
        target.Write(output.Written);
    }

    /// <summary>Renders piece by piece as the caller asks for more. Tasks are not awaited.</summary>
    public IEnumerable<string> Generate(object? model = null, ITemplateVariables? variables = null)
    {
        var pump = new RenderPump();
        using var output = new Output(native: false, _compiled.Engine.NewBudget()) { Flush = pump.Wait };
        var run = RunAsync(output, NewContext(model, variables, isAsync: false)).AsTask();
        while (!run.IsCompleted)
        {
            if (output.Length > 0)
                yield return Take(output);
            pump.Resume();
        }
        run.GetAwaiter().GetResult();
        if (output.Length > 0)
            yield return Take(output);
    }

    /// <summary>Renders piece by piece, awaiting what the template meets.</summary>
    public async IAsyncEnumerable<string> GenerateAsync(
        object? model = null, ITemplateVariables? variables = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var pieces = System.Threading.Channels.Channel.CreateBounded<string>(1);
        using var output = new Output(native: false, _compiled.Engine.NewBudget())
        {
            Flush = async output =>
            {
                cancellation.ThrowIfCancellationRequested();
                if (output.Length > 0)
                    await pieces.Writer.WriteAsync(Take(output), cancellation).ConfigureAwait(false);
            },
        };
        var run = RunToEndAsync();
        await foreach (var piece in pieces.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            yield return piece;
        await run.ConfigureAwait(false);

        async Task RunToEndAsync()
        {
            try
            {
                await RunAsync(output, NewContext(model, variables, isAsync: true)).ConfigureAwait(false);
                if (output.Length > 0)
                    await pieces.Writer.WriteAsync(Take(output), cancellation).ConfigureAwait(false);
                pieces.Writer.Complete();
            }
            catch (Exception error)
            {
                pieces.Writer.Complete(error);
                throw;
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

    private RenderContext NewContext(object? model, ITemplateVariables? variables, bool isAsync) =>
        _compiled.NewContext(ModelSource.Of(model, variables), new RenderState(isAsync, _compiled.Engine.NewBudget()));

    private Output Run(object? model, ITemplateVariables? variables)
    {
        var context = NewContext(model, variables, isAsync: false);
        var output = _compiled.Engine.NewOutput(context.State.Budget);
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

    // Async also so that the budget is entered for this call alone.
    private async ValueTask RunAsync(Output output, RenderContext context)
    {
        Budget.Enter(context.State.Budget);
        await _compiled.Root.RunAsync(new Frame(context, _compiled.Root.Slots), output).ConfigureAwait(false);
    }
}
