using Retort.Jinja;

namespace Retort;

/// <summary>
/// What every template sees without being given it: the context locals and the variables of context processors. Looked up only when a template reads them.
/// Source: flask.Flask.update_template_context.
/// </summary>
internal sealed class TemplateVariables(Context context) : ITemplateVariables
{
    private Dictionary<string, object?>? _processed;

    public IEnumerable<string> Names => ["config", "g", "request", "session", .. Processed.Keys];

    public bool TryGet(string name, out object? value)
    {
        if (context.Hooks.ContextProcessors.Length > 0 && Processed.TryGetValue(name, out value))
            return true;
        switch (name)
        {
            case "g":
                value = context.G;
                return true;
            case "request" when context.HasRequest:
                value = context.Request;
                return true;
            case "session" when context.HasRequest:
                value = context.Session;
                return true;
            case "config":
                value = context.App.Config;
                return true;
            default:
                value = null;
                return false;
        }
    }

    /// <summary>All that a template sees that is given these values.</summary>
    public Dictionary<string, object?> With(object? values)
    {
        var seen = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in Names)
        {
            if (TryGet(name, out var value))
                seen[name] = value;
        }
        foreach (var (name, value) in ObjectValues.Of(values))
            seen[name] = value;
        return seen;
    }

    /// <summary>The app's processors first, then those of the blueprints inwards; the later one wins.</summary>
    private Dictionary<string, object?> Processed
    {
        get
        {
            if (_processed is not null)
                return _processed;
            _processed = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var processor in context.Hooks.ContextProcessors)
            {
                foreach (var (name, value) in ObjectValues.Of(processor(context)))
                    _processed[name] = value;
            }
            return _processed;
        }
    }
}
