using Retort.Views;

namespace Retort;

/// <summary>The rarer settings of a URL rule. What is not given is inherited from the app. Source: werkzeug.routing.Rule, Flask.add_url_rule.</summary>
public sealed record RouteOptions
{
    /// <summary>Values for variables that the rule does not hold, as an object's properties or a dictionary: <c>new { page = 1 }</c>.</summary>
    public object? Defaults { get; init; }

    /// <summary>The subdomain the rule belongs to; may hold variables.</summary>
    public string? Subdomain { get; init; }

    /// <summary>The whole host the rule belongs to, when the app matches hosts.</summary>
    public string? Host { get; init; }

    /// <summary>Whether a rule with a final slash redirects the path without it. Default true.</summary>
    public bool? StrictSlashes { get; init; }

    /// <summary>Whether doubled slashes in a path are redirected to single ones. Default true.</summary>
    public bool? MergeSlashes { get; init; }

    /// <summary>Whether the rule only builds URLs and never matches.</summary>
    public bool BuildOnly { get; init; }

    /// <summary>Whether the rule is another way to a view whose main rule it redirects to.</summary>
    public bool Alias { get; init; }

    /// <summary>A rule's target to redirect to instead of calling a view.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>Whether OPTIONS is answered without the view. Default: PROVIDE_AUTOMATIC_OPTIONS, unless the view lists OPTIONS itself.</summary>
    public bool? ProvideAutomaticOptions { get; init; }

    /// <summary>What ASP.NET Core is told of the view besides its attributes: <c>[new EnableRateLimitingAttribute("slow")]</c>.</summary>
    public IReadOnlyList<object> Metadata { get; init; } = [];

    /// <summary>Whether the rule is for WebSocket handshakes alone. <c>app.WebSocket(rule, view)</c> sets it.</summary>
    public bool WebSocket { get; init; }

    /// <summary>The full name of the blueprint the rule belongs to.</summary>
    internal string? Blueprint { get; init; }

    /// <summary>The class that answers, instead of a delegate.</summary>
    internal ViewClass? Class { get; init; }

    /// <summary>Whether the endpoint was not chosen by anyone, because the view is a lambda.</summary>
    internal bool IsUnnamed { get; init; }
}
