using Retort.Development.Reloading;

namespace Retort.Tests.Development.Reloading;

public sealed class FilePatternsTests
{
    [Theory]
    [InlineData("*.log", "/a/b/x.log", true)]
    [InlineData("*.log", "/a/b/x.logs", false)]
    [InlineData("/a/*", "/a/b/c.txt", true)]
    [InlineData("x.txt", "/a/x.txt", true)]
    [InlineData("a/x.txt", "/a/x.txt", false)]
    [InlineData("?.txt", "/a/x.txt", true)]
    [InlineData("?.txt", "/a/xy.txt", false)]
    [InlineData("[ab].txt", "/a.txt", true)]
    [InlineData("[!ab].txt", "/c.txt", true)]
    [InlineData("[!ab].txt", "/a.txt", false)]
    [InlineData("[a-c].txt", "/b.txt", true)]
    [InlineData("[]].txt", "/].txt", true)]
    [InlineData("[^].txt", "/^.txt", true)]
    [InlineData("[a.txt", "/[a.txt", true)]
    [InlineData("x.y", "/xzy", false)]
    [InlineData("a(+", "/a(+", true)]
    public void Patterns_match_as_fnmatch_does(string pattern, string path, bool expected) => Assert.Equal(expected, new FilePatterns([pattern]).Match(path));

    [Fact]
    public void Any_of_several_patterns_will_do()
    {
        var patterns = new FilePatterns(["*.log", "*/cache/*"]);
        Assert.True(patterns.Match("/x/cache/y"));
        Assert.True(patterns.Match("/x.log"));
        Assert.False(patterns.Match("/x/y"));
        Assert.False(new FilePatterns([]).Match("/x"));
    }
}
