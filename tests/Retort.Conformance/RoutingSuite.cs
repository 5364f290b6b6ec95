using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Retort.Routing;

namespace Retort.Conformance;

/// <summary>Cases of the format <c>routing-1</c>: rules, paths to match and URLs to build, with what Werkzeug makes of them.</summary>
internal static partial class RoutingSuite
{
    public static void Run(Runner runner, JsonElement document, string file)
    {
        foreach (var test in document.GetProperty("cases").EnumerateArray())
        {
            var name = $"{file} {test.GetProperty("id").GetString()}";
            if (test.TryGetProperty("error", out var error))
            {
                runner.Compare(name, error.ValueKind == JsonValueKind.Null ? "a map" : "a syntax error", Try(() => MapOf(test) is null ? "" : "a map"));
                continue;
            }
            Probe(runner, test, name);
        }
    }

    private static void Probe(Runner runner, JsonElement test, string name)
    {
        Map map;
        try
        {
            map = MapOf(test);
        }
        catch (RuleSyntaxError error)
        {
            foreach (var _ in Probes(test, "match").Concat(Probes(test, "build")))
                runner.Compare(name, "a map", error.Message);
            return;
        }
        foreach (var (probe, index) in Probes(test, "match").Select((probe, index) => (probe, index)))
            runner.Compare($"{name} match {index}: {probe.GetRawText()}", Expected(probe), Try(() => Match(map, test, probe)));
        foreach (var (probe, index) in Probes(test, "build").Select((probe, index) => (probe, index)))
            runner.Compare($"{name} build {index}: {probe.GetRawText()}", Expected(probe), Try(() => Build(map, test, probe)));
    }

    private static IEnumerable<JsonElement> Probes(JsonElement test, string kind) => test.TryGetProperty(kind, out var probes) ? probes.EnumerateArray() : [];

