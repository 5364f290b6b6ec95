using System.Diagnostics;
using System.Net.Http.Headers;

namespace Retort.Benchmarks.Http;

/// <summary>Starts all servers, puts them under the same load in turn, and prints how they compare.</summary>
internal sealed class Comparison(Options options, IReadOnlyList<string> names)
{
    private const string Peer = "minimal";
    private static readonly string[] Others = ["retort", "kestrel", "flask"];
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false });

    public static void Run(Options options)
    {
        string[] names = [Peer, .. Others.Where(name =>
            options.Servers?.Contains(name) ?? (name != "flask" || Load.IsInstalled("gunicorn")))];
        new Comparison(options, names).Run().GetAwaiter().GetResult();
    }

    private async Task Run()
    {
        Console.WriteLine($"{options.Rounds} rounds of {options.Seconds} s, {options.Connections} connections, {(Load.HasWrk ? "wrk" : "built-in load generator")}; ratios to {Peer}, medians of the rounds");
        await MeasureStarts();
        var servers = new List<ServerProcess>();
        try
        {
            foreach (var name in names)
                servers.Add((await ServerProcess.Start(name, Client)).Server);
            await MeasureRequests(servers);
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
    }

    private async Task MeasureStarts()
    {
        var cpu = new Table("start to first answer: CPU time", "ms", Peer, names);
        var wall = new Table("start to first answer: time passed", "ms", Peer, names);
        for (var i = 0; i < options.Starts; i++)
        {
            foreach (var name in names)
            {
                var (server, passed, used) = await ServerProcess.Start(name, Client);
                server.Dispose();
                cpu.Add("start-up", name, used.TotalMilliseconds);
                wall.Add("start-up", name, passed.TotalMilliseconds);
            }
        }
        if (options.Starts == 0)
            return;
        cpu.Print();
        wall.Print();
    }

    private async Task MeasureRequests(IReadOnlyList<ServerProcess> servers)
    {
        var cpu = new Table("CPU time per request", "us", Peer, names);
        var rate = new Table("requests per second", "/s", Peer, names);
        var memory = new Table("resident memory after the load", "MB", Peer, names);
        var cookies = new Dictionary<(Endpoint, ServerProcess), string?>();
        foreach (var endpoint in options.Endpoints)
        {
            foreach (var server in servers.Where(server => Serves(server, endpoint)))
            {
                cookies[(endpoint, server)] = await Check(server, endpoint);
                if (options.WarmUp > 0)
                    await Load.Run(server.BaseUrl, endpoint, cookies[(endpoint, server)], options.Connections, options.WarmUp);
            }
        }
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var endpoint in options.Endpoints)
            {
                // Another one begins in each round, so that none always follows the same neighbour.
                foreach (var server in servers.Skip(round % servers.Count).Concat(servers.Take(round % servers.Count)).Where(server => Serves(server, endpoint)))
                {
                    var (before, watch) = (server.CpuTime, Stopwatch.StartNew());
                    var count = await Load.Run(server.BaseUrl, endpoint, cookies[(endpoint, server)], options.Connections, options.Seconds);
                    rate.Add(endpoint.Name, server.Name, count / watch.Elapsed.TotalSeconds);
                    cpu.Add(endpoint.Name, server.Name, (server.CpuTime - before).TotalMicroseconds / count);
                }
            }
        }
        foreach (var server in servers)
            memory.Add("memory", server.Name, server.Memory / (1024.0 * 1024));
        cpu.Print();
        rate.Print();
        memory.Print();
    }

    private static bool Serves(ServerProcess server, Endpoint endpoint) => server.Name != "kestrel" || !endpoint.NeedsFramework;

    /// <summary>That the server answers as all do; gives the cookie it sets.</summary>
    private async Task<string?> Check(ServerProcess server, Endpoint endpoint)
    {
        using var request = endpoint.Request(server.BaseUrl, null);
        using var answer = await Client.SendAsync(request);
        var body = (await answer.Content.ReadAsStringAsync()).Trim();
        if ((int)answer.StatusCode != endpoint.Status || body != (endpoint.Body ?? body))
            throw new InvalidOperationException($"{server.Name} answers {endpoint.Path} with {(int)answer.StatusCode} and '{body}', not {endpoint.Status} and '{endpoint.Body}'.");
        if (!endpoint.HasSession)
            return null;
        var cookie = CookieOf(answer.Headers);
        using var again = endpoint.Request(server.BaseUrl, cookie);
        using var second = await Client.SendAsync(again);
        var count = await second.Content.ReadAsStringAsync();
        return count == "2" ? cookie : throw new InvalidOperationException($"{server.Name} does not count: it answers '{count}' to the second request.");
    }

    private static string CookieOf(HttpResponseHeaders headers) => headers.GetValues("Set-Cookie").First().Split(';')[0];
}
