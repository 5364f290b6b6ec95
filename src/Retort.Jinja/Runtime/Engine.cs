using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>What a running template needs of its environment.</summary>
internal sealed class Engine
{
    public Engine() => Access = new LimitedAccess(this);

    public required FunctionTable Filters { get; init; }

    public required FunctionTable Tests { get; init; }

    public required GlobalsTable Globals { get; init; }

    public Policies Policies { get; set; } = new();

    public AccessPolicy Access { get; set; }

    public string NewlineSequence { get; set; } = "\n";

    public Func<UndefinedOrigin, Undefined> MakeUndefined { get; set; } = static origin => new Undefined(origin);

    /// <summary>Applied to every printed value; null for none.</summary>
    public JinjaFunction? Finalize { get; set; }

    /// <summary>Whether templates give values instead of text.</summary>
    public bool IsNative { get; init; }

    /// <summary>Most steps a render may take; null for no limit.</summary>
    public long? Fuel { get; set; }

    /// <summary>Most bytes a render may print; null for no limit.</summary>
    public long? MaxOutput { get; set; }

    /// <summary>Loads a template by its name, as seen from the template with the second name.</summary>
    public required Func<string, string?, CompiledTemplate> Load { get; set; }

    /// <summary>Whether a template that was loaded before is compared with its source each time it is asked for.</summary>
    public bool AutoReload { get; set; } = true;

    /// <summary>Counts up whenever a name may have come to mean another template, so that a place in a template knows when to load again.</summary>
    public int CacheVersion => Volatile.Read(ref _cacheVersion);

    public void ChangeCache() => Interlocked.Increment(ref _cacheVersion);

    private int _cacheVersion;

    /// <summary>One with the same settings and functions for an environment that loads its templates itself.</summary>
    public Engine Copy(Func<string, string?, CompiledTemplate> load)
    {
        var copy = (Engine)MemberwiseClone();
        copy.Load = load;
        copy.Access = new LimitedAccess(copy);
        return copy;
    }

    public Budget? NewBudget(CancellationToken cancellation = default) =>
        Fuel is null && MaxOutput is null && !cancellation.CanBeCanceled ? null : new Budget(Fuel ?? long.MaxValue, MaxOutput ?? long.MaxValue, cancellation);

    /// <summary>The template that an extends, import or include names: by its name, or itself.</summary>
    public CompiledTemplate GetTemplate(in Value name, string? parent)
    {
        if (name.AsText is { } text)
            return Load(text, parent);
        if (name.IsUndefined)
            throw ((Undefined)name.Reference).Error();
        if (!name.IsNone && name.Reference is ITemplate template)
            return template.Compiled;
        // Jinja looks into its cache first.
        Equality.Hash(name);
        throw new TemplateNotFoundError(Text.Str(name));
    }

    /// <summary>The first of several templates that exists.</summary>
    public CompiledTemplate SelectTemplate(in Value names, string? parent)
    {
        if (names.IsUndefined)
            throw ((Undefined)names.Reference).Error();
        if (!Operators.IsTrue(names))
            throw new TemplatesNotFoundError([], "Tried to select from an empty list of templates.");
        var list = Iteration.ToList(names);
        foreach (var name in list)
        {
            try
            {
                return GetTemplate(name, parent);
            }
            catch (Exception error) when (error is TemplateNotFoundError { Position: null } or UndefinedError { Position: null })
            {
                // The next one may exist.
            }
        }
        CheckHasLast(names);
        throw new TemplatesNotFoundError([.. list.Select(name => name.IsUndefined ? ((Undefined)name.Reference).Message : Text.Str(name))]);
    }

    // Jinja's error is named after the last of them, names[-1].
    private static void CheckHasLast(in Value names)
    {
        if (names.Kind == ValueKind.Dict && !Mappings.TryGet(names, Value.From(-1), out _))
            throw PythonError.Key("-1");
        if (names.Kind is ValueKind.Set or ValueKind.Iterator or ValueKind.Template)
            throw PythonError.Type($"'{Text.TypeName(names)}' object is not subscriptable");
    }

    public CompiledTemplate GetOrSelectTemplate(in Value names, string? parent) =>
        names.IsText || names.IsUndefined || (names.Kind == ValueKind.Host && names.Reference is ITemplate) ? GetTemplate(names, parent) : SelectTemplate(names, parent);
}

/// <summary>An object that stands for a template when a template names it.</summary>
internal interface ITemplate
{
    CompiledTemplate Compiled { get; }
}

/// <summary>What all parts of one render share.</summary>
internal sealed class RenderState
{
    private readonly Budget? _budget;
    private readonly bool _isOfModule;

    public RenderState(bool isAsync, Budget? budget)
    {
        IsAsync = isAsync;
        _budget = budget;
    }

    private RenderState(RenderState? importer)
    {
        IsAsync = importer?.IsAsync ?? false;
        _isOfModule = true;
    }

    /// <summary>For a module: its macros outlive the render that made it, and cost the one that calls them.</summary>
    public static RenderState OfModule(RenderState? importer) => new(importer);

    public bool IsAsync { get; }

    public Budget? Budget => _isOfModule ? Budget.Current : _budget;
}
