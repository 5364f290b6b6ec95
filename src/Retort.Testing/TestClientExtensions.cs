namespace Retort.Testing;

/// <summary>Gives every app a test client and a runner of its commands.</summary>
public static class TestClientExtensions
{
    /// <summary>A client that sends requests to the app in memory and keeps cookies. Each client has a cookie jar of its own.</summary>
    /// <param name="app">The app. Setting it up ends with the first request.</param>
    /// <param name="useCookies">Whether cookies are kept and sent.</param>
    public static TestClient TestClient(this App app, bool useCookies = true) => new(app, useCookies);

    /// <summary>Runs the app's commands in memory.</summary>
    public static TestCliRunner TestCliRunner(this App app) => new(app);
}
