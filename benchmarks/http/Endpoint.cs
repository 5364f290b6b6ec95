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
        new("variables", "/users/alice/posts/42", "alice wrote post 42"),
        new("session", "/counter", "1") { NeedsFramework = true },
        new("page", "/page", null) { NeedsFramework = true },
        new("static", "/static/4k.txt", null) { NeedsFramework = true },
        new("missing", "/nothing/here", null) { Status = 404 },
    ];

    public int Status { get; private init; } = 200;

    /// <summary>Whether bare Kestrel has nothing for it.</summary>
    public bool NeedsFramework { get; private init; }

    /// <summary>Whether the server keeps a counter in a cookie, which the load sends back.</summary>
    public bool HasSession => Name == "session";
}
