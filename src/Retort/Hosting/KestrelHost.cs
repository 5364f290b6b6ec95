using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Retort.Hosting;

/// <summary>Serves one handler on Kestrel. Built from the empty builder, because start-up time is a feature.</summary>
internal static class KestrelHost
{
    /// <summary>Serves until the process is asked to stop. Throws <see cref="HostError"/> when the address cannot be used.</summary>
    /// <param name="handle">Answers one request.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="started">Is told the services before the first request, so that views can be given them.</param>
    public static void Run(RequestDelegate handle, HostOptions options, Action<IServiceProvider> started)
    {
        RuntimeVersion.Check(RuntimeVersion.Running, Console.Error);
        using var log = options.AccessLog ? new AccessLog(Console.Error) : null;
        var web = Build(log is null ? handle : log.Around(handle), options);
        started(web.Services);
        Start(web, options);
        Banner.Print(Console.Error, options, web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses);
        web.WaitForShutdown();
        web.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Serves until what is returned is disposed. Throws <see cref="HostError"/> when the address cannot be used.</summary>
    /// <param name="handle">Answers one request.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="started">Is told the services before the first request.</param>
    /// <returns>The server, and the port it listens on.</returns>
    public static (WebApplication Server, int Port) Start(RequestDelegate handle, HostOptions options, Action<IServiceProvider>? started = null)
    {
        var web = Build(handle, options);
        try
        {
            started?.Invoke(web.Services);
            Start(web, options);
        }
        catch
        {
            web.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
        var address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return (web, new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal)).Port);
    }

    private static void Start(WebApplication web, HostOptions options)
    {
        try
        {
            web.StartAsync().GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is IOException { InnerException: AddressInUseException } or SocketException)
        {
            throw CannotListen(options, error);
        }
    }

    /// <summary>The services of a host that is never started, for apps that are asked in memory.</summary>
    public static IServiceProvider MakeServices(HostOptions options) => Build(_ => Task.CompletedTask, options).Services;

    private static WebApplication Build(RequestDelegate handle, HostOptions options)
    {
        // A bare line feed ends no header: what one server takes for a line and another does not is how requests are smuggled. Read when Kestrel is first used.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = options.AppName });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // As in WSGI: a byte is a character, and none is refused.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBodySize;
            Listen(kestrel, options);
        });
        foreach (var service in options.Services)
            builder.Services.Add(service);
        var web = builder.Build();
        if (options.WebSockets)
            web.UseWebSockets();
        ((IApplicationBuilder)web).Run(handle);
        return web;
    }

    private static void Listen(KestrelServerOptions kestrel, HostOptions options)
    {
        if (IPAddress.TryParse(options.Host, out var address))
            kestrel.Listen(address, options.Port, listen => Secure(listen, options));
        else if (options.Host == "localhost" && options.Port != 0)
            kestrel.ListenLocalhost(options.Port, listen => Secure(listen, options));
        else
            kestrel.Listen(Resolve(options.Host), options.Port, listen => Secure(listen, options));
    }

    private static void Secure(ListenOptions listen, HostOptions options)
    {
        if (options.Certificate is { } certificate)
            listen.UseHttps(certificate);
    }

    private static IPAddress Resolve(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host) is [var first, ..] ? first : throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (SocketException error)
        {
            throw new HostError($"cannot listen on '{host}': the name is not known. Use an address of this machine, such as --host 127.0.0.1 or --host 0.0.0.0.", error);
        }
    }

    private static HostError CannotListen(HostOptions options, Exception error)
    {
        var inUse = error is IOException || error is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };
        if (!inUse)
            return new HostError($"cannot listen on {options.Host}:{options.Port}: {error.Message}. Use --host and --port to name an address of this machine.", error);
        var free = FreePort(options.Port);
        return new HostError($"cannot listen on {options.Host}:{options.Port}: another program uses that port. Stop it, or use another port: --port {free}.", error);
    }

    private static int FreePort(int taken)
    {
        for (var port = taken + 1; port < Math.Min(taken + 50, IPEndPoint.MaxPort); port++)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                continue;
            }
        }
        return 0;
    }
}
