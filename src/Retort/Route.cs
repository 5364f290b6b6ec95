using System.Reflection;
using Microsoft.AspNetCore.Http;
using Retort.Views;

namespace Retort;

/// <summary>What a rule leads to: the compiled view and the functions around it. It is the rule's target in the URL map.</summary>
internal sealed class Route(string endpoint, string? blueprint, Call? view, string viewName, IReadOnlyList<string>? methods = null)
{
    public string Endpoint { get; } = endpoint;

    /// <summary>The full name of the blueprint, or null for a view of the app.</summary>
    public string? Blueprint { get; } = blueprint;

    /// <summary>Null for a rule that only builds URLs, redirects, or was never given a view.</summary>
    public Call? View { get; private set; } = view;

    /// <summary>How errors name the view.</summary>
    public string ViewName { get; private set; } = viewName;

    public void SetView(Call call, string name) => (View, ViewName) = (call, name);

    /// <summary>Calls the view. Throws <see cref="ViewError"/> when there is none.</summary>
    public ValueTask<Outcome> Invoke(Context context) =>
        View?.Invoke(context) ?? throw new ViewError($"the endpoint '{Endpoint}' has no view. Give it one with AddUrlRule(rule, \"{Endpoint}\", view).");

    /// <summary>The view as it was given, for the debugger; null for a class and where there is none.</summary>
    public Delegate? Function { get; init; }

    /// <summary>The function that answers a method; null when the rule has no view.</summary>
    public Func<string, MethodInfo?> FunctionOf { get; set; } = _ => null;

    /// <summary>Whether each method has a function of its own, as in a <see cref="MethodView"/>.</summary>
    public bool IsByMethod { get; init; }

    /// <summary>What the rule's options add to its endpoint.</summary>
    public IReadOnlyList<object> Metadata { get; init; } = [];

    /// <summary>Everything that is said of the view for ASP.NET Core, on any of its functions.</summary>
    public IEnumerable<object> AllMetadata => Metadata.Concat((methods ?? []).Select(FunctionOf).OfType<MethodInfo>().Distinct().SelectMany(AttributesOf));

    /// <summary>The attributes of a function and of the class it stands in.</summary>
    public static IEnumerable<object> AttributesOf(MethodInfo function) => (function.DeclaringType?.GetCustomAttributes(inherit: true) ?? []).Concat(function.GetCustomAttributes(inherit: true));

    /// <summary>Its ASP.NET Core endpoints by method, once someone has looked at endpoints.</summary>
    public Dictionary<string, Endpoint> Endpoints { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether OPTIONS is answered from the map.</summary>
    public bool AutomaticOptions { get; init; }

    /// <summary>The functions around the view, found when the first request comes.</summary>
    public RequestHooks? Hooks { get; set; }
}
