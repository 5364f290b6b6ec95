using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Retort.Tests.Shared;

namespace Retort.Site.Tests;

/// <summary>The site of this repository, built once for all tests that look at it.</summary>
internal static partial class BuiltSite
{
    private static readonly Lazy<StaticSite> Built = new(() => StaticSite.Build(new SiteOptions(Repository.Root)));

    public static StaticSite Site => Built.Value;

    /// <summary>The pages with their text, by path.</summary>
    public static IEnumerable<(string Path, string Html)> Pages =>
        Site.Files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)).Select(file => (file.Key, Encoding.UTF8.GetString(file.Value)));

    /// <summary>What links, scripts, styles and images of a page point at.</summary>
    public static IEnumerable<string> Targets(string html) => Address().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));

    public static IReadOnlyList<string> Ids(string html) => [.. Id().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    [GeneratedRegex("<[^>]* id=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex("<[^>]* (?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Address();
}
