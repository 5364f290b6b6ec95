using Retort.Testing;

namespace Retort.Forms.Tests;

/// <summary>Makes small apps for tests.</summary>
internal static class Apps
{
    public const string Key = "test key of some length";

    public static App Make() => new("test", rootPath: Path.GetTempPath()) { StaticFolder = null, TemplateFolder = null, SecretKey = Key, Testing = true };

    /// <summary>What a form gives inside a request.</summary>
    public static T InRequest<T>(Func<T> make)
    {
        using var context = Make().TestRequestContext();
        return make();
    }

    /// <summary>The hidden token in a page.</summary>
    public static string TokenIn(string page)
    {
        const string before = "name=\"csrf_token\" type=\"hidden\" value=\"";
        var start = page.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return page[start..page.IndexOf('"', start)];
    }

    /// <summary>A page with the token, and the test client that has its session.</summary>
    public static async Task<(TestClient Client, string Token)> WithToken(this App app, string path = "/")
    {
        var client = app.TestClient();
        return (client, TokenIn((await client.Get(path)).Text));
    }
}
