using System.Net;
using Microsoft.AspNetCore.Http;

namespace Retort;

/// <summary>
/// Takes the client's address, scheme, host, port and prefix from the headers of the proxies in front of the app. Each count says how many proxies set that header;
/// the value that the outermost of them saw is used, and what a client made up before it is not. Wrong counts let clients forge these values: count what is really there.
/// Source: werkzeug.middleware.proxy_fix.ProxyFix.
/// </summary>
/// <example><code>app.ProxyFix = new ProxyFix(xFor: 1, xProto: 1, xHost: 1, xPort: 1, xPrefix: 1);</code></example>
public sealed class ProxyFix
{
    private const string OriginalKey = "retort.proxy_fix.original";
    private readonly int _for;
    private readonly int _proto;
    private readonly int _host;
    private readonly int _port;
    private readonly int _prefix;

    /// <summary>Counts the proxies that set each header. Throws <see cref="ArgumentOutOfRangeException"/> for a negative count.</summary>
    /// <param name="xFor">Those that append to <c>X-Forwarded-For</c>: the client's address.</param>
    /// <param name="xProto">Those that append to <c>X-Forwarded-Proto</c>: the scheme.</param>
    /// <param name="xHost">Those that append to <c>X-Forwarded-Host</c>: the host the client asked for.</param>
    /// <param name="xPort">Those that append to <c>X-Forwarded-Port</c>: the port the client asked for.</param>
    /// <param name="xPrefix">Those that append to <c>X-Forwarded-Prefix</c>: the path the app is mounted under.</param>
    public ProxyFix(int xFor = 1, int xProto = 1, int xHost = 0, int xPort = 0, int xPrefix = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(xFor);
        ArgumentOutOfRangeException.ThrowIfNegative(xProto);
        ArgumentOutOfRangeException.ThrowIfNegative(xHost);
        ArgumentOutOfRangeException.ThrowIfNegative(xPort);
        ArgumentOutOfRangeException.ThrowIfNegative(xPrefix);
        (_for, _proto, _host, _port, _prefix) = (xFor, xProto, xHost, xPort, xPrefix);
    }

    /// <summary>What the request said of itself before proxies were believed; null when none was. Source: the environ's <c>werkzeug.proxy_fix.orig</c>.</summary>
    public static ProxiedRequest? OriginalOf(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Items.TryGetValue(OriginalKey, out var original) ? (ProxiedRequest)original! : null;
    }

    internal void Apply(HttpContext http)
    {
        var request = http.Request;
        http.Items[OriginalKey] = new ProxiedRequest(http.Connection.RemoteIpAddress, request.Scheme, request.Host.Value ?? "", request.PathBase.Value ?? "");
        if (Trusted(request, "X-Forwarded-For", _for) is { } address)
            http.Connection.RemoteIpAddress = AddressOf(address);
        if (Trusted(request, "X-Forwarded-Proto", _proto) is { } scheme)
            request.Scheme = scheme.ToLowerInvariant();
        if (Trusted(request, "X-Forwarded-Host", _host) is { } host)
            request.Host = new HostString(host);
        if (Trusted(request, "X-Forwarded-Port", _port) is { } port && request.Host.Value is { Length: > 0 } without)
            request.Host = new HostString($"{WithoutPort(without)}:{port}");
        // One slash at its beginning: two would make a host of it where URLs are built.
        if (Trusted(request, "X-Forwarded-Prefix", _prefix) is { } prefix)
            request.PathBase = prefix.Trim('/') is { Length: > 0 } path ? new PathString("/" + path) : PathString.Empty;
    }

    /// <summary>The value that was appended by the outermost of the counted proxies; null when there are fewer values.</summary>
    private static string? Trusted(HttpRequest request, string header, int count)
    {
        if (count == 0 || request.Headers[header] is not { Count: > 0 } sent)
            return null;
        var values = sent.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return values.Length >= count ? values[^count].Trim('"') : null;
    }

    /// <summary>An address with or without a port; null, which is nobody's address, for anything else that a proxy may write there.</summary>
    private static IPAddress? AddressOf(string text) => IPEndPoint.TryParse(text, out var endpoint) ? endpoint.Address : null;

    private static string WithoutPort(string host) => host.LastIndexOf(':') is var colon and > 0 && !host.EndsWith(']') ? host[..colon] : host;
}

/// <summary>What a request said of itself before <see cref="ProxyFix"/> changed it.</summary>
/// <param name="RemoteAddress">The address of the nearest proxy.</param>
/// <param name="Scheme">The scheme it used.</param>
/// <param name="Host">The host it asked for.</param>
/// <param name="PathBase">The path the app is mounted under as the server saw it.</param>
public sealed record ProxiedRequest(IPAddress? RemoteAddress, string Scheme, string Host, string PathBase);
