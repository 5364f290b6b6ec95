using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using Retort.Testing;

namespace Retort.Toolbar.Tests;

/// <summary>Where the queries of a request come from.</summary>
public sealed class QueryTests
{
    static QueryTests() => SQLitePCL.Batteries_V2.Init();

    [Fact]
    public async Task A_query_that_is_told_of_is_shown_with_its_parameters_and_the_line_it_came_from()
    {
        var app = Page(() => QueryRecorder.Record("select * from notes where id = @id", TimeSpan.FromMilliseconds(3.25), [new("@id", 7), new("@password", "PROOF"), new("@name", "Jo's"), new("@none", null)]));
        var client = app.TestClient();
        var page = await client.Get("/page");
        Assert.Equal("1 query, 3.25 ms", Subtitle(page));
        var text = await Toolbars.Read(client, page, "SQL");
        Assert.Contains("select * from notes where id = @id", text, StringComparison.Ordinal);
        Assert.Contains("@id = 7, @password = ********, @name = \"Jo's\", @none = null", text, StringComparison.Ordinal);
        Assert.Matches(@"QueryTests\.cs:\d+ ", text);
    }

    [Fact]
    public async Task A_watched_connection_tells_of_each_command_as_it_is_run()
    {
        IReadOnlyList<RecordedQuery> recorded = [];
        var app = Page(async () =>
        {
            using var db = QueryRecorder.Watch(new SqliteConnection("Data Source=:memory:"));
            await db.OpenAsync();
            using (var transaction = await db.BeginTransactionAsync())
            {
                await db.ExecuteAsync("create table notes (id integer primary key, text text)", transaction: transaction);
                db.Execute("insert into notes (text) values (@text)", new { text = "milk" }, transaction);
                await transaction.CommitAsync();
            }
            Assert.Equal(1L, await db.ExecuteScalarAsync<long>("select count(*) from notes"));
            Assert.Equal(["milk"], db.Query<string>("select text from notes where id = @id", new { id = 1 }));
            Assert.Equal(["milk"], await db.QueryAsync<string>("select text from notes"));
            Assert.Throws<SqliteException>(() => db.Execute("select from"));
            recorded = QueryRecorder.RecordedQueries;
        });
        Assert.Equal("6 queries", Subtitle(await app.TestClient().Get("/page"))!.Split(',')[0]);
        Assert.Equal(["create table notes (id integer primary key, text text)", "insert into notes (text) values (@text)", "select count(*) from notes", "select text from notes where id = @id", "select text from notes", "select from"],
            recorded.Select(query => query.Statement));
        Assert.Equal([new("text", "\"milk\"")], recorded[1].Parameters.Select(parameter => KeyValuePair.Create(parameter.Key.TrimStart('@'), parameter.Value)));
        Assert.Contains("syntax error", recorded[5].Error, StringComparison.Ordinal);
        Assert.All(recorded.Take(5), query => Assert.Null(query.Error));
    }

    [Fact]
    public async Task Entity_Framework_Core_is_heard_by_its_diagnostics()
    {
        using var entityFramework = new DiagnosticListener("Microsoft.EntityFrameworkCore");
        var app = Page(() =>
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1 WHERE 1 = $p";
            command.Parameters.AddWithValue("$p", "one");
            Tell("CommandExecuting", new { Command = (DbCommand)command, Duration = TimeSpan.Zero });
            Tell("CommandExecuted", new { Command = (DbCommand)command, Duration = TimeSpan.FromMilliseconds(12) });
            Tell("CommandError", new { Command = (DbCommand)command, Duration = TimeSpan.FromMilliseconds(1), Exception = new InvalidOperationException("no <table>") });
        });
        var client = app.TestClient();
        var page = await client.Get("/page");
        Assert.Equal("2 queries, 13.0 ms", Subtitle(page));
        var text = await Toolbars.Read(client, page, "SQL");
        Assert.Contains("SELECT 1 WHERE 1 = $p", text, StringComparison.Ordinal);
        Assert.Contains("$p = \"one\"", text, StringComparison.Ordinal);
        Assert.Contains("no <table>", text, StringComparison.Ordinal);

