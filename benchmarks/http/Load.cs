using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Retort.Benchmarks.Http;

/// <summary>Sends the same request over and over on several connections and counts the answers: with wrk where that is installed, else by itself.</summary>
internal static partial class Load
{
    public static bool HasWrk { get; } = IsInstalled("wrk");

    public static async Task<long> Run(string baseUrl, Endpoint endpoint, string? cookie, int connections, int seconds) =>
        HasWrk ? await RunWrk(baseUrl, endpoint, cookie, connections, seconds) : await RunOwn(baseUrl, endpoint, cookie, connections, seconds);

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<long> RunWrk(string baseUrl, Endpoint endpoint, string? cookie, int connections, int seconds)
    {
        string[] header = cookie is null ? [] : ["-H", $"Cookie: {cookie}"];
        string[] post = endpoint.Content is null ? [] : ["-s", ScriptFor(endpoint), "-H", $"Content-Type: {endpoint.ContentType}"];
        string[] arguments = ["-t1", $"-c{connections}", $"-d{seconds}s", .. header, .. post, baseUrl + endpoint.Path];
        using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        return Count().Match(output) is { Success: true } match
            ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"wrk gave no number of requests:\n{output}");
    }

    /// <summary>wrk posts only what a script of its own language tells it to.</summary>
    private static string ScriptFor(Endpoint endpoint)
    {
        var path = Path.Combine(Path.GetTempPath(), $"retort-benchmark-{endpoint.Name}.lua");
        File.WriteAllText(path, $"wrk.method = \"POST\"\nwrk.body = [==[{endpoint.Content}]==]\n");
        return path;
    }

    private static async Task<long> RunOwn(string baseUrl, Endpoint endpoint, string? cookie, int connections, int seconds)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            long count = 0;
            for (; watch.Elapsed.TotalSeconds < seconds; count++)
            {
                using var request = endpoint.Request(baseUrl, cookie);
                (await client.SendAsync(request)).Dispose();
            }
            return count;
        })));
        return counts.Sum();
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Count();
}