    private static string Try(Func<string> probe)
    {
        try
        {
            return probe();
        }
        catch (RuleSyntaxError)
        {
            return "a syntax error";
        }
        catch (BuildError)
        {
            return "build error";
        }
        catch (ArgumentException)
        {
            return "value error";
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }

    private static string Expected(JsonElement probe)
    {
        var expect = probe.GetProperty("expect");
        if (expect.TryGetProperty("endpoint", out var endpoint))
            return Found(endpoint.GetString(), Pairs(expect.GetProperty("args")));
        if (expect.TryGetProperty("redirect", out var url))
            return $"{expect.GetProperty("code").GetInt32()} {url.GetString()}";
        if (expect.TryGetProperty("methodnotallowed", out var methods))
            return NotAllowed(methods.EnumerateArray().Select(method => method.GetString()!));
        if (expect.TryGetProperty("url", out var built))
            return built.GetString()!;
        return expect switch
        {
            _ when expect.TryGetProperty("notfound", out _) => "not found",
            _ when expect.TryGetProperty("websocketmismatch", out _) => "websocket mismatch",
            _ when expect.TryGetProperty("badhost", out _) => "bad host",
            _ when expect.TryGetProperty("builderror", out _) => "build error",
            _ when expect.TryGetProperty("valueerror", out _) => "value error",
            _ => throw new FormatException($"unknown expectation {expect}"),
        };
    }

    private static string Match(Map map, JsonElement test, JsonElement probe)
    {
        var adapter = map.Bind(BindingOf(map, test, probe));
        var webSocket = Truth(probe, "websocket");
        return adapter.Match(Text(probe, "path"), Text(probe, "method"), QueryOf(probe), webSocket) switch
        {
            MatchResult.Found found => Found(found.Rule.Endpoint, found.Values),
            MatchResult.RedirectTo redirect => $"{redirect.Code} {redirect.Url}",
            MatchResult.MethodNotAllowed refused => NotAllowed(refused.Methods),
            MatchResult.NotFound => "not found",
            MatchResult.WebSocketMismatch => "websocket mismatch",
            MatchResult.BadHost => "bad host",
            var other => other.ToString(),
        };
    }

    private static string Build(Map map, JsonElement test, JsonElement probe) =>
        map.Bind(BindingOf(map, test, probe)).Build(
            Text(probe, "endpoint")!, probe.TryGetProperty("values", out var values) ? Pairs(values) : [], Text(probe, "method"),
            Truth(probe, "force_external") ?? false, Truth(probe, "append_unknown") ?? true, Text(probe, "build_scheme"));

    private static string Found(string? endpoint, IEnumerable<KeyValuePair<string, object?>> values) =>
        $"{endpoint ?? "(none)"} {string.Join(", ", values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Show(pair.Value)}"))}";

    private static string NotAllowed(IEnumerable<string> methods) => $"not allowed: {string.Join(", ", methods.Order(StringComparer.Ordinal))}";

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text),
        bool truth => truth ? "true" : "false",
        double number => "float " + number.ToString("R", CultureInfo.InvariantCulture),
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Show))}]",
        Guid guid => $"uuid {guid}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static Map MapOf(JsonElement test)
    {
        var options = test.TryGetProperty("map", out var given) ? given : default;
        var map = new Map
        {
            DefaultSubdomain = Text(options, "default_subdomain") ?? "",
            StrictSlashes = Truth(options, "strict_slashes") ?? true,
            MergeSlashes = Truth(options, "merge_slashes") ?? true,
            RedirectDefaults = Truth(options, "redirect_defaults") ?? true,
            HostMatching = Truth(options, "host_matching") ?? false,
            SortParameters = Truth(options, "sort_parameters") ?? false,
        };
        if (options.ValueKind == JsonValueKind.Object && options.TryGetProperty("converters", out var converters))
        {
            foreach (var converter in converters.EnumerateObject())
                map.Converters[converter.Name] = FactoryOf(converter.Value);
        }
        foreach (var rule in test.GetProperty("rules").EnumerateArray())
            map.Add(RuleOf(rule));
        return map;
    }

    private static Rule RuleOf(JsonElement rule) => new(Text(rule, "rule")!)
    {
        Endpoint = Text(rule, "endpoint"),
        Methods = rule.TryGetProperty("methods", out var methods) && methods.ValueKind == JsonValueKind.Array ? [.. methods.EnumerateArray().Select(method => method.GetString()!)] : null,
        Defaults = rule.TryGetProperty("defaults", out var defaults) && defaults.ValueKind == JsonValueKind.Object ? new Dictionary<string, object?>(Pairs(defaults)) : null,
        Subdomain = Text(rule, "subdomain"),
        Host = Text(rule, "host"),
        StrictSlashes = Truth(rule, "strict_slashes"),
        MergeSlashes = Truth(rule, "merge_slashes"),
        BuildOnly = Truth(rule, "build_only") ?? false,
        RedirectTo = Text(rule, "redirect_to"),
        Alias = Truth(rule, "alias") ?? false,
        WebSocket = Truth(rule, "websocket") ?? false,
    };

    private static Binding BindingOf(Map map, JsonElement test, JsonElement probe)
    {
        var scheme = Text(probe, "url_scheme") ?? Text(test, "url_scheme") ?? "http";
        var binding = Text(probe, "environ_host") is { } host
            ? Binding.ForHost(host, Text(test, "server_name"), scheme, map.HostMatching)
            : new Binding { ServerName = Text(probe, "host") ?? Text(test, "server_name")!, Subdomain = Text(probe, "subdomain") ?? (map.HostMatching ? null : Text(test, "subdomain")), Scheme = scheme };
        return binding with { ScriptName = Text(test, "script_name") ?? "/", DefaultMethod = Text(test, "default_method") ?? "GET" };
    }

    private static string? QueryOf(JsonElement probe)
    {
        if (!probe.TryGetProperty("query", out var query) || query.ValueKind is JsonValueKind.Null)
            return null;
        if (query.ValueKind == JsonValueKind.String)
            return query.GetString();
        // A query given as values is encoded as a built URL's is.
        var url = new Map(new Rule("/") { Endpoint = "query" }).Bind(new Binding { ServerName = "" }).Build("query", Pairs(query));
        return url.TrimStart('/').TrimStart('?');
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Truth(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    // Of a multi-dict, a name with one value has that value and one with none is not there. A null there counts as given: it stays a list.
    private static List<KeyValuePair<string, object?>> Pairs(JsonElement values)
    {
        if (!values.TryGetProperty("$multidict", out var items))
            return [.. values.EnumerateObject().Select(item => new KeyValuePair<string, object?>(item.Name, Value(item.Value)))];
        return
        [
            .. items.EnumerateArray().Select(item => new KeyValuePair<string, List<object?>>(item[0].GetString()!, [.. item[1].EnumerateArray().Select(Value)]))
                .Where(item => item.Value.Count > 0)
                .Select(item => new KeyValuePair<string, object?>(item.Key, item.Value is [{ } only] ? only : item.Value)),
        ];
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => value.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Number when value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => value.GetDouble(),
        JsonValueKind.Number => value.TryGetInt32(out var number) ? number : (object)BigInteger.Parse(value.GetRawText(), CultureInfo.InvariantCulture),
        _ => value.TryGetProperty("$uuid", out var uuid) ? uuid.GetGuid() : Pairs(value),
    };

    private static ConverterFactory FactoryOf(JsonElement description)
    {
        var isolating = Truth(description, "part_isolating");
        if (Text(description, "list_separator") is { } separator)
            return _ => new ListConverter(separator, Truth(description, "build_only") ?? false);
        if (Truth(description, "regex_from_arg") is true)
            return arguments => new TextConverter(NetPattern((string)arguments.Positional[0]!), 100, isolating ?? true, null);
        var weight = description.TryGetProperty("weight", out var given) ? given.GetInt32() : 100;
        var values = description.TryGetProperty("values", out var allowed) && allowed.ValueKind == JsonValueKind.Array ? allowed.EnumerateArray().Select(value => value.GetString()!).ToHashSet() : null;
        var pattern = Text(description, "regex")!;
        return _ => new TextConverter(NetPattern(pattern), weight, isolating ?? !pattern.Contains('/', StringComparison.Ordinal), values);
    }

    private static string NetPattern(string python) => NamedGroup().Replace(python, "(?<").Replace(@"\Z", @"\z", StringComparison.Ordinal);

    [GeneratedRegex(@"\(\?P<")]
    private static partial Regex NamedGroup();

    private sealed class TextConverter(string pattern, int weight, bool isolating, HashSet<string>? values) : Converter<string>(pattern, weight, isolating)
    {
        public override bool TryConvert(ReadOnlySpan<char> text, out string value)
        {
            value = text.ToString();
            return values is null || values.Contains(value);
        }
    }

    private sealed class ListConverter(string separator, bool buildOnly) : Converter<IReadOnlyList<object?>>
    {
        public override bool TryConvert(ReadOnlySpan<char> text, out IReadOnlyList<object?> value)
        {
            value = buildOnly ? [text.ToString()] : text.ToString().Split(separator);
            return true;
        }

        public override string ToUrl(object value) =>
            value is IEnumerable<object?> list
                ? string.Join(separator, list.Select(item => base.ToUrl(item ?? "None")))
                : throw new ArgumentException($"{value} is not a list");
    }
}
