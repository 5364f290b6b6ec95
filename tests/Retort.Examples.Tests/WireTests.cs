using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Retort.Examples.Tests;

/// <summary>What only a process of its own shows of the server: settings that Kestrel reads when it is first used.</summary>
[Collection("Examples")]
public sealed class WireTests
{
    [Fact]
    public async Task Requests_that_two_servers_could_read_in_two_ways_are_refused_and_the_next_one_is_served()
    {
        using var app = await ExampleApp.Serve(new CommandLine([], false, "examples/nginx/app.cs", ["run"]));
        var port = new Uri(app.Url).Port;
        Assert.StartsWith("HTTP/1.1 400", await Send(port, "GET /to HTTP/1.1\nHost: x\nConnection: close\n\n"), StringComparison.Ordinal);
        // Cve_2025_55315: a bare line feed in a chunk extension.
        Assert.StartsWith("HTTP/1.1 400", await Send(port, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2;\nxx\r\nxy\r\n0\r\n\r\n"), StringComparison.Ordinal);
        // Cve_2024_1135, Cve_2024_6827: transfer encodings that are none.
        foreach (var encoding in new[] { "chunked, identity", "xchunked", "\vchunked" })
            Assert.StartsWith("HTTP/1.1 4", await Send(port, $"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: {encoding}\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody"), StringComparison.Ordinal);
        foreach (var headers in new[] { "Host: x\r\nHost: y", "", "Host: x\r\nContent-Length: 1\r\nContent-Length: 2", "Host : x", "Host: x\r\nA: \0" })
            Assert.StartsWith("HTTP/1.1 400", await Send(port, $"GET /to HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 302", await Send(port, "GET /to HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    private static async Task<string> Send(int port, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
