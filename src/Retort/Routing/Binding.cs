namespace Retort.Routing;

/// <summary>What a map is bound to: the parts of a request, or of the application's configuration, that its URLs consist of. Immutable.</summary>
public sealed record Binding
{
    /// <summary>The host URLs are built with, with the port if it is not the scheme's own, without subdomain.</summary>
    public required string ServerName { get; init; }

    /// <summary>The path the application is mounted at. Default <c>/</c>.</summary>
    public string ScriptName { get; init; } = "/";

    /// <summary>The subdomain of the request. Null means the map's default.</summary>
    public string? Subdomain { get; init; }

    /// <summary>The scheme. <c>ws</c> and <c>wss</c> match WebSocket rules only. Default <c>http</c>.</summary>
    public string Scheme { get; init; } = "http";

    /// <summary>The method to match when none is given. Default GET.</summary>
    public string DefaultMethod { get; init; } = "GET";

    /// <summary>The path to match when none is given, percent-decoded. Default <c>/</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The query that redirects keep, percent-encoded, without <c>?</c>. Default: none.</summary>
    public string Query { get; init; } = "";

    /// <summary>
    /// The binding of a request to the given host. With a server name its subdomain is what the host has before that name; a host that does not end in
    /// it has the subdomain <c>&lt;invalid&gt;</c>, which no ordinary rule matches. Without one the host itself is the server name.
    /// </summary>
    /// <param name="host">The Host header.</param>
    /// <param name="serverName">The configured server name, if any.</param>
    /// <param name="scheme">The request's scheme; the port it implies is left out.</param>
    /// <param name="hostMatching">Whether the map matches hosts, so that there are no subdomains.</param>
    public static Binding ForHost(string host, string? serverName = null, string scheme = "http", bool hostMatching = false)
    {
        var current = HostName.TryNormalize(HostName.WithoutPort(host, scheme), out var valid) ? valid : "";
        var name = serverName is null ? current : HostName.WithoutPort(serverName.ToLowerInvariant(), scheme);
        var binding = new Binding { ServerName = serverName is null && current.Length == 0 ? host : name, Scheme = scheme };
        if (hostMatching)
            return binding;
        var labels = current.Split('.');
        var server = name.Split('.');
        return labels.Length >= server.Length && labels.AsSpan()[^server.Length..].SequenceEqual(server)
            ? binding with { Subdomain = string.Join('.', labels[..^server.Length].Where(label => label.Length > 0)) }
            : binding with { Subdomain = "<invalid>" };
    }
}
