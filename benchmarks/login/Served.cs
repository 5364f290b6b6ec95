using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Retort.Benchmarks.Login;

/// <summary>The same requests over connections to servers in processes of their own, whose CPU time is what counts: the client's is not in it, and a busy machine changes it little.</summary>
internal sealed class Served : IDisposable
{
    private const int Rounds = 5;
    private const int Connections = 4;

    private readonly Process _process;
    private readonly Uri _base;

    private Served(string kind)
    {
        var port = FreePort();
        _base = new Uri($"http://127.0.0.1:{port}");
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["serve", kind, port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static async Task Run(double seconds)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = Connections });
        var servers = ((string[])["plain", "login", "csrf", "both"]).ToDictionary(kind => kind, kind => new Served(kind));
        try
        {
            foreach (var server in servers.Values)
                await server.UntilItAnswers(client);
            var (cookie, token) = await servers["both"].SignIn(client);
            var cases = Case.All(cookie, token);
            foreach (var each in cases)
                await servers[each.App].Check(client, each, 200);
            foreach (var (each, status) in Case.Refused(cookie, token))
                await servers[each.App].Check(client, each, status);
            // The first round warms up.
            var times = cases.ToDictionary(each => each, _ => new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var each in cases)
                {
                    var time = await servers[each.App].Measure(client, each, seconds);
                    if (round > 0)
                        times[each].Add(time);
                }
            }
            Console.WriteLine($"{"",-20}{"us",8}{"ratio",8}{"  (lowest - highest)",20}");
            foreach (var each in cases)
            {
                var peer = times[cases[each.Form is null ? 0 : 1]];
                var ratios = times[each].Zip(peer, (time, of) => time / of).Order().ToArray();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{each.Name,-20}{times[each].Order().ElementAt(Rounds / 2),8:F1}{ratios[Rounds / 2],8:F2}  ({ratios[0]:F2} - {ratios[^1]:F2})"));
            }
        }
        finally
        {
            foreach (var server in servers.Values)
                server.Dispose();
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task UntilItAnswers(HttpClient client)
    {
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"a server ended with the code {_process.ExitCode} before it answered.");
            try
            {
                (await client.GetAsync(new Uri(_base, "/in"))).Dispose();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20);
            }
        }
    }

    private async Task<(string Cookie, string Token)> SignIn(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_base, "/in"));
        request.Headers.UserAgent.ParseAdd("benchmark");
        using var answer = await client.SendAsync(request);
        return (answer.Headers.GetValues("Set-Cookie").First().Split(';')[0], await answer.Content.ReadAsStringAsync());
    }

    private async Task Check(HttpClient client, Case each, int status)
    {
        using var request = Make(each);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if ((int)answer.StatusCode != status || (status == 200 && text != "done"))
            throw new InvalidOperationException($"{each.Name} answers {(int)answer.StatusCode}: {text}");
    }

    private async Task<double> Measure(HttpClient client, Case each, double seconds)
    {
        _process.Refresh();
        var (start, clock) = (_process.TotalProcessorTime, Stopwatch.StartNew());
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; clock.Elapsed.TotalSeconds < seconds; count++)
            {
                using var request = Make(each);
                using var answer = await client.SendAsync(request);
                if (answer.StatusCode != HttpStatusCode.OK)
                    throw new InvalidOperationException($"{each.Name} answers {(int)answer.StatusCode}.");
            }
            return count;
        })));
        _process.Refresh();
        return (_process.TotalProcessorTime - start).TotalMicroseconds / counts.Sum();
    }

    private HttpRequestMessage Make(Case each)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_base, each.Path));
        request.Headers.UserAgent.ParseAdd("benchmark");
        if (each.Cookie is not null)
            request.Headers.Add("Cookie", each.Cookie);
        if (each.Token is not null)
            request.Headers.Add("X-CSRFToken", each.Token);
        request.Content = each.Form is null ? null : new StringContent(each.Form, Encoding.UTF8, "application/x-www-form-urlencoded");
        return request;
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
