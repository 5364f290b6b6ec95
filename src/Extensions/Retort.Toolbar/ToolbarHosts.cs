using System.Net;
using Microsoft.AspNetCore.Http;
using Retort.Configuration;

namespace Retort.Toolbar;

/// <summary>
/// The addresses the toolbar is seen from: this machine's, and those that were named, one by one or as a network (<c>192.168.0.0/24</c>). What a request says of itself in a header counts
/// for nothing, unless the app's <see cref="ProxyFix"/> has taken it over.
/// </summary>
internal sealed class ToolbarHosts
{
    private readonly IReadOnlyList<IPNetwork> _networks;

    public ToolbarHosts(IEnumerable<string> hosts) => _networks = [.. hosts.Select(Parse)];

    public bool Contain(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
            return false;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return IPAddress.IsLoopback(address) || _networks.Any(network => network.Contains(address));
    }

    private static IPNetwork Parse(string host)
    {
        if (IPNetwork.TryParse(host, out var network))
            return network;
        return IPAddress.TryParse(host, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new ConfigError($"config['DEBUG_TB_HOSTS'] cannot be used: '{host}' is not an address. Name addresses such as 192.168.0.7, or networks such as 192.168.0.0/24.");
    }
}
