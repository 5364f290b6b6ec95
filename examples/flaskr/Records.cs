namespace Flaskr;

public sealed record User(long Id, string Username, string Password);

/// <summary>A post with its author. Dapper fills it by name, because SQLite gives times as text.</summary>
public sealed class Post
{
    public long Id { get; init; }

    public string Title { get; init; } = "";

    public string Body { get; init; } = "";

    public DateTime Created { get; init; }

    public long AuthorId { get; init; }

    public string Username { get; init; } = "";
}
