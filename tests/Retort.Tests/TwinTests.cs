using System.Diagnostics;
using Retort.Tests.Shared;

namespace Retort.Tests;

/// <summary>Replays what the twin application answered on Flask against the one here.</summary>
public sealed class TwinTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_twin_answers_as_it_does_on_flask()
    {
        var replay = Repository.Vectors("conformance/flask/replay.py");
        var exchanges = Repository.Vectors("conformance/flask/exchanges.json");
        const string interpreter = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(interpreter), $"no {interpreter}: the exchanges with the twin are not replayed");

        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Retort.Twin.dll"), "run", "--port", "0", "--no-access-log"])
        {
            RedirectStandardError = true,
        };
        using var twin = Process.Start(start)!;
        try
        {
            var url = await UrlOf(twin);
            var log = twin.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var (exit, output, error) = Repository.Run(interpreter, replay, url, exchanges);
            Assert.True(exit == 0, output + error);
            Assert.EndsWith(" passed, 0 failed\n", output, StringComparison.Ordinal);
        }
        finally
        {
            twin.Kill();
        }
    }

    private static async Task<string> UrlOf(Process twin)
    {
        const string announced = "Running on ";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (await twin.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.IndexOf(announced, StringComparison.Ordinal) is var at and >= 0)
                return line[(at + announced.Length)..].Trim();
        }
        throw new InvalidOperationException("the twin ended before it served; run it by hand to see why: dotnet run --project tests/Retort.Twin");
    }
}
