using System.Net;
using Microsoft.AspNetCore.Http;
using Retort.Routing;

namespace Retort.Development;

/// <summary>
/// The hosts a browser may reach the debugger under. Without this a page of another site could have its own name point at this machine and talk to the
/// debugger (DNS rebinding). Source: werkzeug.debug.DebuggedApplication.trusted_hosts; CVE-2024-34069.
/// </summary>
internal static class DebuggerHosts
{
    private static readonly object Received = new();

    /// <summary>Keeps the host as it was received, before anything takes the word of a proxy's header for it.</summary>
    public static void Remember(HttpContext http) => http.Items[Received] = http.Request.Headers.Host.ToString();

    /// <summary>Whether the request came under a trusted name. Headers in which a proxy tells another name count for nothing.</summary>
    /// <param name="http">The request.</param>
    /// <param name="more">Further names; one with a leading dot stands for itself and all below it.</param>
    public static bool IsTrusted(HttpContext http, IEnumerable<string> more)
    {
        // ASP.NET Core's middleware for forwarded headers, when it runs before the app, leaves here what it has replaced.
        if (http.Request.Headers.ContainsKey("X-Original-Host"))
            return false;
        return IsTrusted(http.Items.TryGetValue(Received, out var received) ? (string)received! : http.Request.Headers.Host.ToString(), more);
    }

    /// <summary>Whether a Host header names this machine or one of the further hosts.</summary>
    public static bool IsTrusted(string host, IEnumerable<string> more)
    {
        if (host.Length == 0 || !HostName.TryNormalize(host, out var normal))
            return false;
        var name = normal[..HostName.PortAt(normal)].TrimEnd('.');
        if (name.Length == 0)
            return false;
        if (IPAddress.TryParse(name.Trim('[', ']'), out var address) && name.Contains('[', StringComparison.Ordinal) == (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6))
            return address.Equals(IPAddress.Loopback) || address.Equals(IPAddress.IPv6Loopback) || more.Any(other => other == name || other == address.ToString());
        return name == "localhost" || name.EndsWith(".localhost", StringComparison.Ordinal) || more.Any(other => Covers(other.ToLowerInvariant(), name));
    }

    private static bool Covers(string pattern, string name) =>
        pattern.StartsWith('.') ? name == pattern[1..] || name.EndsWith(pattern, StringComparison.Ordinal) : name == pattern;
}
