using Microsoft.AspNetCore.Http.Features;
using Retort.Http;
using Retort.Sessions;

namespace Retort.Testing;

/// <summary>
/// Sends requests to an app in memory: no port, no network, the same code as on the server. Keeps cookies between requests. Source: flask.testing.FlaskClient.
/// </summary>
/// <example><code>
/// var client = app.TestClient();
/// var response = await client.Post("/login", form: new { username = "jo", password = "x" }, followRedirects: true);
/// Assert.Contains("Welcome", response.Text);
/// </code></example>
public sealed partial class TestClient
{
    private const int MaxRedirects = 20;
    private readonly App _app;
    private readonly bool _useCookies;
    private readonly CookieJar _jar = new();

    internal TestClient(App app, bool useCookies)
    {
        _app = app;
        _useCookies = useCookies;
    }

    /// <summary>Scheme and host of requests whose path gives none. Default <c>http://localhost</c>.</summary>
    public Uri BaseUrl { get; set; } = new("http://localhost");

    /// <summary>The address requests come from. Default 127.0.0.1.</summary>
    public System.Net.IPAddress RemoteAddress { get; set; } = System.Net.IPAddress.Loopback;

    /// <summary>Sends a GET request. See <see cref="Open"/>.</summary>
    public Task<TestResponse> Get(string path, object? query = null, object? headers = null, bool followRedirects = false) =>
        Open(path, "GET", query, headers: headers, followRedirects: followRedirects);

    /// <summary>Sends a HEAD request. See <see cref="Open"/>.</summary>
    public Task<TestResponse> Head(string path, object? query = null, object? headers = null) => Open(path, "HEAD", query, headers: headers);

    /// <summary>Sends an OPTIONS request. See <see cref="Open"/>.</summary>
    public Task<TestResponse> Options(string path, object? headers = null) => Open(path, "OPTIONS", headers: headers);

    /// <summary>Sends a POST request. See <see cref="Open"/>.</summary>
    public Task<TestResponse> Post(string path, object? form = null, object? json = null, byte[]? data = null, object? query = null, object? headers = null, bool followRedirects = false) =>
        Open(path, "POST", query, form, json, data, headers, followRedirects);

    /// <summary>Sends a PUT request. See <see cref="Open"/>.</summary>
    public Task<TestResponse> Put(string path, object? form = null, object? json = null, byte[]? data = null, object? query = null, object? headers = null, bool followRedirects = false) =>
        Open(path, "PUT", query, form, json, data, headers, followRedirects);

    /// <summary>Sends a PATCH request. See <see cref="Open"/>.</summary>
    public Task<TestResponse> Patch(string path, object? form = null, object? json = null, byte[]? data = null, object? query = null, object? headers = null, bool followRedirects = false) =>
        Open(path, "PATCH", query, form, json, data, headers, followRedirects);

    /// <summary>Sends a DELETE request. See <see cref="Open"/>.</summary>
    public Task<TestResponse> Delete(string path, object? form = null, object? json = null, byte[]? data = null, object? query = null, object? headers = null, bool followRedirects = false) =>
        Open(path, "DELETE", query, form, json, data, headers, followRedirects);

