namespace Retort.Signing.Tests;

public class SessionIdentifierTests
{
    [Fact]
    public void An_identifier_is_that_of_Flask_Login() => Assert.Equal(
        "4b58f43e05616ba2eb7be4c7562bf7fa83800cb050c056542e579ea984440fb8f43632cd4831c0bfc235ad551c1fbeb6a35217a1b0ed9bd70527febbaacc2293",
        SessionIdentifier.Create("127.0.0.1", null, "Mozilla/5.0"));

    [Fact]
    public void The_first_forwarded_address_counts_instead_of_the_remote_one() =>
        Assert.Equal(SessionIdentifier.Create("203.0.113.9", null, "x"), SessionIdentifier.Create("10.0.0.1", " 203.0.113.9 , 10.0.0.1", "x"));

    [Fact]
    public void A_header_that_is_empty_differs_from_one_that_is_missing() =>
        Assert.NotEqual(SessionIdentifier.Create("::1", null, ""), SessionIdentifier.Create("::1", null, null));
}
