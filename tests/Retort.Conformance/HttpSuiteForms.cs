using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Conformance;

/// <summary>Requests with forms: what the app would see as form, files, args and values.</summary>
internal static class HttpSuiteForms
{
    public static JsonObject Form(JsonElement item)
    {
        var config = item.GetProperty("config");
        var limits = new FormLimits
        {
            MaxContentLength = Limit(config, "MAX_CONTENT_LENGTH", null),
            MaxMemorySize = Limit(config, "MAX_FORM_MEMORY_SIZE", 500_000),
            MaxParts = (int?)Limit(config, "MAX_FORM_PARTS", 1000),
        };
        var body = Body(item);
        try
        {
            using var form = FormParser.ParseAsync(new MemoryStream(body), item.GetProperty("content_type").GetString(), body.Length, limits).GetAwaiter().GetResult();
            var expect = item.GetProperty("expect");
            var answer = new JsonObject { ["status"] = 200, ["form"] = Fields(form.Fields, expect), ["files"] = Files(form.Files, expect) };
            var args = UrlEncoded.Parse(item.GetProperty("query").GetString());
            if (expect.TryGetProperty("args", out _)) answer["args"] = Pairs(args.Items());
            if (expect.TryGetProperty("values", out _)) answer["values"] = Pairs(args.Items().Concat(form.Fields.Items()));
            return answer;
        }
        catch (HttpException error)
        {
            return new() { ["status"] = error.Code };
        }
    }

    public static JsonNode Args(string query) => Pairs(UrlEncoded.Parse(query).Items());

    public static JsonArray Pairs(IEnumerable<KeyValuePair<string, string>> pairs) => new([.. pairs.Select(pair => new JsonArray(pair.Key, pair.Value))]);

    // A field without a name has the key None in Python and "" here, since no .NET dictionary has a null key.
    private static JsonArray Fields(MultiDict fields, JsonElement expect)
    {
        var pairs = fields.Items().Select(pair => new JsonArray(pair.Key, pair.Value)).ToArray();
        if (!expect.TryGetProperty("form", out var expected)) return new(pairs);
        foreach (var (pair, other) in pairs.Zip(expected.EnumerateArray()))
        {
            if (other[0].ValueKind == JsonValueKind.Null && pair[0]!.GetValue<string>().Length == 0) pair[0] = null;
            if (other[1].ValueKind == JsonValueKind.Array && Join(other[1]) == pair[1]!.GetValue<string>()) pair[1] = JsonNode.Parse(other[1].GetRawText());
        }
        return new(pairs);
    }

    private static JsonArray Files(MultiDict<FileStorage> files, JsonElement expect)
    {
        var expected = expect.TryGetProperty("files", out var recorded) ? recorded.EnumerateArray().ToArray() : [];
        return new([.. files.Items().Select((item, index) => File(item, index < expected.Length ? expected[index] : default))]);
    }

    private static JsonObject File(KeyValuePair<string, FileStorage> item, JsonElement expected)
    {
        using var content = new MemoryStream();
        item.Value.CopyTo(content);
        var file = Describe(item, content.ToArray());
        if (expected.ValueKind == JsonValueKind.Object && expected.TryGetProperty("pieces", out var pieces) && Join(pieces) == Encoding.UTF8.GetString(content.ToArray()))
        {
            file.Remove("b64");
            file["pieces"] = JsonNode.Parse(pieces.GetRawText());
        }
        return file;
    }

    private static JsonObject Describe(KeyValuePair<string, FileStorage> item, byte[] content)
    {
        return new()
        {
            ["field"] = item.Key,
            ["filename"] = item.Value.FileName,
            ["content_type"] = item.Value.ContentType,
            ["headers"] = new JsonArray([.. item.Value.Headers.Select(header => (header.Key.ToLowerInvariant(), header.Value)).Order().Select(header => new JsonArray(header.Item1, header.Value))]),
            ["b64"] = Convert.ToBase64String(content),
        };
    }

    private static long? Limit(JsonElement config, string name, long? otherwise) =>
        !config.TryGetProperty(name, out var limit) ? otherwise : limit.ValueKind == JsonValueKind.Null ? null : limit.GetInt64();

    private static byte[] Body(JsonElement item) => item.TryGetProperty("body_b64", out var encoded)
        ? encoded.GetBytesFromBase64()
        : item.TryGetProperty("body_pieces", out var pieces) ? Encoding.UTF8.GetBytes(Join(pieces)) : [];

    private static string Join(JsonElement pieces) => string.Concat(pieces.EnumerateArray().Select(piece => piece.ValueKind == JsonValueKind.String
        ? piece.GetString()!
        : string.Concat(Enumerable.Repeat(piece.GetProperty("repeat").GetString()!, piece.GetProperty("times").GetInt32()))));
}
