using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Retort.Routing;

namespace Retort.Tests.Routing;

/// <summary>What holds for every map. RETORT_PROPERTY_RUNS sets how many inputs each property gets; a long run uses 100000.</summary>
public class RoutingProperties
{
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("RETORT_PROPERTY_RUNS") ?? "200", CultureInfo.InvariantCulture);

    private static readonly Gen<string> Literal = Gen.Elements("a", "b", "users", "x-y", "1", "é", "list");

    // A kind of variable, and values of it that read back as they are.
    private static readonly Gen<(string Kind, Gen<object> Values)> Variable = Gen.Elements<(string, Gen<object>)>(
        ("", Gen.Elements<object>("jane", "a b", "ü", "50%", "x+y", "~", "a\\b")),
        ("string(minlength=2):", Gen.Elements<object>("ab", "\U0001F600\U0001F600")),
        ("int:", Gen.Choose(0, 100_000).Select(number => (object)number)),
        ("int(signed=True):", Gen.Choose(-1000, 1000).Select(number => (object)number)),
        ("float:", Gen.Choose(0, 100_000).Select(number => (object)(number / 8.0))),
        ("path:", Gen.Elements<object>("a/b", "deep/er/x.txt", "q")),
        ("any(red, 'dark blue'):", Gen.Elements<object>("red", "dark blue")),
        ("uuid:", Gen.Fresh(() => (object)Guid.NewGuid())));

    // Two path variables in one rule can be told apart in several ways: there is one at most.
    private static readonly Gen<List<(string Rule, KeyValuePair<string, object?>[] Values)>> Rules =
        Gen.ListOf(RuleWithValues().Where(rule => rule.Rule.Split("path:").Length <= 2), 12).Select(rules => rules.DistinctBy(rule => rule.Rule).ToList());

    private static readonly Gen<string> Noise = Gen.OneOf(
        Gen.ArrayOf(Gen.Choose(0, 255).Select(code => (byte)code)).Select(bytes => Encoding.UTF8.GetString(bytes)),
        Gen.ArrayOf(Gen.Choose(0, 255).Select(code => (char)code)).Select(text => new string(text)),
        Gen.ArrayOf(Gen.Elements("/", "<", ">", "(", ")", ":", ",", "'", "\"", "=", "int", "path", "any", "string", "a", "1", ".", "-", "\uD800", "_", "min", "True")).Select(string.Concat));

    [Fact]
    public void What_is_built_matches_the_rule_it_was_built_from() => Check(Rules, rules =>
    {
        foreach (var (text, values) in rules)
        {
            var map = new Map(new Rule(text) { Endpoint = "it" });
            var url = map.Bind(new Binding { ServerName = "example.org" }).Build("it", values);
            var found = Assert.IsType<MatchResult.Found>(map.Match("GET", Uri.UnescapeDataString(url)));
            Assert.Equal(values.Length, found.Values.Count);
            Assert.All(values, value => Assert.Equal(value.Value, found.Values[value.Key]));
        }
    });

    [Fact]
    public void What_matches_among_many_rules_builds_the_same_path_again() => Check(Rules, rules =>
    {
        var map = new Map(rules.Select(rule => new Rule(rule.Rule) { Endpoint = rule.Rule }));
        var adapter = map.Bind(new Binding { ServerName = "example.org" });
        foreach (var (text, values) in rules)
        {
            var url = adapter.Build(text, values);
            if (map.Match("GET", Uri.UnescapeDataString(url)) is MatchResult.Found found)
                Assert.Equal(Uri.UnescapeDataString(url), Uri.UnescapeDataString(adapter.Build(found.Rule.Endpoint!, found.Values)));
        }
    });

    [Fact]
    public void A_rule_finds_the_same_path_whether_it_was_added_before_or_after_others_were_matched() => Check(Rules, rules =>
    {
        var all = rules.Select(rule => new Rule(rule.Rule) { Endpoint = rule.Rule }).ToList();
        var atOnce = new Map(all);
        var inSteps = new Map();
        foreach (var rule in all)
        {
            inSteps.Add(rule);
            inSteps.Match("GET", "/a");
        }
        var adapter = atOnce.Bind(new Binding { ServerName = "example.org" });
        foreach (var (text, values) in rules)
        {
            var path = Uri.UnescapeDataString(adapter.Build(text, values));
            Assert.Equal(atOnce.Match("GET", path), inSteps.Match("GET", path));
            Assert.Equal(atOnce.Match("GET", path + "/"), inSteps.Match("GET", path + "/"));
        }
    });

    [Fact]
    public void Rules_of_any_text_parse_or_are_syntax_errors() => Check(Noise, noise =>
    {
        foreach (var text in new[] { noise, "/" + noise, $"/<{noise}>", $"/<int({noise}):x>", $"/<any({noise}):x>" })
        {
            try
            {
                var map = new Map(new Rule(text) { Endpoint = "it", Subdomain = noise.Length % 2 == 0 ? noise : null });
                map.Match("GET", text);
                map.Match("GET", "/" + noise);
            }
            catch (RuleSyntaxError error)
            {
                Assert.Equal(3, error.Message.Split('\n').Length);
            }
        }
    });

    [Fact]
    public void Paths_hosts_and_queries_of_any_text_give_a_result_and_redirects_stay_on_the_host()
    {
        var map = new Map(
            new Rule("/") { Endpoint = "a" }, new Rule("/a/") { Endpoint = "b" }, new Rule("/<path:p>/") { Endpoint = "c", Methods = ["GET"] }, new Rule("/<a>-<int:b>.<float(signed=True):c>") { Endpoint = "d" },
            new Rule("/1/<path:p>") { RedirectTo = "<p>" }, new Rule("/<int(min=5):n>/x") { Endpoint = "e", Subdomain = "<sub>" }, new Rule("/path/<uuid:u>") { Endpoint = "f", Alias = true });
        Check(Noise, noise =>
        {
            foreach (var path in new[] { noise, "/" + noise, "/1/" + noise, "//" + noise + "/" })
            {
                if (map.Bind(new Binding { ServerName = "example.org", Query = noise }).Match(path) is not MatchResult.RedirectTo redirect)
                    continue;
                Assert.StartsWith("http://example.org/", redirect.Url, StringComparison.Ordinal);
                Assert.DoesNotContain(redirect.Url, c => c is <= ' ' or >= '\x7F');
            }
            var foreign = map.Bind(Binding.ForHost(noise, noise.Length % 2 == 0 ? "example.org" : null));
            foreign.Match("/a");
            Assert.DoesNotContain(foreign.ServerName, c => c is <= ' ' or '/' or '@' or '\\' or >= '\x7F');
        });
    }

    private static void Check<T>(Gen<T> inputs, Action<T> property) =>
        Prop.ForAll(inputs.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs).WithQuietOnSuccess(true));

    private static Gen<(string Rule, KeyValuePair<string, object?>[] Values)> RuleWithValues() =>
        from shape in Gen.ListOf(Gen.Elements(true, false), 4)
        from literals in Gen.ListOf(Literal, 4)
        from variables in Gen.ListOf(Variable.SelectMany(variable => variable.Values.Select(value => (variable.Kind, Value: value))), 4)
        from slash in Gen.Elements("", "/")
        select (
            "/" + string.Join('/', shape.Select((variable, i) => variable ? $"<{variables[i].Kind}v{i}>" : literals[i])) + slash,
            shape.Select((variable, i) => (variable, i)).Where(part => part.variable).Select(part => new KeyValuePair<string, object?>($"v{part.i}", variables[part.i].Value)).ToArray());
}
