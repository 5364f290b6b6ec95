using Retort.Views;

namespace Retort;

/// <summary>What a rule leads to: the compiled view and the functions around it. It is the rule's target in the URL map.</summary>
internal sealed class Route(string endpoint, string? blueprint, Call? view, string viewName)
{
    public string Endpoint { get; } = endpoint;

    /// <summary>The full name of the blueprint, or null for a view of the app.</summary>
    public string? Blueprint { get; } = blueprint;

    /// <summary>Null for a rule that only builds URLs, redirects, or was never given a view.</summary>
    public Call? View { get; } = view;

    /// <summary>How errors name the view.</summary>
    public string ViewName { get; } = viewName;

    /// <summary>Calls the view. Throws <see cref="ViewError"/> when there is none.</summary>
    public ValueTask<Outcome> Invoke(Context context) =>
        View?.Invoke(context) ?? throw new ViewError($"the endpoint '{Endpoint}' has no view. Give it one with AddUrlRule(rule, \"{Endpoint}\", view).");

    /// <summary>The view as it was given, for the debugger; null for a class and where there is none.</summary>
    public Delegate? Function { get; init; }

    /// <summary>Whether OPTIONS is answered from the map.</summary>
    public bool AutomaticOptions { get; init; }

    /// <summary>The functions around the view, found when the first request comes.</summary>
    public RequestHooks? Hooks { get; set; }
}
