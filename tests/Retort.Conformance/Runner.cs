using System.Text.Json;

namespace Retort.Conformance;

// dotnet run -c Release --project tests/Retort.Conformance -- SUITE FILE...

/// <summary>Checks recorded cases of the Python originals, one suite a run, and prints each failure with what was expected and what came.</summary>
internal sealed class Runner
{
    private static readonly Dictionary<string, Action<Runner, JsonElement, string>> Suites = new()
    {
        ["signing"] = SigningSuite.Run,
        ["passwords"] = PasswordSuite.Run,
        ["routing"] = RoutingSuite.Run,
        ["http"] = HttpSuite.Run,
        ["jinja"] = JinjaSuite.Run,
    };

    private int _passed;
    private int _failed;

    public static int Main(string[] args)
    {
        if (args.Length < 2 || !Suites.TryGetValue(args[0], out var suite))
        {
            Console.Error.WriteLine($"usage: Retort.Conformance {string.Join('|', Suites.Keys)} FILE...");
            return 2;
        }
        var runner = new Runner();
        foreach (var file in args[1..])
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { MaxDepth = 512 });
            suite(runner, document.RootElement, Path.GetFileName(file));
        }
        Console.WriteLine($"{runner._passed} passed, {runner._failed} failed");
        return runner._failed == 0 ? 0 : 1;
    }

    /// <summary>Counts one case; a failure is printed with both texts.</summary>
    public void Compare(string name, string expected, string actual)
    {
        if (expected == actual)
        {
            _passed++;
            return;
        }
        _failed++;
        Console.WriteLine($"FAILED {name}\n  expected {expected}\n  actual   {actual}");
    }
}
