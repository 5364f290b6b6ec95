using Microsoft.Data.Sqlite;
using Retort;
using Retort.Testing;

namespace Flaskr.Tests;

/// <summary>A blog of its own for each test: a new database with two users and a post, and a browser.</summary>
public sealed class Site : IDisposable
{
    private readonly string _database = Path.GetTempFileName();

    public Site()
    {
        App = Application.Create(new Dictionary<string, object?> { ["TESTING"] = true, ["SECRET_KEY"] = "a key for tests", ["DATABASE"] = _database });
        Client = App.TestClient();
        var seed = Path.GetTempFileName();
        File.WriteAllText(seed, """
            INSERT INTO user (username, password) VALUES ('other', 'nobody can log in with this');
            INSERT INTO post (title, body, author_id, created) VALUES ('test title', 'test' || char(10) || 'body', 1, '2018-01-01 00:00:00');
            """);
        Setup = App.TestCliRunner().Invoke("init-db", "--seed", seed);
        File.Delete(seed);
    }

    public App App { get; }

    public TestClient Client { get; }

    /// <summary>What the command that made the database printed.</summary>
    public CliResult Setup { get; }

    public async Task LogIn(string username = "ann", string password = "secret")
    {
        await Client.Post("/auth/register", form: new { username, password });
        await Client.Post("/auth/login", form: new { username, password });
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(_database);
    }
}
