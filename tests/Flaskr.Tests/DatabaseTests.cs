using System.Data;
using static Retort.Globals;

namespace Flaskr.Tests;

public sealed class DatabaseTests
{
    [Fact]
    public void The_command_says_that_the_database_is_there()
    {
        using var site = new Site();
        var result = site.Runner.Invoke("init-db");
        Assert.Equal("Initialized the database.", result.Output.Trim());
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void A_context_has_one_connection_and_closes_it()
    {
        using var site = new Site();
        IDbConnection connection;
        using (site.App.AppContext())
        {
            connection = Database.Connection();
            Assert.Same(connection, Database.Connection());
            Assert.True(G.Contains("db"));
        }
        Assert.Equal(ConnectionState.Closed, connection.State);
    }
}
