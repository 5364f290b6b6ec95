using Retort.Development;

namespace Retort.Tests.Development;

public sealed class ValueTextTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, "null" },
        { "a\"b\n", "\"a\\\"b\\n\"" },
        { 'x', "'x'" },
        { 1.5, "1.5" },
        { true, "true" },
        { DayOfWeek.Monday, "DayOfWeek.Monday" },
        { new List<int> { 1, 2 }, "[1, 2]" },
        { (1, "a"), "(1, \"a\")" },
        { new Dictionary<string, object?> { ["a"] = 1 }, "{ \"a\": 1 }" },
        { new { Id = 1, Name = "x" }, "{ Id = 1, Name = \"x\" }" },
        { new Note("milk", "p"), "Note { Title = \"milk\", Password = ******** }" },
        { typeof(int), "typeof(System.Int32)" },
        { new byte[] { 1, 255 }, "byte[2] 01ff" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_read_as_in_code(object? value, string expected) => Assert.Equal(expected, ValueText.Of(value));

    [Fact]
    public void Long_and_endless_values_are_cut()
    {
        Assert.StartsWith("\"aaa", ValueText.Of(new string('a', 5_000)), StringComparison.Ordinal);
        Assert.EndsWith("… (5000 characters)", ValueText.Of(new string('a', 5_000)), StringComparison.Ordinal);
        Assert.EndsWith("…]", ValueText.Of(Enumerable.Repeat(1, int.MaxValue)), StringComparison.Ordinal);
        var knot = new List<object>();
        knot.Add(knot);
        Assert.Equal("[(itself)]", ValueText.Of(knot));
    }

    [Fact]
    public void A_value_that_fails_says_so() => Assert.Equal("(could not be read: InvalidOperationException: broken)", ValueText.Of(new Broken()));

    [Theory]
    [InlineData("SECRET_KEY")]
    [InlineData("api_key")]
    [InlineData("DB_PASSWORD")]
    [InlineData("AccessToken")]
    [InlineData("SQLALCHEMY_CONNECTION_STRING")]
    [InlineData("ConnectionString")]
    public void Secrets_are_hidden_by_their_names(string name) => Assert.Equal("********", ValueText.Of(name, "hunter2"));

    [Theory]
    [InlineData("redis://:hunter2@cache/0", "\"redis://:********@cache/0\"")]
    [InlineData("Host=db;Username=u;Password=hunter2;Database=d", "\"Host=db;Username=u;Password=********;Database=d\"")]
    [InlineData("postgresql://u:hunter2@db/x", "\"postgresql://u:********@db/x\"")]
    public void Passwords_inside_of_addresses_are_hidden(string value, string shown) => Assert.Equal(shown, ValueText.Of("DATABASE", value));

    private sealed record Note(string Title, string Password);

    private sealed class Broken
    {
        public override string ToString() => throw new InvalidOperationException("broken");
    }
}
