using Retort.Hosting;

namespace Retort.Tests.Hosting;

/// <summary>Rows 97 and 98 of the field's record: what is done about an ASP.NET Core that is known to be vulnerable.</summary>
public sealed class RuntimeVersionTests
{
    [Theory]
    [InlineData("10.0.0-rc.1.25451.107")]
    [InlineData("10.0.0-preview.7")]
    [InlineData("9.0.9")]
    [InlineData("8.0.20")]
    public void Cve_2025_55315_a_version_that_lets_requests_be_smuggled_is_refused(string version)
    {
        var error = Assert.Throws<HostError>(() => RuntimeVersion.Check(version, TextWriter.Null));
        Assert.StartsWith($"cannot serve on ASP.NET Core {version}: a client can smuggle requests past it (CVE-2025-55315). Install ASP.NET Core ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0")]
    [InlineData("10.0.6")]
    [InlineData("10.0.7-servicing.1")]
    public void A_version_with_a_published_hole_is_warned_of_with_the_version_that_closed_it(string version)
    {
        using var output = new StringWriter();
        RuntimeVersion.Check(version, output);
        Assert.Equal($"Warning: ASP.NET Core {version} has a published vulnerability (CVE-2026-40372). Install ASP.NET Core 10.0.7 or later: https://dotnet.microsoft.com/download/dotnet/10.0", output.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("10.0.7")]
    [InlineData("10.0.12")]
    [InlineData("10.1.0")]
    [InlineData("9.0.10")]
    [InlineData("8.0.21")]
    [InlineData("11.0.0-preview.1")]
    [InlineData("not a version")]
    public void Others_are_served_without_a_word(string version) => Assert.Equal(new RuntimeVersion(null, null), RuntimeVersion.Judge(version));

    [Fact]
    public void The_running_version_is_a_version_that_can_be_judged() => Assert.Matches("^[0-9]+[.][0-9]+[.][0-9]+", RuntimeVersion.Running);
}
