using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>
/// A place that names another template, or several if it may. Where the name is constant the template is remembered until the environment's cache changes. Safe to share
/// between threads.
/// </summary>
internal sealed class TemplateSite(CompiledTemplate source, Evaluable name, bool mayBeSeveral = false)
{
    private sealed record Found(CompiledTemplate Template, int Version);

    private readonly bool _isConstant = name is Constant { Value.IsText: true };
    private Found? _found;

    public Evaluable Name => name;

    /// <summary>The template, where the name has this value now.</summary>
    public CompiledTemplate Get(Frame frame, in Value value)
    {
        var engine = frame.Context.Engine;
        if (!_isConstant)
            return mayBeSeveral ? engine.GetOrSelectTemplate(value, source.Name) : engine.GetTemplate(value, source.Name);
        // Read before the template is: what changes meanwhile makes it stale.
        var version = engine.CacheVersion;
        if (_found is { } found && found.Version == version && (!engine.AutoReload || found.Template.IsUpToDate))
            return found.Template;
        var template = engine.GetTemplate(value, source.Name);
        _found = new Found(template, version);
        return template;
    }
}
