using Retort.Testing;

namespace Retort.Tests;

/// <summary>Makes small apps for tests.</summary>
internal static class Apps
{
    /// <summary>An app with a key, without static files, in test mode unless told otherwise.</summary>
    public static App Make(bool testing = true, string? secretKey = "test key of some length") => new("test", rootPath: Path.GetTempPath())
    {
        StaticFolder = null,
        TemplateFolder = null,
        SecretKey = secretKey,
        Testing = testing,
    };

    public static async Task<string> Text(this App app, string path) => (await app.TestClient().Get(path)).Text;
}
