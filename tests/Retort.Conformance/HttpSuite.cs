using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Conformance;

/// <summary>Cases of http/*.json: which helper a case is about is told by its <c>kind</c>, <c>send_file</c> or <c>fn</c>; without one it is a form.</summary>
internal static class HttpSuite
{
    public static void Run(Runner runner, JsonElement document, string file)
    {
        foreach (var item in document.GetProperty("cases").EnumerateArray())
        {
            var id = $"{file} {item.GetProperty("id").GetString()}";
            var expected = item.TryGetProperty("raises", out _) ? "raises" : Canonical(JsonNode.Parse(item.GetProperty("expect").GetRawText()));
            runner.Compare(id, expected, Answer(item));
        }
    }

    private static string Answer(JsonElement item)
    {
        var expected = item.TryGetProperty("expect", out var expect) ? JsonNode.Parse(expect.GetRawText()) : null;
        try
        {
            return Canonical(HttpSuiteMask.Hide(expected, Evaluate(item)));
        }
        catch (Exception error) when (error is ArgumentException or HttpException)
        {
            return "raises";
        }
    }

    private static JsonNode? Evaluate(JsonElement item)
    {
        if (item.TryGetProperty("kind", out var kind)) return Accept(kind.GetString()!, item);
        if (item.TryGetProperty("send_file", out _)) return HttpSuiteFiles.SendFile(item);
        if (!item.TryGetProperty("fn", out var fn)) return HttpSuiteForms.Form(item);
        var input = item.TryGetProperty("input", out var given) ? given : item.GetProperty("query");
        return fn.GetString() switch
        {
            "args" => HttpSuiteForms.Args(input.GetString()!),
            "parse_options_header" => Options(input.GetString()),
            "dump_options_header" => OptionsHeader.Dump(input[0].GetString(), Pairs(input[1])),
            "parse_list_header" => Texts(ListHeader.Parse(input.GetString())),
            "parse_set_header" => Set(input.GetString()),
            "parse_dict_header" => Dictionary(ListHeader.ParsePairs(input.GetString())),
            "parse_cache_control_header" => Caching(input.GetString()),
            "Authorization.from_header" => Credentials(input.GetString()),
            "WWWAuthenticate.from_header" => Challenge(input.GetString()),
            "parse_range_header" => Range(input.GetString()),
            "parse_content_range_header" => Content(input.GetString()),
            "parse_etags" => Tags(input.GetString()),
            "quote_etag" => ETags.Quote(input[0].GetString()!, input[1].GetBoolean()),
            "unquote_etag" => UnquotedTag(input.GetString()),
            "parse_date" => HttpDate.Parse(input.GetString())?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            "http_date" => HttpDate.Format(Moment(input)),
            "dump_age" => Age(input),
            "parse_cookie" => HttpSuiteForms.Pairs(CookieHeader.Parse(input.GetString()).Items()),
            "dump_cookie" => Cookie(input).ToHeader(),
            "secure_filename" => FileNames.Secure(input.GetString()!),
            "safe_join" => SafePath.Join(input[0].GetString()!, [.. input.EnumerateArray().Skip(1).Select(part => part.GetString()!)]),
            var other => throw new InvalidOperationException($"the case is about {other}, which this suite does not know"),
        };
    }

    private static JsonObject Accept(string kind, JsonElement item)
    {
        var header = item.GetProperty("header").GetString();
        string[] offers = [.. item.GetProperty("offers").EnumerateArray().Select(offer => offer.GetString()!)];
        Accept accept = kind switch
        {
            "mimetype" => new MimeAccept(header),
            "language" => new LanguageAccept(header),
            "charset" => new CharsetAccept(header),
            _ => new Accept(header),
        };
        var answer = new JsonObject
        {
            ["best_match"] = accept.BestMatch(offers),
            ["values"] = new JsonArray([.. accept.Select(entry => new JsonArray(entry.Value, entry.Quality))]),
            ["quality"] = new JsonObject(offers.Distinct().Select(offer => KeyValuePair.Create<string, JsonNode?>(offer, accept.Quality(offer)))),
        };
        var expect = item.GetProperty("expect");
        if (expect.TryGetProperty("default", out _)) answer["default"] = accept.BestMatch(["nothing/x"], "dflt");
        if (accept is not MimeAccept mimetypes) return answer;
        answer["best"] = accept.Best;
        answer["accept_html"] = mimetypes.AcceptHtml;
        answer["accept_xhtml"] = mimetypes.AcceptXhtml;
        answer["accept_json"] = mimetypes.AcceptJson;
        return answer;
    }

    private static JsonObject Options(string? header)
    {
        var parsed = OptionsHeader.Parse(header);
        return new() { ["value"] = parsed.Value, ["options"] = new JsonObject(parsed.Options.Select(option => KeyValuePair.Create<string, JsonNode?>(option.Key, option.Value))) };
    }

    private static IEnumerable<KeyValuePair<string, object?>> Pairs(JsonElement options) => options.EnumerateObject().Select(option =>
        new KeyValuePair<string, object?>(option.Name, option.Value.ValueKind == JsonValueKind.Null ? null : option.Value.ToString()));

