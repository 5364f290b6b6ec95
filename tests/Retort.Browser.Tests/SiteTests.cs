using System.Text.Json.Nodes;
using Retort.Site;
using Retort.Tests.Shared;

namespace Retort.Browser.Tests;

/// <summary>The documentation site in a browser, opened from a folder without a server.</summary>
public sealed class SiteTests
{
    [Fact]
    public void The_search_is_used_with_the_keyboard_alone()
    {
        var seen = See("siteSearch");
        Assert.Equal(("Globals.UrlFor", "Globals.UrlFor", "found-0", "api/Retort.Globals.html#UrlFor"), ((string)seen["first"]!, (string)seen["chosen"]!, (string)seen["active"]!, (string)seen["led"]!));
        Assert.True((bool)seen["closed"]!);
        Assert.Equal(("search.html?q=session", "Sessions", "session - Search - Retort"), ((string)seen["all"]!["at"]!, (string)seen["all"]!["first"]!, (string)seen["all"]!["title"]!));
    }

    [Theory]
    [InlineData("sitePhone")]
    [InlineData("siteScriptless")]
    public void On_a_phone_the_contents_open_and_lead_on_with_scripts_and_without(string scenario)
    {
        var seen = See(scenario);
        Assert.Equal((false, true, "routing.html", "Routing"), ((bool)seen["before"]!, (bool)seen["open"]!, (string)seen["at"]!, (string)seen["heading"]!));
        if (scenario != "siteScriptless")
            return;
        Assert.Contains("Searching needs JavaScript", (string)seen["hint"]!, StringComparison.Ordinal);
        Assert.False((bool)seen["search"]!);
    }

    [Fact]
    public void No_page_is_wider_than_its_window_light_or_dark_wide_or_on_a_phone()
    {
        using var folder = new PictureFolder("sitePictures");
        Assert.Empty(See("sitePictures", folder.Name)["wide"]!.AsArray());
        Assert.Equal(36, folder.Pictures.Length);
    }

    private static JsonNode See(string scenario, string pictures = "")
    {
        Browser.Require();
        var folder = Directory.CreateTempSubdirectory("retort-site-").FullName;
        try
        {
            StaticSite.Build(new SiteOptions(Repository.Root)).WriteTo(folder);
            return Browser.See(scenario, new Uri(folder).AbsoluteUri, folder: pictures);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
