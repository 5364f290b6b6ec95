using System.Net.Http.Headers;

namespace Retort.Benchmarks.Http;

/// <summary>One thing that is asked of every server.</summary>
/// <param name="Name">The row in the table.</param>
/// <param name="Path">What is requested.</param>
/// <param name="Body">What every server has to answer, without white space at its ends; null when that is each server's own.</param>
internal sealed record Endpoint(string Name, string Path, string? Body)
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("plaintext", "/plaintext", "Hello, World!"),
        new("json", "/json", """{"message":"Hello, World!"}"""),
        new("number", "/posts/42", "post 42"),
        new("variables", "/users/alice/posts/42", "alice wrote post 42"),
        new("query", "/search?q=caf%C3%A9+au+lait&page=3", "café au lait, page 3"),
        new("echo", "/echo", """{"name":"Alice","age":42,"tags":["a","b"]}""") { ContentType = "application/json", Content = """{"name": "Alice", "age": 42, "tags": ["a", "b"]}""" },
        new("form", "/form", "Alice is 42") { ContentType = "application/x-www-form-urlencoded", Content = "name=Alice&age=42&city=K%C3%B6ln" },
        new("last of 500", "/area/499/items/7", "item 7 of area 499"),
        new("session", "/counter", "1") { NeedsFramework = true },
        new("page", "/page", null) { NeedsFramework = true },
        new("static", "/static/4k.txt", null) { NeedsFramework = true },
        new("missing", "/nothing/here", null) { Status = 404 },
    ];

    public int Status { get; private init; } = 200;

    /// <summary>What is posted; null for a GET.</summary>
    public string? Content { get; private init; }

    public string? ContentType { get; private init; }

    /// <summary>The request that asks for it.</summary>
    public HttpRequestMessage Request(string baseUrl, string? cookie)
    {
        var request = new HttpRequestMessage(Content is null ? HttpMethod.Get : HttpMethod.Post, baseUrl + Path);
        if (Content is not null)
            request.Content = new StringContent(Content, new MediaTypeHeaderValue(ContentType!));
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        return request;
    }

    /// <summary>Whether bare Kestrel has nothing for it.</summary>
    public bool NeedsFramework { get; private init; }

    /// <summary>Whether the server keeps a counter in a cookie, which the load sends back.</summary>
    public bool HasSession => Name == "session";
}
