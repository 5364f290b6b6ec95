namespace Retort.Routing;

/// <summary>
/// No URL can be built for an endpoint with the values given. The message names what was asked for and what to do:
/// <c>no endpoint 'show_nots' (GET, values: id). Did you mean 'show_note'?</c>
/// </summary>
public sealed class BuildError : Exception
{
    internal BuildError(string endpoint, IReadOnlyList<string> values, string? method, Rule? suggested, string message)
        : base(message)
    {
        Endpoint = endpoint;
        Values = values;
        Method = method;
        Suggested = suggested;
    }

    /// <summary>The endpoint that was asked for.</summary>
    public string Endpoint { get; }

    /// <summary>The names of the values that were given.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The method that was asked for, if any.</summary>
    public string? Method { get; }

    /// <summary>The rule that comes nearest; null if the map has none.</summary>
    public Rule? Suggested { get; }

    internal static BuildError For(string endpoint, ReadOnlySpan<KeyValuePair<string, object?>> values, string? method, IReadOnlyList<BoundRule> rules)
    {
        var names = new List<string>();
        foreach (ref readonly var pair in values)
        {
            if (pair.Value is not null)
                names.Add(pair.Key);
        }
        var nearest = rules.MaxBy(rule => Score(rule, endpoint, names, method));
        var asked = $"{(method is null ? "" : method + ", ")}values: {(names.Count == 0 ? "none" : string.Join(", ", names))}";
        var message = nearest is null || nearest.Rule.Endpoint != endpoint
            ? $"no endpoint '{endpoint}' ({asked}). {(nearest is null ? "The map has no rules: add one." : $"Did you mean '{nearest.Rule.Endpoint}'?")}"
            : $"endpoint '{endpoint}' has no rule for this ({asked}). {Advice(nearest, names, method)}";
        return new BuildError(endpoint, names, method, nearest?.Rule, message);
    }

    private static string Advice(BoundRule rule, List<string> names, string? method)
    {
        if (method is not null && !rule.Rule.Answers(method))
            return $"Use one of its methods: {string.Join(", ", rule.Rule.Methods!)}.";
        var missing = rule.Arguments.Except(names).Except(rule.Rule.Defaults?.Keys ?? []).ToList();
        return missing.Count > 0 ? $"Give a value for {string.Join(", ", missing)}." : $"Give values that fit '{rule.Rule.Text}'.";
    }

    // The endpoint decides; with equal ones, whether the arguments and the method would fit.
    private static double Score(BoundRule rule, string endpoint, List<string> names, string? method) =>
        (0.98 * Similarity.Ratio(rule.Rule.Endpoint ?? "", endpoint))
        + (names.All(rule.HasArgument) ? 0.01 : 0)
        + (method is not null && rule.Rule.Methods?.Contains(method) is true ? 0.01 : 0);
}
