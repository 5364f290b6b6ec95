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
        await stream.WriteAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var trickling = Trickle(stream);
        // Held up by the first, the second would not be answered before it.
        Assert.EndsWith("\r\n\r\n3", await server.Raw("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"), StringComparison.Ordinal);
        var (answer, sent) = await trickling;
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        // It never stood still, and was far from its end.
        Assert.InRange(sent, 5, 500);
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
        var reading = ReadToEnd(stream);
        var sent = await SendWithoutEnd(stream);
        Assert.StartsWith("HTTP/1.1 413", await reading, StringComparison.Ordinal);
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

    /// <summary>Sends a byte twenty times a second, a tenth of the rate that the server asks for, until it is answered.</summary>
    private static async Task<(string Answer, int Sent)> Trickle(NetworkStream stream)
    {
        var reading = ReadToEnd(stream);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var sent = 0;
        try
        {
            for (; !reading.IsCompleted; sent++)
            {
                await stream.WriteAsync("x"u8.ToArray(), TestContext.Current.CancellationToken);
                await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }
        catch (IOException)
        {
            // Closed, after the answer.
        }
        return (await reading, sent);
    }

    /// <summary>What is sent before the connection ends, in whatever way it does.</summary>
    private static async Task<string> ReadToEnd(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, TestContext.Current.CancellationToken) is var count and > 0)
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (IOException)
        {
            // The client went on sending into a closed connection.
        }
        return text.ToString();
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