    /// <summary>Sends a request and reads the answer to its end. An error that nobody handles is thrown here when the app is in test mode.</summary>
    /// <param name="path">A path with or without a query, or a whole URL. It is sent as it stands: percent-encode what needs it.</param>
    /// <param name="method">The method.</param>
    /// <param name="query">Values for the query: an object's properties or a dictionary.</param>
    /// <param name="form">Fields of a form; with a <see cref="FileStorage"/> among them it is a multipart form.</param>
    /// <param name="json">A body written as JSON.</param>
    /// <param name="data">A body as bytes.</param>
    /// <param name="headers">Headers: a dictionary, or an object whose properties' underscores become dashes.</param>
    /// <param name="followRedirects">Whether to go where redirects lead, up to 20 of them.</param>
    /// <param name="auth">Name and password, sent as basic credentials.</param>
    /// <param name="subdomain">Stands before the host: <c>SERVER_NAME</c>, or that of <see cref="BaseUrl"/>.</param>
    /// <exception cref="ArgumentException">More than one kind of body was given.</exception>
    public async Task<TestResponse> Open(string path, string method = "GET", object? query = null, object? form = null, object? json = null, byte[]? data = null, object? headers = null,
        bool followRedirects = false, (string User, string Password)? auth = null, string? subdomain = null)
    {
        var request = TestRequest.Make(_app, path, method, query, form, json, data, headers, auth, TestRequest.RootOf(_app, BaseUrl, subdomain));
        var history = new List<TestResponse>();
        while (true)
        {
            var response = await Send(request, history);
            if (!followRedirects || response.StatusCode is not (301 or 302 or 303 or 305 or 307 or 308) || response.Location is not { } location)
                return response;
            if (history.Count >= MaxRedirects)
                throw new InvalidOperationException($"the redirects do not end: {MaxRedirects} were followed, the last to {location}. Look at Location without followRedirects.");
            history.Add(response);
            request = request.RedirectedTo(location, response.StatusCode, BaseUrl);
        }
    }

    /// <summary>Puts a cookie into the jar.</summary>
    public void SetCookie(string name, string value, string? domain = null, string path = "/") => _jar.Set(new TestCookie(name, value, domain ?? BaseUrl.Host, path));

    /// <summary>A cookie of the jar, or null.</summary>
    public TestCookie? GetCookie(string name, string? domain = null, string path = "/") => _jar.Find(name, domain ?? BaseUrl.Host, path);

    /// <summary>Takes a cookie out of the jar.</summary>
    public void DeleteCookie(string name, string? domain = null, string path = "/") => _jar.Remove(name, domain ?? BaseUrl.Host, path);

    /// <summary>Changes the session before the next request: <c>client.SessionTransaction(session => session["user_id"] = 1)</c>. Throws when the app has no secret key.</summary>
    public void SessionTransaction(Action<Session> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var http = TestRequest.Make(_app, "/").ToHttpContext(_app, BaseUrl, _jar.HeaderFor(BaseUrl.Host, "/"), RemoteAddress);
        using var context = _app.RequestContext(http);
        change(context.Session);
        var headers = new Headers();
        _app.SessionInterface.SaveSession(_app.Config, context.Session, headers);
        TakeCookies(headers, BaseUrl.Host);
    }

    private async Task<TestResponse> Send(TestRequest request, IReadOnlyList<TestResponse> history)
    {
        var url = new Uri(BaseUrl, request.Target);
        var host = url.IsAbsoluteUri ? url.Host : BaseUrl.Host;
        var http = request.ToHttpContext(_app, BaseUrl, _useCookies ? _jar.HeaderFor(host, url.AbsolutePath) : null, RemoteAddress);
        using var body = new MemoryStream();
        var response = new TestResponseFeature(body);
        http.Features.Set<IHttpResponseFeature>(response);
        http.Features.Set<IHttpResponseBodyFeature>(response);
        Context? context = null;
        void Keep(object? sender, ContextEventArgs pushed) => context = ReferenceEquals(pushed.Context.HttpIfAny, http) ? pushed.Context : context;
        _app.Signals.AppContextPushed += Keep;
        try
        {
            await _app.Handle(http);
            await response.CompleteAsync();
        }
        finally
        {
            _app.Signals.AppContextPushed -= Keep;
            await response.End();
        }
        var headers = new Headers(http.Response.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? ""))));
        if (_useCookies)
            TakeCookies(headers, host);
        return new TestResponse(http.Response.StatusCode, headers, body.ToArray(), request.Method, request.Target, [.. history], _app.Json, context);
    }

    private void TakeCookies(Headers headers, string host)
    {
        foreach (var cookie in headers.GetAll("Set-Cookie"))
            _jar.Take(cookie, host);
    }
}
