namespace Retort;

/// <summary>One registration of a blueprint: where it goes. Source: flask.blueprints.BlueprintSetupState.</summary>
public sealed class BlueprintSetup
{
    internal BlueprintSetup(App app, string name, string? urlPrefix, string? subdomain, object? urlDefaults, bool firstRegistration)
    {
        UrlDefaults = ObjectValues.Of(urlDefaults);
        App = app;
        Name = name;
        UrlPrefix = urlPrefix;
        Subdomain = subdomain;
        FirstRegistration = firstRegistration;
    }

    /// <summary>The app it joins.</summary>
    public App App { get; }

    /// <summary>The full name before its endpoints, with the names of the blueprints around it.</summary>
    public string Name { get; }

    /// <summary>The path before its rules, with those of the blueprints around it; null for none.</summary>
    public string? UrlPrefix { get; }

    /// <summary>The subdomain of its rules; null for none.</summary>
    public string? Subdomain { get; }

    /// <summary>Values for variables that its rules do not hold.</summary>
    public IReadOnlyDictionary<string, object?> UrlDefaults { get; }

    /// <summary>Whether this blueprint was not registered on this app before, under any name.</summary>
    public bool FirstRegistration { get; }

    /// <summary>Adds a rule to the app, with prefix, subdomain and name of this registration.</summary>
    public void AddUrlRule(string rule, string endpoint, Delegate? view = null, string[]? methods = null, RouteOptions? options = null) =>
        App.AddUrlRule(Joined(UrlPrefix, rule), $"{Name}.{endpoint}", view, methods,
            (options ?? new RouteOptions()) with { Subdomain = options?.Subdomain ?? Subdomain, Defaults = DefaultsWith(options?.Defaults), Blueprint = Name });

    /// <summary>A rule's own defaults win.</summary>
    private object? DefaultsWith(object? own)
    {
        if (UrlDefaults.Count == 0)
            return own;
        var all = new Dictionary<string, object?>(UrlDefaults, StringComparer.Ordinal);
        foreach (var (name, value) in ObjectValues.Of(own))
            all[name] = value;
        return all;
    }

    internal BlueprintSetup Inside(Blueprint child, string? urlPrefix, string? name, string? subdomain, object? urlDefaults)
    {
        var inner = subdomain ?? child.Subdomain;
        return new BlueprintSetup(App, $"{Name}.{name ?? child.Name}", Joined(UrlPrefix, urlPrefix ?? child.UrlPrefix),
            inner is null ? Subdomain : Subdomain is null ? inner : $"{inner}.{Subdomain}", urlDefaults ?? child.UrlDefaultValues, !App.Has(child));
    }

    private static string Joined(string? prefix, string? rule) =>
        string.IsNullOrEmpty(prefix) ? rule ?? "" : string.IsNullOrEmpty(rule) ? prefix : prefix.TrimEnd('/') + "/" + rule.TrimStart('/');
}
