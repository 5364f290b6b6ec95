using System.Text.RegularExpressions;

namespace Retort.Cli.Tests;

/// <summary>An app of one file with the engine alone is compiled natively by <c>dotnet publish</c>, whether its author thinks of it or not.</summary>
[Collection(ToolCollection.Name)]
public sealed class NativeAppTests(LocalFeed feed)
{
    // What code can be made for only at run time, elsewhere: members, lists, dictionaries and tasks of structs, and all that is only read by a template.
    private const string App = """"
        #:package Retort.Jinja@0.1.0
        using System.Collections.Immutable;
        using System.Dynamic;
        using System.Text.Json.Nodes;
        using Retort.Jinja;
        using Retort.Jinja.Extensions;

        var environment = new JinjaEnvironment(new DoExtension());
        environment.Filters["total"] = (IEnumerable<decimal> prices) => prices.Sum();
        environment.Filters["far"] = (Point[] points, (int, string) pair, Color color = Color.Red) => points.Length + pair.Item2 + color;
        IDictionary<string, object?> expando = new ExpandoObject();
        expando["name"] = "expando";
        var add = (int first, int second = 2) => first + second;
        object model = new
        {
            shop = new Shop("<b>", [new(1, 2), new(3, 4)]), box = new Box<Point>(new(5, 6)), anonymous = new { inner = new { z = 'q' } }, nullable = (int?)4, color = Color.Blue,
            lists = new object[] { new[] { 1, 2 }, new List<Point> { new(1, 2) }, ImmutableArray.Create(1.5), default(ImmutableArray<Point>), new ArraySegment<long>([7, 8], 1, 1), new HashSet<Color> { Color.Red } },
            dictionaries = new object[] { new Dictionary<string, int> { ["a"] = 1 }, new SortedDictionary<int, Point> { [1] = new(1, 2) }, expando, JsonNode.Parse("""{"a": [1.5]}""")! },
            scores = new Dictionary<string, int> { ["a"] = 1 }, numbers = new List<int> { 3, 1 }, lazy = new Lazy<Point>(() => new(7, 8)), groups = new[] { 1, 2, 3 }.GroupBy(i => i % 2), pairs = new[] { KeyValuePair.Create(1, Color.Red) },
            at = new DateTime(2026, 1, 31), uri = new Uri("http://example.com/"), error = new InvalidOperationException("bad"), add, parse = (Func<string, int>)int.Parse,
            task = Task.FromResult(new Point(1, 2)), value = new ValueTask<int>(3), none = Task.CompletedTask, stream = Stream(),
        };
        foreach (var source in (string[])
        [
            "{{ shop }} {{ shop.owner_name }} {{ shop.points[1].y }} {{ shop.find(3) }} {{ shop.area.total_hours }} {{ shop.points|tojson }} {{ shop.nope }}", "{{ box.value.x }} {{ anonymous.inner.z }} {{ nullable }} {{ color }}",
            "{% for list in lists %}{{ list }} {{ list|length }} {{ list|first }};{% endfor %}", "{% for dictionary in dictionaries %}{{ dictionary }} {{ dictionary.a }} {{ dictionary[1] }} {{ dictionary|items|list }};{% endfor %}",
            "{% do scores.update(b=2) %}{{ scores }} {{ scores.pop('a') }} {{ scores }} {% do numbers.sort() %}{% do numbers.append(5) %}{{ numbers }}", "{% do numbers.append('x') %}", "{{ add('x') }}",
            "{{ lazy.x }} {% for group in groups %}{{ group.key }}{{ group|list }}{% endfor %}{% for key, value in pairs %}{{ key }}{{ value }}{% endfor %}", "{{ at }} {{ at.year }} {{ at.day_of_week }} {{ uri }} {{ uri.host }} {{ error.message }}",
            "{{ add(second=5, first=1) }} {{ add(1) }} {{ parse('42') }} {{ [1, 2.5]|total }} {{ shop.points|far((1, 'b')) }} {{ [shop.points[0]]|far((1, 'b'), color='Blue') }}",
            "{{ task.x }} {{ value }} {{ none }} {% for point in stream %}{{ point.x }}{% endfor %} {{ shop.later() }}",
        ])
        {
            try
            {
                Console.WriteLine(await environment.FromString(source).RenderAsync(model));
            }
            catch (TemplateError error)
            {
                Console.WriteLine(error.Message);
            }
        }

        static async IAsyncEnumerable<Point> Stream()
        {
            await Task.Yield();
            yield return new(9, 9);
        }

        internal enum Color { Red, Blue }
        internal readonly record struct Point(int X, int Y);
        internal sealed record Box<T>(T Value);
        internal sealed record Shop(string OwnerName, List<Point> Points)
        {
            public TimeSpan Area => TimeSpan.FromHours(1.5);
            public Point Find(int x) => Points.Find(point => point.X == x);
            public async Task<Point> Later() { await Task.Yield(); return Points[0]; }
        }
        """";

    [Fact]
    public void A_native_app_writes_what_it_writes_when_it_is_run_and_is_compiled_without_warnings()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && (IsThere("clang") || IsThere("gcc")), "neither clang nor gcc on Linux: no app is compiled natively");
        var folder = Directory.CreateDirectory(Path.Combine(feed.Folder, "native")).FullName;
        File.WriteAllText(Path.Combine(folder, "app.cs"), App);
        var published = LocalFeed.Run(folder, "dotnet", "publish", "app.cs", "-o", "out");
        Assert.SkipWhen(published.Code != 0 && Regex.IsMatch(published.Text, "error NU1(10[12]: .*ILCompiler|301:)"), "no package of the native compiler: no app is compiled natively");
        Assert.DoesNotContain("warning", LocalFeed.Must(published), StringComparison.Ordinal);
        var written = LocalFeed.Must(LocalFeed.Run(folder, Path.Combine(folder, "out", "app")));
        Assert.StartsWith("Shop { OwnerName = <b>, Points = ", written, StringComparison.Ordinal);
        Assert.Equal(LocalFeed.Must(LocalFeed.Run(folder, "dotnet", "run", "app.cs")), written);
    }

    private static bool IsThere(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
