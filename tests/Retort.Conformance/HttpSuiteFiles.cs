using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Conformance;

/// <summary>Requests answered by <c>send_file</c>: a hundred digits, modified at Unix time 1700000000, from a file or from memory.</summary>
internal static class HttpSuiteFiles
{
    private static readonly string[] Compared =
    [
        "Content-Type", "Content-Length", "Content-Range", "Accept-Ranges", "ETag", "Last-Modified", "Cache-Control", "Content-Disposition", "Expires", "Content-Encoding",
    ];

    private static readonly byte[] Content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789", 10)));

    public static JsonObject SendFile(JsonElement item)
    {
        var arguments = item.GetProperty("send_file");
        var request = Request(item);
        var (status, headers, body) = Answer(File(arguments), Options(arguments), request);
        var answer = new JsonObject
        {
            ["status"] = status,
            ["headers"] = new JsonObject(Compared.Where(headers.Contains).Select(name => KeyValuePair.Create<string, JsonNode?>(name, headers[name]))),
        };
        if (item.GetProperty("expect").TryGetProperty("body_b64", out _)) answer["body_b64"] = Convert.ToBase64String(request.Method == "HEAD" ? [] : body);
        return answer;
    }

    private static (int Status, Headers Headers, byte[] Body) Answer(FileToSend file, SendFileOptions options, ConditionalHeaders request)
    {
        try
        {
            var plan = Http.SendFile.Plan(file, options, request, DateTimeOffset.UtcNow);
            return (plan.Status, plan.Headers, Content.AsSpan((int)plan.Offset, (int)(plan.Count ?? Content.Length - plan.Offset)).ToArray());
        }
        catch (HttpException error)
        {
            return Page(error);
        }
        catch (ArgumentException)
        {
            return Page(new InternalServerError());
        }
    }

    private static (int Status, Headers Headers, byte[] Body) Page(HttpException error)
    {
        var body = Encoding.UTF8.GetBytes(error.GetBody());
        var headers = error.GetHeaders();
        headers.Set("Content-Length", FormattableString.Invariant($"{body.Length}"));
        return (error.Code, headers, body);
    }

    private static FileToSend File(JsonElement arguments)
    {
        var source = arguments.GetProperty("src").GetString()!;
        return source == "bytesio"
            ? new FileToSend(null, Content.Length)
            : new FileToSend($"/srv/files/{source}", Content.Length, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
    }

    private static SendFileOptions Options(JsonElement arguments) => new()
    {
        Mimetype = HttpSuite.Text(arguments, "mimetype"),
        AsAttachment = HttpSuite.Flag(arguments, "as_attachment"),
        DownloadName = HttpSuite.Text(arguments, "download_name"),
        Conditional = !arguments.TryGetProperty("conditional", out var conditional) || conditional.GetBoolean(),
        ETag = arguments.TryGetProperty("etag", out var etag) && etag.ValueKind == JsonValueKind.String ? etag.GetString() : null,
        UseETag = !arguments.TryGetProperty("etag", out var use) || use.ValueKind != JsonValueKind.False,
        LastModified = arguments.TryGetProperty("last_modified", out var modified) && modified.ValueKind == JsonValueKind.Number
            ? DateTimeOffset.FromUnixTimeSeconds((long)modified.GetDouble())
            : null,
        MaxAge = arguments.TryGetProperty("max_age", out var age) && age.ValueKind == JsonValueKind.Number ? age.GetInt32() : null,
    };

    private static ConditionalHeaders Request(JsonElement item)
    {
        var headers = new Headers(item.GetProperty("headers").EnumerateObject().Select(header => KeyValuePair.Create(header.Name, header.Value.GetString()!)));
        return new()
        {
            Method = item.GetProperty("method").GetString()!,
            IfMatch = headers.Get("If-Match"),
            IfNoneMatch = headers.Get("If-None-Match"),
            IfModifiedSince = headers.Get("If-Modified-Since"),
            IfRange = headers.Get("If-Range"),
            Range = headers.Get("Range"),
        };
    }
}
