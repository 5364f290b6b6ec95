using System.Text.Json;
using Retort.Routing;
using Retort.Tests.Shared;

namespace Retort.Tests.Routing;

/// <summary>The same generated maps in the system's Werkzeug and here. Left out is what its older versions do otherwise: a slash after a path variable, three slashes in a row, a slash in a query.</summary>
public class WerkzeugComparisonTests
{
    private const string Script = """
        import json, sys
        from werkzeug.routing import Map, Rule, RequestRedirect
        from werkzeug.exceptions import HTTPException, MethodNotAllowed

        def match(adapter, path, method):
            try:
                endpoint, values = adapter.match(path, method)
            except RequestRedirect as error:
                return f'redirect {error.new_url}'
            except MethodNotAllowed as error:
                return f'not allowed {" ".join(sorted(error.valid_methods))}'
            except HTTPException as error:
                return 'not found'
            return ' '.join([endpoint] + sorted(f'{k}={v}' for k, v in values.items()))

        def build(adapter, endpoint, values):
            try:
                return adapter.build(endpoint, values)
            except (LookupError, ValueError) as error:
                return 'no'

        for line in json.loads(sys.argv[1]):
            urls = Map([Rule(r['rule'], endpoint=r['endpoint'], methods=r['methods'], defaults=r['defaults'], strict_slashes=r['strict']) for r in line['rules']])
            adapter = urls.bind('example.org', '/app')
            for path, method in line['matches']:
                print(match(adapter, path, method).replace('\n', '\\n'))
            for endpoint, values in line['builds']:
                print(build(adapter, endpoint, values))
        """;

    private static readonly string[] Words = ["a", "b", "ab", "x", "12", "1", "3.5", "a-b", "-", "z z", "05", "-5"];
    private static readonly string[] Kinds = ["", "int:", "int(signed=True):", "int(max=9):", "int(fixed_digits=2):", "float:", "string(length=2):", "any(a,ab):", "path:"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Generated_maps_match_and_build_as_in_Werkzeug(int seed)
    {
        var random = new Random(seed);
        var cases = Enumerable.Range(0, 60).Select(_ => Case(random)).ToList();
        var theirs = Repository.Python(Script, ["werkzeug"], JsonSerializer.Serialize(cases)).TrimEnd('\n').Split('\n');
        var ours = cases.SelectMany(Ours).ToArray();
        Assert.Equal(theirs, ours);
    }

    private static IEnumerable<string> Ours(MapCase generated)
    {
        var map = new Map(generated.rules.Select(rule => new Rule(rule.rule) { Endpoint = rule.endpoint, Methods = rule.methods, Defaults = rule.defaults, StrictSlashes = rule.strict }));
        var adapter = map.Bind(new Binding { ServerName = "example.org", ScriptName = "/app" });
        foreach (var probe in generated.matches)
        {
            yield return adapter.Match(probe[0], probe[1]) switch
            {
                MatchResult.RedirectTo redirect => $"redirect {redirect.Url}",
                MatchResult.MethodNotAllowed refused => $"not allowed {string.Join(' ', refused.Methods.Order(StringComparer.Ordinal))}",
                MatchResult.Found found => string.Join(' ', found.Values.Select(pair => $"{pair.Key}={UrlText.Of(pair.Value)}").Order(StringComparer.Ordinal).Prepend(found.Rule.Endpoint)),
                _ => "not found",
            };
        }
        foreach (var probe in generated.builds)
        {
            string url;
            try
            {
                url = adapter.Build((string)probe[0], (Dictionary<string, object?>)probe[1]);
            }
            catch (Exception error) when (error is BuildError or ArgumentException)
            {
                url = "no";
            }
            yield return url;
        }
    }

    private static MapCase Case(Random random)
    {
        var rules = Enumerable.Range(0, random.Next(1, 9)).Select(_ => RuleCase(random)).ToList();
        var matches = Enumerable.Range(0, 15).Select(_ => new[] { Path(random, rules), random.GetItems(["GET", "POST", "HEAD"], 1)[0] }).ToList();
        var builds = Enumerable.Range(0, 6).Select(_ => new object[] { rules[random.Next(rules.Count)].endpoint, Values(random) }).ToList();
        return new MapCase(rules, matches, builds);
    }

    private static RuleData RuleCase(Random random)
    {
        var parts = new List<string>();
        for (var i = 0; i < random.Next(0, 5); i++)
        {
            parts.Add(random.Next(4) switch
            {
                0 or 1 => Words[random.Next(9)],
                2 => $"<{Kinds[random.Next(Kinds.Length)]}v{i}>",
                _ => $"<{Kinds[random.Next(Kinds.Length - 1)]}v{i}>{Words[random.Next(3)]}<{Kinds[random.Next(Kinds.Length - 1)]}w{i}>",
            });
        }
        var text = "/" + string.Join('/', parts) + (parts.Count > 0 && !parts.Any(part => part.Contains("path:", StringComparison.Ordinal)) && random.Next(3) == 0 ? "/" : "");
        // A default of a variable in the rule's text has to fit its converter: only others get one.
        var defaults = random.Next(5) == 0 && !text.Contains("v0>", StringComparison.Ordinal) ? new Dictionary<string, object?> { ["v0"] = 1 } : null;
        var methods = random.Next(3) == 0 ? new List<string> { random.Next(2) == 0 ? "GET" : "POST" } : null;
        return new RuleData(text, random.GetItems(["e", "f", "g"], 1)[0], methods, defaults, random.Next(5) == 0 ? false : null);
    }

    private static string Path(Random random, List<RuleData> rules)
    {
        var parts = rules[random.Next(rules.Count)].rule.TrimEnd('/').Split('/').Select(part => part.Contains('<', StringComparison.Ordinal) || random.Next(8) == 0 ? Words[random.Next(Words.Length)] : part).Skip(1);
        return "/" + string.Join(random.Next(10) == 0 ? "//" : "/", parts) + (random.Next(3) == 0 ? "/" : "");
    }

    private static Dictionary<string, object?> Values(Random random)
    {
        var values = new Dictionary<string, object?>();
        foreach (var name in new[] { "v0", "w0", "v1", "w1", "v2", "q" })
        {
            if (random.Next(3) > 0)
                values[name] = random.Next(4) switch { 0 => random.Next(200), 1 => random.Next(1, 100) / 4.0 + 0.125, 2 => Words[random.Next(Words.Length)], _ => "ä ö ü" };
        }
        return values;
    }

    // In the names of the script's JSON.
#pragma warning disable IDE1006
    private sealed record RuleData(string rule, string endpoint, List<string>? methods, Dictionary<string, object?>? defaults, bool? strict);

    private sealed record MapCase(List<RuleData> rules, List<string[]> matches, List<object[]> builds);
#pragma warning restore IDE1006
}
