// CPU time and allocation of one match and one build, with few rules and with many. The best of several rounds.
// dotnet run -c Release --project benchmarks/routing

using System.Diagnostics;
using Retort.Routing;

const int Rounds = 15;
const int Repetitions = 200_000;

Console.WriteLine($"{"",-28}{"rules",8}{"ns",10}{"bytes",8}");
foreach (var count in new[] { 10, 500, 5_000 })
{
    var map = MapWith(count);
    var last = (count / 5) - 1;
    foreach (var (name, path) in new[]
    {
        ("static", $"/section{last}/about"),
        ("one int", $"/section{last}/item/12345"),
        ("two variables", $"/section{last}/users/alice/posts/42"),
        ("two in one part", $"/section{last}/archive/2024-hello-world.html"),
        ("path", $"/section{last}/files/a/b/c/d.txt"),
        ("not found", $"/section{last}/nothing/here"),
    })
        Measure(name, count, () => map.Match("GET", path, out _));
    var adapter = map.Bind(new Binding { ServerName = "example.org" });
    KeyValuePair<string, object?>[] values = [new("name", "alice"), new("id", 42)];
    Measure("build two variables", count, () => adapter.Build($"user{last}", values.AsSpan()));
}

var watch = Stopwatch.StartNew();
MapWith(5_000).Match("GET", "/", out _);
Console.WriteLine($"adding and compiling 5000 rules: {watch.ElapsedMilliseconds} ms");

// Five rules a section, as applications have them.
static Map MapWith(int count)
{
    var map = new Map();
    for (var i = 0; i < count / 5; i++)
    {
        map.Add(new Rule($"/section{i}/about") { Endpoint = $"about{i}", Methods = ["GET"] });
        map.Add(new Rule($"/section{i}/item/<int:id>") { Endpoint = $"item{i}", Methods = ["GET"] });
        map.Add(new Rule($"/section{i}/users/<name>/posts/<int:id>") { Endpoint = $"user{i}", Methods = ["GET"] });
        map.Add(new Rule($"/section{i}/archive/<int:year>-<slug>.html") { Endpoint = $"archive{i}", Methods = ["GET"] });
        map.Add(new Rule($"/section{i}/files/<path:name>") { Endpoint = $"files{i}", Methods = ["GET"] });
    }
    return map;
}

static void Measure<T>(string name, int count, Func<T> action)
{
    for (var i = 0; i < Repetitions; i++)
        action();
    var best = double.MaxValue;
    var before = GC.GetAllocatedBytesForCurrentThread();
    for (var round = 0; round < Rounds; round++)
    {
        var start = Environment.CpuUsage.UserTime;
        for (var i = 0; i < Repetitions; i++)
            action();
        best = Math.Min(best, (Environment.CpuUsage.UserTime - start).TotalNanoseconds / Repetitions);
    }
    var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds / Repetitions;
    Console.WriteLine($"{name,-28}{count,8}{best,10:0.0}{bytes,8}");
}
