using Retort.Hosting;
using Retort.Testing;

namespace Retort.Tests.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData(null, null, false, "", "127.0.0.1", 5000)]
    [InlineData(null, null, false, "PORT=8080", "0.0.0.0", 8080)]
    [InlineData(null, null, false, "ASPNETCORE_HTTP_PORTS=8080;8081", "0.0.0.0", 8080)]
    [InlineData(null, null, false, "PORT=1 ASPNETCORE_HTTP_PORTS=2", "0.0.0.0", 1)]
    [InlineData(null, null, false, "PORT= ASPNETCORE_HTTP_PORTS=2", "0.0.0.0", 2)]
    [InlineData(null, 7000, false, "PORT=8080", "127.0.0.1", 7000)]
    [InlineData("::", null, false, "PORT=8080", "::", 8080)]
    [InlineData("::", 7000, false, "PORT=8080", "::", 7000)]
    [InlineData("", null, false, "", "127.0.0.1", 5000)]
    [InlineData(null, null, true, "PORT=8080", "127.0.0.1", 8080)]
    [InlineData(null, 0, false, "", "127.0.0.1", 0)]
    public void What_was_asked_for_comes_before_the_environment_and_errors_are_for_this_machine_alone(string? host, int? port, bool debug, string environment, string address, int number) =>
        Assert.Equal((address, number), ListenAddress.Of(host, port, debug, Variables(environment)));

    [Fact]
    public void A_port_that_is_none_is_told_with_where_it_came_from()
    {
        Assert.Equal("the environment variable PORT cannot be used: '80a' is no port. Give a number from 0 to 65535, or --port.",
            Assert.Throws<UsageError>(() => ListenAddress.Of(null, null, false, Variables("PORT=80a"))).Message);
        Assert.Equal("'70000' is not a value for --port: give a number from 0 to 65535.", Assert.Throws<UsageError>(() => ListenAddress.Of(null, 70_000, false, Variables(""))).Message);
    }

    [Fact]
    public void The_help_says_where_an_app_listens_when_nobody_says_it()
    {
        var help = Apps.Make().TestCliRunner().Invoke("run", "--help").Output;
        Assert.Contains("Where to listen. [default: 127.0.0.1; PORT: 0.0.0.0]", help, StringComparison.Ordinal);
        Assert.Contains("The port. [default: the variable PORT, or 5000]", help, StringComparison.Ordinal);
        Assert.Contains("--port INTEGER", help, StringComparison.Ordinal);
    }

    private static Func<string, string?> Variables(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return variables.GetValueOrDefault;
    }
}
