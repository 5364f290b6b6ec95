using Retort.Jinja.Runtime;

namespace Retort.Jinja.Compilation;

/// <summary>
/// A place that names another template. Where the name is constant the template is remembered until the environment's cache changes. Safe to share between threads.
/// </summary>
internal sealed class TemplateSite(CompiledTemplate source, Evaluable name)
{
    private sealed record Found(CompiledTemplate Template, int Version);

    private readonly bool _isConstant = name is Constant { Value.IsText: true };
    private Found? _found;

    public CompiledTemplate Get(Frame frame)
    {
        var engine = frame.Context.Engine;
        if (!_isConstant)
            return engine.GetTemplate(name.Evaluate(frame), source.Name);
        // Read before the template is: what changes meanwhile makes it stale.
        var version = engine.CacheVersion;
        if (_found is { } found && found.Version == version && (!engine.AutoReload || found.Template.IsUpToDate))
            return found.Template;
        var template = engine.GetTemplate(name.Evaluate(frame), source.Name);
        _found = new Found(template, version);
        return template;
    }

    public async ValueTask<CompiledTemplate> GetAsync(Frame frame) => _isConstant
        ? Get(frame)
        : frame.Context.Engine.GetTemplate(await name.EvaluateAsync(frame).ConfigureAwait(false), source.Name);
}