    private static JsonArray Set(string? header)
    {
        var set = HeaderSet.Parse(header);
        return new(Texts(set), set.ToString());
    }

    private static JsonObject Caching(string? header)
    {
        var caching = new ResponseCacheControl(header);
        return new()
        {
            ["items"] = Dictionary(caching),
            ["max_age"] = caching.MaxAge,
            ["no_cache"] = caching.NoCache ? caching.NoCacheFields is { } fields ? fields : true : null,
            ["public"] = caching.Public,
            ["private"] = caching.Private ? caching.PrivateFields is { } names ? names : true : null,
            ["s_maxage"] = caching.SMaxAge,
            ["no_store"] = caching.NoStore,
            ["header"] = caching.ToString(),
        };
    }

    private static JsonObject? Credentials(string? header) => Authorization.Parse(header) is not { } parsed ? null : new()
    {
        ["type"] = parsed.Type,
        ["token"] = parsed.Token,
        ["parameters"] = Dictionary(parsed.Parameters),
        ["header"] = parsed.ToString(),
    };

    private static JsonObject? Challenge(string? header) => WwwAuthenticate.Parse(header) is not { } parsed ? null : new()
    {
        ["type"] = parsed.Type,
        ["token"] = parsed.Token,
        ["parameters"] = Dictionary(parsed.Parameters),
        ["header"] = parsed.ToString(),
    };

    private static JsonObject? Range(string? header) => ByteRange.Parse(header) is not { } range ? null : new()
    {
        ["units"] = range.Units,
        ["ranges"] = new JsonArray([.. range.Ranges.Select(part => new JsonArray(part.Start, part.Stop))]),
        ["for_length_1000"] = range.ForLength(1000) is var (start, stop) ? new JsonArray(start, stop) : null,
        ["content_range_1000"] = range.ToContentRange(1000)?.ToString(),
        ["header"] = range.ToString(),
    };

    private static JsonObject? Content(string? header) => ContentRange.Parse(header) is not { } range ? null : new()
    {
        ["units"] = range.Units,
        ["start"] = range.Start,
        ["stop"] = range.Stop,
        ["length"] = range.Length,
        ["header"] = range.ToString(),
    };

    private static JsonObject Tags(string? header)
    {
        var tags = ETags.Parse(header);
        return new()
        {
            ["strong"] = Texts(tags.Strong.Distinct().Order(StringComparer.Ordinal)),
            ["weak"] = Texts(tags.Weak.Distinct().Order(StringComparer.Ordinal)),
            ["star"] = tags.Star,
            ["contains_foo"] = tags.Contains("foo"),
            ["contains_weak_b"] = tags.ContainsWeak("b"),
            ["contains_raw_Wfoo"] = tags.ContainsRaw("W/\"foo\""),
        };
    }

    private static JsonArray UnquotedTag(string? quoted)
    {
        if (string.IsNullOrEmpty(quoted)) return new(null, null);
        var (tag, weak) = ETags.Unquote(quoted);
        return new(tag, weak);
    }

    private static DateTimeOffset Moment(JsonElement input) => input.ValueKind == JsonValueKind.Number
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Floor(input.GetDouble() * 1000))
        : DateTimeOffset.Parse(input.ValueKind == JsonValueKind.Object ? input.EnumerateObject().First().Value.GetString()! : input.GetString()!,
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string? Age(JsonElement input) => input.ValueKind == JsonValueKind.Null
        ? null
        : HttpDate.FormatAge(TimeSpan.FromSeconds(double.Parse(input.ToString(), CultureInfo.InvariantCulture)));

    private static SetCookie Cookie(JsonElement input) => new(input.GetProperty("key").GetString()!, Text(input, "value") ?? "")
    {
        MaxAge = input.TryGetProperty("max_age", out var age) && age.ValueKind == JsonValueKind.Number ? TimeSpan.FromSeconds(age.GetDouble()) : null,
        Expires = input.TryGetProperty("expires", out var expires) && expires.ValueKind != JsonValueKind.Null
            ? expires.ValueKind == JsonValueKind.String ? HttpDate.Parse(expires.GetString()) : Moment(expires)
            : null,
        Path = input.TryGetProperty("path", out var path) ? path.GetString() : "/",
        Domain = Text(input, "domain"),
        Secure = Flag(input, "secure"),
        HttpOnly = Flag(input, "httponly"),
        SameSite = Text(input, "samesite"),
        Partitioned = Flag(input, "partitioned"),
    };

    internal static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;

    internal static bool Flag(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    private static JsonObject Dictionary(IEnumerable<KeyValuePair<string, string?>> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

    /// <summary>One spelling of a value: keys sorted, numbers without a needless fraction.</summary>
    private static string Canonical(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject fields => $"{{{string.Join(", ", fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}: {Canonical(field.Value)}"))}}}",
        JsonArray items => $"[{string.Join(", ", items.Select(Canonical))}]",
        _ when node.GetValueKind() == JsonValueKind.Number => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        _ => node.ToJsonString(),
    };
}
