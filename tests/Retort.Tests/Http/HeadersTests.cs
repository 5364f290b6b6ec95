using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Tests.Http;

public class HeadersTests
{
    [Fact]
    public void Names_compare_without_case_and_keep_their_spelling()
    {
        var headers = new Headers { { "X-One", "1" }, { "x-one", "2" } };
        Assert.Equal("1", headers["X-ONE"]);
        Assert.Equal(["1", "2"], headers.GetAll("x-One"));
        Assert.Equal("X-One: 1\r\nx-one: 2\r\n\r\n", headers.ToString());
    }

    [Fact]
    public void Set_replaces_every_line_where_the_first_stood()
    {
        var headers = new Headers { { "A", "1" }, { "B", "2" }, { "a", "3" } };
        headers.Set("a", "9");
        Assert.Equal([new("a", "9"), new("B", "2")], headers.ToList());
    }

    [Fact]
    public void Set_appends_what_was_not_there()
    {
        var headers = new Headers { { "A", "1" } };
        headers["B"] = "2";
        Assert.Equal("A: 1\r\nB: 2\r\n\r\n", headers.ToString());
    }

    [Fact]
    public void A_missing_header_is_a_400() => Assert.Equal("X", Assert.Throws<BadRequestKeyError>(() => new Headers()["X"]).Key);

    [Fact]
    public void SetDefault_keeps_what_is_there()
    {
        var headers = new Headers { { "A", "1" } };
        Assert.Equal("1", headers.SetDefault("a", "2"));
        Assert.Equal("3", headers.SetDefault("b", "3"));
    }

    [Fact]
    public void Remove_takes_every_line()
    {
        var headers = new Headers { { "A", "1" }, { "a", "2" } };
        Assert.True(headers.Remove("A"));
        Assert.False(headers.Remove("A"));
        Assert.Equal(0, headers.Count);
    }

    [Fact]
    public void Parameters_are_quoted_where_needed()
    {
        var headers = new Headers();
        headers.Add("Content-Disposition", "attachment", new Dictionary<string, object?> { ["filename"] = "a \"b\".txt", ["size"] = 5, ["none"] = null });
        Assert.Equal("attachment; filename=\"a \\\"b\\\".txt\"; size=5", headers["content-disposition"]);
    }

    [Theory]
    [InlineData("a\rb", "The header X cannot be set: its value has a line break at index 1. Remove or encode it first. (Parameter 'value')")]
    [InlineData("ab\n", "The header X cannot be set: its value has a line break at index 2. Remove or encode it first. (Parameter 'value')")]
    [InlineData("\0", "The header X cannot be set: its value has a NUL character at index 0. Remove or encode it first. (Parameter 'value')")]
    public void A_value_that_would_break_the_line_is_refused(string value, string message)
    {
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Headers().Add("X", value)).Message);
        Assert.Throws<ArgumentException>(() => new Headers().Set("X", value));
        Assert.Throws<ArgumentException>(() => new Headers([new("X", value)]));
    }

    [Theory]
    [InlineData("X\r\nY", "A header cannot be named 'X\\r\\nY': it has a line break at index 1. Use letters, digits and hyphens. (Parameter 'name')")]
    [InlineData("X:", "A header cannot be named 'X:': it has a colon at index 1. Use letters, digits and hyphens. (Parameter 'name')")]
    [InlineData("X Y", "A header cannot be named 'X Y': it has a space at index 1. Use letters, digits and hyphens. (Parameter 'name')")]
    public void A_name_that_would_break_the_line_is_refused(string name, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Headers().Add(name, "v")).Message);
}
