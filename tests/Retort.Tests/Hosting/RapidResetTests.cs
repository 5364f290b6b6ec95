using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Retort.Hosting;

namespace Retort.Tests.Hosting;

/// <summary>Row 96 of the field's record, CVE-2023-44487: streams of HTTP/2 that are begun and reset at once, against the server that an app is run on.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class RapidResetTests
{
    private const int Pairs = 10_000;
    private const byte GoAway = 7;
    private const uint EnhanceYourCalm = 11;

    [Fact]
    public async Task Cve_2023_44487_streams_that_are_reset_at_once_end_their_connection_and_the_next_request_is_served()
    {
        var calls = 0;
        var gate = new TaskCompletionSource();
        var app = Apps.Make();
        app.Get("/", async () => { Interlocked.Increment(ref calls); await gate.Task; return "late"; });
        app.Get("/next", () => "served");
        using var certificate = CertificateOption.Load("adhoc", null);
        var error = Console.Error;
        Console.SetError(TextWriter.Null);
        var (server, port) = KestrelHost.Start(app.Handle, new HostOptions("test") { Port = 0, Certificate = certificate, Services = new ServiceCollection() });
        await using var ended = server;
        try
        {
            // The server says why if it still can; what it would have to say of each stream may already be too much.
            Assert.Contains(await ResetRapidly(port, certificate!, TestContext.Current.CancellationToken), new uint?[] { EnhanceYourCalm, null });
            // Twice the streams of a connection may be under way, and not the ten thousand that were asked for.
            Assert.InRange(calls, 1, 1_000);
            using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, its, _, _) => its?.GetCertHashString() == certificate!.GetCertHashString() } };
            using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
            Assert.Equal("served", await client.GetStringAsync(new Uri($"https://127.0.0.1:{port}/next"), TestContext.Current.CancellationToken));
        }
        finally
        {
            gate.SetResult();
            Console.SetError(error);
        }
    }

    /// <summary>The error that the server ends the connection with; null if it does so without a word.</summary>
    private static async Task<uint?> ResetRapidly(int port, X509Certificate2 certificate, CancellationToken cancel)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port, cancel);
        await using var tls = new SslStream(tcp.GetStream(), false, (_, its, _, _) => its?.GetCertHashString() == certificate.GetCertHashString());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", ApplicationProtocols = [SslApplicationProtocol.Http2] }, cancel);
        var reading = ReadGoAway(tls, cancel);
        await tls.WriteAsync(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").Concat(Frame(4, 0, 0, [])).ToArray(), cancel);
        try
        {
            // GET / of https://x, in the static table of HPACK.
            for (var stream = 1; stream < 2 * Pairs && !reading.IsCompleted; stream += 2)
                await tls.WriteAsync(Frame(1, 5, stream, [0x82, 0x87, 0x84, 0x41, 1, (byte)'x']).Concat(Frame(3, 0, stream, [0, 0, 0, 8])).ToArray(), cancel);
        }
        catch (IOException)
        {
            // The server has closed the connection; what it said before that counts.
        }
        return await reading.WaitAsync(TimeSpan.FromSeconds(30), cancel);
    }

    private static byte[] Frame(byte kind, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        frame[2] = (byte)payload.Length;
        (frame[3], frame[4]) = (kind, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    private static async Task<uint?> ReadGoAway(Stream stream, CancellationToken cancel)
    {
        var head = new byte[9];
        try
        {
            while (true)
            {
                await stream.ReadExactlyAsync(head, cancel);
                var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
                await stream.ReadExactlyAsync(payload, cancel);
                if (head[3] == GoAway)
                    return BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4));
            }
        }
        catch (IOException)
        {
            return null;
        }
    }
}
