using Dapper;
using Microsoft.Data.Sqlite;
using Retort;
using static Retort.Globals;

namespace Flaskr;

/// <summary>One connection a request, opened when it is first asked for and closed when the request ends.</summary>
public static class Database
{
    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public static void InitApp(App app)
    {
        app.TeardownAppContext(Close);
        app.Cli.Command("init-db", InitDb, "Clear the existing data and create new tables.");
    }

    public static SqliteConnection Connection() => G.SetDefault("db", () =>
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = CurrentApp.Config.Get("DATABASE", ""), ForeignKeys = true }.ToString());
        connection.Open();
        return connection;
    });

    private static void Close() => G.Pop<SqliteConnection>("db")?.Dispose();

    private static void InitDb(string? seed = null)
    {
        using var schema = new StreamReader(typeof(Database).Assembly.GetManifestResourceStream("schema.sql")!);
        Connection().Execute(schema.ReadToEnd());
        if (seed is not null)
            Connection().Execute(File.ReadAllText(seed));
        Console.WriteLine("Initialized the database.");
    }
}
