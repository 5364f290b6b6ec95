using Retort.Development;

namespace Retort.Tests.Development;

public sealed class DebuggerHostsTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5000")]
    [InlineData("app.localhost")]
    [InlineData("a.b.localhost:80")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("[::1]")]
    [InlineData("[::1]:5000")]
    [InlineData("dev.example")]
    [InlineData("dev.example:1")]
    [InlineData("team.example")]
    [InlineData("x.team.example")]
    public void Names_of_this_machine_and_configured_ones_are_trusted(string host) => Assert.True(DebuggerHosts.IsTrusted(host, ["dev.example", ".team.example"]));

    [Theory]
    [InlineData("evil.test")]
    [InlineData("localhost.evil.test")]
    [InlineData("evillocalhost")]
    [InlineData("127.0.0.1.evil.test")]
    [InlineData("127.0.0.2")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("[::2]")]
    [InlineData("xdev.example")]
    [InlineData("x.dev.example")]
    [InlineData("xteam.example")]
    public void Cve_2024_34069_others_are_not(string host) => Assert.False(DebuggerHosts.IsTrusted(host, ["dev.example", ".team.example"]));

    [Theory]
    [InlineData("a b")]
    [InlineData("a/../b")]
    [InlineData("evil@localhost")]
    [InlineData("localhost@evil.test")]
    [InlineData("")]
    [InlineData("localhost:99999")]
    [InlineData("localhost:")]
    [InlineData("localhost, evil.test")]
    [InlineData("localhost\\evil.test")]
    [InlineData("localhost\0")]
    public void Row_21_what_is_no_host_is_trusted_by_no_one(string host) => Assert.False(DebuggerHosts.IsTrusted(host, [".test"]));
}
