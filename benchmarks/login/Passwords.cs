using System.Diagnostics;
using System.Globalization;
using Retort.Login;
using Retort.Signing;

namespace Retort.Benchmarks.Login;

/// <summary>A wrong password for a user that exists, and for one that does not: the same work, as the tests count, and so the same time.</summary>
internal static class Passwords
{
    private const int Rounds = 9;

    public static void Run()
    {
        var hash = PasswordHash.Generate("right");
        PasswordCheck.Verify(null, "wrong");
        // One after the other, so that a busy machine slows both.
        var pairs = Enumerable.Range(0, Rounds).Select(_ => (Known: Time(hash), Unknown: Time(null))).ToArray();
        var ratios = pairs.Select(pair => pair.Unknown / pair.Known).Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"known name",-20}{pairs.Select(pair => pair.Known).Order().ElementAt(Rounds / 2),8:F1} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"unknown name",-20}{pairs.Select(pair => pair.Unknown).Order().ElementAt(Rounds / 2),8:F1} ms   ratio {ratios[Rounds / 2]:F2} ({ratios[0]:F2} - {ratios[^1]:F2})"));
    }

    private static double Time(string? hash)
    {
        var watch = Stopwatch.StartNew();
        PasswordCheck.Verify(hash, "wrong");
        return watch.Elapsed.TotalMilliseconds;
    }
}
