namespace Retort.Testing;

/// <summary>Gives every app a test client and a runner of its commands.</summary>
public static class TestClientExtensions
{
    /// <summary>A client that sends requests to the app in memory and keeps cookies. Each client has a cookie jar of its own.</summary>
    /// <param name="app">The app. Setting it up ends with the first request.</param>
    /// <param name="useCookies">Whether cookies are kept and sent.</param>
    public static TestClient TestClient(this App app, bool useCookies = true) => new(app, useCookies);

    /// <summary>
    /// A context with any request that a test client could send, answered by nobody: <c>using (app.TestRequestContext("/login", "POST", form: new { name = "jo" })) { ... }</c>.
    /// The parameters are those of <see cref="TestClient.Open"/>. Source: flask.Flask.test_request_context.
    /// </summary>
    /// <param name="app">The app.</param>
    /// <param name="path">A path with or without a query, or a whole URL.</param>
    /// <param name="method">The method.</param>
    /// <param name="query">Values for the query.</param>
    /// <param name="form">Fields of a form.</param>
    /// <param name="json">A body written as JSON.</param>
    /// <param name="data">A body as bytes.</param>
    /// <param name="headers">Headers.</param>
    /// <param name="baseUrl">Scheme and host. Default <c>http://localhost</c>.</param>
    /// <param name="subdomain">Stands before the host.</param>
    /// <param name="auth">Name and password, sent as basic credentials.</param>
    public static Context TestRequestContext(this App app, string path = "/", string method = "GET", object? query = null, object? form = null, object? json = null, byte[]? data = null,
        object? headers = null, Uri? baseUrl = null, string? subdomain = null, (string User, string Password)? auth = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        baseUrl ??= new Uri("http://localhost");
        app.Start();
        var request = TestRequest.Make(app, path, method, query, form, json, data, headers, auth, TestRequest.RootOf(app, baseUrl, subdomain));
        var context = app.RequestContext(request.ToHttpContext(app, baseUrl, null, System.Net.IPAddress.Loopback));
        // The body is in memory: nothing waits.
        context.Request.LoadBody().AsTask().GetAwaiter().GetResult();
        return context;
    }

    /// <summary>Runs the app's commands in memory.</summary>
    public static TestCliRunner TestCliRunner(this App app) => new(app);
}
