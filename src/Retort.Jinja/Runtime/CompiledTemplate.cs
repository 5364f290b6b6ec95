namespace Retort.Jinja.Runtime;

/// <summary>A template ready to run: its root, its blocks, and what of it other templates may ask.</summary>
internal sealed class CompiledTemplate(Engine engine, SourceText source, GlobalsTable? globals)
{
    private TemplateModule? _module;
    private TemplateModule? _awaitingModule;

    public Engine Engine { get; } = engine;

    public SourceText Source { get; } = source;

    public string? Name => Source.Name;

    /// <summary>Asks whether the source it was loaded from is still the same; null if that cannot be told.</summary>
    public Func<bool>? CheckSource { get; set; }

    public bool IsUpToDate => CheckSource is null || CheckSource();

    /// <summary>Variables given to the template when it was loaded, over those of the environment.</summary>
    public GlobalsTable? Globals { get; set; } = globals;

    public Unit Root { get; set; } = null!;

    public BlockTable Blocks { get; set; } = null!;

    /// <summary>Whether printed text is escaped where the template does not say otherwise.</summary>
    public bool Autoescape { get; init; }

    public TemplatePosition Describe(SourcePosition at) => Source.Describe(at);

    /// <summary>A line as the messages of undefined values name it.</summary>
    public string Place(SourcePosition at) => Name is null ? $"line {at.Line}" : $"line {at.Line} in '{Name}'";

    public RenderContext NewContext(VariableSource? data, RenderState state) => new(this, new GlobalsSource(data, Globals, Engine.Globals), state);

    /// <summary>The module for imports without context; made once, unless the importing template has globals that this one lacks.</summary>
    public TemplateModule DefaultModule(RenderContext importer) => ContextOver(importer) is { } context ? MakeModule(context) : SharedModule(importer.State);

    public ValueTask<TemplateModule> DefaultModuleAsync(RenderContext importer) =>
        ContextOver(importer) is { } context ? MakeModuleAsync(context) : SharedModuleAsync(importer.State);

    public TemplateModule SharedModule(RenderState? importer = null) =>
        Shared(importer) ?? Share(MakeModule(NewContext(null, RenderState.OfModule(importer))), ref Shared(importer));

    public async ValueTask<TemplateModule> SharedModuleAsync(RenderState importer)
    {
        if (Shared(importer) is { } made)
            return made;
        made = await MakeModuleAsync(NewContext(null, RenderState.OfModule(importer))).ConfigureAwait(false);
        return Share(made, ref Shared(importer));
    }

    // Whether a macro awaits is known when its module is made.
    private ref TemplateModule? Shared(RenderState? importer) => ref importer is { IsAsync: true } ? ref _awaitingModule : ref _module;

    // The first that is made is everybody's.
    private static TemplateModule Share(TemplateModule made, ref TemplateModule? shared) => Interlocked.CompareExchange(ref shared, made, null) ?? made;

    private RenderContext? ContextOver(RenderContext importer) => importer.Template.Globals is { IsEmpty: false } theirs && !theirs.IsSubsetOf(Globals)
        ? new RenderContext(this, GlobalsSource.Over(theirs, Globals, Engine.Globals), RenderState.OfModule(importer.State))
        : null;

    public TemplateModule MakeModule(RenderContext context)
    {
        using var output = context.NewOutput();
        Root.Run(context, output, "imported from");
        return new TemplateModule(this, context, output);
    }

    public async ValueTask<TemplateModule> MakeModuleAsync(RenderContext context)
    {
        using var output = context.NewOutput();
        await Root.RunAsync(context, output, "imported from").ConfigureAwait(false);
        return new TemplateModule(this, context, output);
    }
}
