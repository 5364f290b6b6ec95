using Microsoft.Data.Sqlite;
using Retort;
using Retort.Testing;

namespace Flaskr.Tests;

/// <summary>A blog of its own for each test: a new database with two users and a post, and a browser.</summary>
public sealed class Site : AppFixture
{
    protected override App CreateApp()
    {
        Settings["DATABASE"] = Path.Combine(Folder, "blog.sqlite");
        var app = Application.Create(Settings.AsReadOnly());
        var seed = Path.Combine(Folder, "seed.sql");
        File.WriteAllText(seed, """
            INSERT INTO user (username, password) VALUES ('other', 'nobody can log in with this');
            INSERT INTO post (title, body, author_id, created) VALUES ('test title', 'test' || char(10) || 'body', 1, '2018-01-01 00:00:00');
            """);
        app.TestCliRunner().Invoke("init-db", "--seed", seed);
        return app;
    }

    public async Task LogIn(string username = "ann", string password = "secret")
    {
        await Client.Post("/auth/register", form: new { username, password });
        await Client.Post("/auth/login", form: new { username, password });
    }

    public override async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        await base.DisposeAsync();
    }
}
