using System.Globalization;
using Retort.Routing;
using Retort.Tests.Shared;

namespace Retort.Tests.Routing;

public class SimilarityTests
{
    [Theory]
    [InlineData("", "", 1.0)]
    [InlineData("abc", "abc", 1.0)]
    [InlineData("abc", "xyz", 0.0)]
    [InlineData("abcd", "bcde", 0.75)]
    public void The_ratio_is_twice_the_common_text_over_both_lengths(string one, string other, double ratio) => Assert.Equal(ratio, Similarity.Ratio(one, other));

    [Fact]
    public void The_ratio_is_difflibs()
    {
        string[] words = ["show_note", "show_nots", "note_show", "auth.login", "auth.logout", "aabaab", "abaaba", "index", "blog.index", "oo_oo"];
        var pairs = words.SelectMany(one => words.Select(other => (one, other))).ToList();
        var output = Repository.Python(
            "import difflib, sys\nw = sys.argv[1:]\nprint(*[difflib.SequenceMatcher(None, a, b).ratio() for a in w for b in w])", ["difflib"], words);
        Assert.Equal(output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture)), pairs.Select(pair => Similarity.Ratio(pair.one, pair.other)));
    }
}