        void Tell(string name, object told)
        {
            if (entityFramework.IsEnabled("Microsoft.EntityFrameworkCore.Database.Command." + name))
                entityFramework.Write("Microsoft.EntityFrameworkCore.Database.Command." + name, told);
        }
    }

    [Theory]
    [InlineData("db.query.text")]
    [InlineData("db.statement")]
    public async Task A_driver_is_heard_by_its_activities_and_what_Entity_Framework_told_of_already_counts_once(string tag)
    {
        using var driver = new ActivitySource("Npgsql");
        using var entityFramework = new DiagnosticListener("Microsoft.EntityFrameworkCore");
        IReadOnlyList<RecordedQuery> recorded = [];
        var app = Page(() =>
        {
            Run("select 1");
            using var connection = new SqliteConnection("Data Source=:memory:");
            using var command = connection.CreateCommand();
            command.CommandText = "select 2";
            Run("select 2");
            entityFramework.Write("Microsoft.EntityFrameworkCore.Database.Command.CommandExecuted", new { Command = (DbCommand)command, Duration = TimeSpan.Zero });
            entityFramework.Write("Microsoft.EntityFrameworkCore.Database.Command.CommandExecuted", new { Command = (DbCommand)command, Duration = TimeSpan.Zero });
            Run("select 2");
            Run("select 2");
            recorded = QueryRecorder.RecordedQueries;
        });
        await app.TestClient().Get("/page");
        Assert.Equal(["select 1", "select 2", "select 2", "select 2"], recorded.Select(query => query.Statement));
        Assert.Null(driver.StartActivity("outside"));

        void Run(string statement)
        {
            using var activity = driver.StartActivity("query");
            Assert.NotNull(activity);
            activity.SetTag(tag, statement);
        }
    }

    [Fact]
    public async Task A_statement_that_is_repeated_is_pointed_at()
    {
        var app = Page(() =>
        {
            for (var i = 0; i < 4; i++)
                QueryRecorder.Record("select name from authors where id = @id", TimeSpan.FromMilliseconds(1), [new("@id", i)]);
        });
        Assert.Contains("4 times the same statement, 4.0 ms:", await Toolbars.Read(app, "SQL", "/page"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_thousand_are_counted_and_not_kept()
    {
        var app = Page(() =>
        {
            for (var i = 0; i < 1_010; i++)
                QueryRecorder.Record("select 1", TimeSpan.Zero, location: "here");
        });
        var client = app.TestClient();
        var page = await client.Get("/page");
        Assert.StartsWith("1010 queries", Subtitle(page), StringComparison.Ordinal);
        Assert.Contains("10 more are not kept.", await Toolbars.Read(client, page, "SQL"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_recorded_nothing_is_wrapped()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        Assert.Same(connection, QueryRecorder.Watch(connection));
        var isRecording = true;
        foreach (var app in new[]
        {
            Toolbars.Make(debug: false), Toolbars.Make((app, _) => app.Config["SQLALCHEMY_RECORD_QUERIES"] = false),
        })
        {
            app.Get("/page", () =>
            {
                isRecording = QueryRecorder.IsRecording || !ReferenceEquals(connection, QueryRecorder.Watch(connection));
                QueryRecorder.Record("select 1", TimeSpan.Zero);
                Assert.Empty(QueryRecorder.RecordedQueries);
                return Toolbars.Page;
            });
            Assert.Equal(200, (await app.TestClient().Get("/page")).StatusCode);
            Assert.False(isRecording);
        }
    }

    private static App Page(Action act) => Toolbars.Make((app, _) => app.Get("/page", () =>
    {
        act();
        return Toolbars.Page;
    }));

    private static App Page(Func<Task> act) => Toolbars.Make((app, _) => app.Get("/page", async Task<string> () =>
    {
        await act();
        return Toolbars.Page;
    }));

    private static string? Subtitle(TestResponse page) => Toolbars.PanelsOf(page)!.Single(panel => panel.Title == "SQL").Subtitle;
}
