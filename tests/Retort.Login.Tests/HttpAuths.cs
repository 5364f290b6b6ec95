using System.Text;
using Retort.Testing;

namespace Retort.Login.Tests;

/// <summary>Requests with credentials.</summary>
internal static class HttpAuths
{
    public static App Make() => new("test", rootPath: Path.GetTempPath()) { StaticFolder = null, SecretKey = Logins.Key, Testing = true };

    public static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    public static Task<TestResponse> As(this TestClient client, string? authorization, string path = "/") =>
        client.Get(path, headers: authorization is null ? null : new { Authorization = authorization });

    /// <summary>Status and body.</summary>
    public static async Task<string> Answer(this App app, string? authorization, string path = "/")
    {
        var response = await app.TestClient().As(authorization, path);
        return $"{response.StatusCode} {response.Text}";
    }
}
