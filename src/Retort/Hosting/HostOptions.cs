using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace Retort.Hosting;

/// <summary>Where and how an app is served.</summary>
internal sealed record HostOptions(string AppName)
{
    /// <summary>The address to listen on: a name or an IP address. <c>0.0.0.0</c> means every IPv4 address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Whether nobody but this machine can reach the address.</summary>
    public bool IsLoopback => Host == "localhost" || (System.Net.IPAddress.TryParse(Host, out var address) && System.Net.IPAddress.IsLoopback(address));

    /// <summary>The port to listen on; 0 asks the system for a free one.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>The certificate to serve with, over HTTPS; null for HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether that certificate was made for this run alone, so that nobody else can load it.</summary>
    public bool IsAdHoc { get; init; }

    public bool Debug { get; init; }

    /// <summary>Whether every request is logged in one line, as Flask's development server does.</summary>
    public bool AccessLog { get; init; } = true;

    /// <summary>The largest request body that the server takes in, in bytes; null for no limit.</summary>
    public long? MaxRequestBodySize { get; init; }

    /// <summary>Further lines to print once the server is up.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether WebSocket handshakes are understood.</summary>
    public bool WebSockets { get; init; }

    /// <summary>Services the app registered.</summary>
    public IServiceCollection Services { get; init; } = DefaultLogging.AddTo(new ServiceCollection());
}
