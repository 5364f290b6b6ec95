using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Retort.Hosting;
using static Retort.Globals;

namespace Retort.Tests.Hosting;

/// <summary>Bodies that never come to an end, on a real server: each costs a bounded time and memory, and the next request is served.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class SlowBodyTests
{
    [Fact]
    public async Task A_body_that_trickles_is_a_408_and_the_next_request_is_served()
    {
        var app = Apps.Make();
        app.Post("/", () => $"{Request.GetData().Length}");
        // As in KestrelHost, but with the shortest time of grace that the server allows.
        await using var server = await Server.Start(web => web.Run(app.Handle), services => services.Configure<KestrelServerOptions>(kestrel =>
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(kestrel.Limits.MinRequestBodyDataRate!.BytesPerSecond, TimeSpan.FromSeconds(1.1))));
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
        var stream = slow.GetStream();
        await stream.WriteAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nx"u8.ToArray(), TestContext.Current.CancellationToken);
        // Held up by the first, the second would not be answered before it.
        Assert.EndsWith("\r\n\r\n3", await server.Raw("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"), StringComparison.Ordinal);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        Assert.StartsWith("HTTP/1.1 408", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n3", await server.Raw("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off_at_the_limit_and_the_next_request_is_served()
    {
        const int limit = 100_000;
        var app = Apps.Make();
        app.Config["MAX_CONTENT_LENGTH"] = limit;
        app.Post("/", () => $"{Request.GetData().Length}");
        await using var server = await Server.Start(web => web.Run(app.Handle), services => services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = limit));
        using var endless = new TcpClient();
        await endless.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
        var stream = endless.GetStream();
        await stream.WriteAsync("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sent = await SendWithoutEnd(stream);
        // What lies in the system's buffers was sent, but not taken in.
        Assert.InRange(sent, limit / 2, 64_000_000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20 * limit);
        Assert.EndsWith("\r\n\r\n3", await server.Raw("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_server_keeps_its_limits_of_time_and_takes_the_app_s_limit_of_size()
    {
        var services = KestrelHost.MakeServices(new HostOptions("test") { Services = new ServiceCollection(), MaxRequestBodySize = 5 });
        var limits = services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Equal((240, TimeSpan.FromSeconds(5)), (limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MinRequestBodyDataRate.GracePeriod));
        Assert.Equal((TimeSpan.FromSeconds(30), 5), (limits.RequestHeadersTimeout, limits.MaxRequestBodySize));
        Assert.Equal((100, 100), (limits.Http2.MaxStreamsPerConnection, limits.MaxRequestHeaderCount));
    }

    /// <summary>Sends until the server closes the connection, and says how much was sent.</summary>
    private static async Task<long> SendWithoutEnd(NetworkStream stream)
    {
        var chunk = Encoding.ASCII.GetBytes($"2000\r\n{new string('x', 0x2000)}\r\n");
        var sent = 0L;
        try
        {
            while (sent < 1_000_000_000)
            {
                await stream.WriteAsync(chunk, TestContext.Current.CancellationToken);
                sent += chunk.Length;
            }
        }
        catch (IOException)
        {
            // Closed: that is what the test waits for.
        }
        return sent;
    }
}
