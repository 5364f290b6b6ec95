using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Retort.Http;
using Retort.Routing;

namespace Retort.Testing;

/// <summary>A request to be sent in memory.</summary>
internal sealed record TestRequest(string Method, string Target, byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public static TestRequest Make(
        App app, string path, string method = "GET", object? query = null, object? form = null, object? json = null, byte[]? data = null, object? headers = null,
        (string User, string Password)? auth = null, string? root = null)
    {
        if (new[] { form, json, data }.Count(body => body is not null) > 1)
            throw new ArgumentException("a request has one body: give form, json or data, not several.");
        List<KeyValuePair<string, string>> sent = [.. ObjectValues.Of(headers).Select(header => KeyValuePair.Create(header.Key.Replace('_', '-'), Text(header.Value)))];
        if (auth is var (user, password))
            sent.Add(KeyValuePair.Create("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));
        var (contentType, body) = MakeBody(app, form, json, data);
        if (contentType is not null && !sent.Any(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
            sent.Add(KeyValuePair.Create("Content-Type", contentType));
        return new TestRequest(method.ToUpperInvariant(), (root ?? "") + WithQuery(path, query), body, sent);
    }

    /// <summary>Scheme and host of a subdomain; null without one.</summary>
    public static string? RootOf(App app, Uri baseUrl, string? subdomain) =>
        subdomain is null ? null : $"{baseUrl.Scheme}://{subdomain}.{app.Config.Get<string>("SERVER_NAME") ?? baseUrl.Authority}";

    /// <summary>The request a browser sends after a redirect: a GET without a body, unless the status says to repeat it. Source: RFC 9110, section 15.4.</summary>
    public TestRequest RedirectedTo(string location, int status, Uri baseUrl)
    {
        var target = new Uri(new Uri(baseUrl, Target), location);
        var where = target.GetLeftPart(UriPartial.Authority) == baseUrl.GetLeftPart(UriPartial.Authority) ? target.PathAndQuery : target.AbsoluteUri;
        if (status is 307 or 308)
            return this with { Target = where };
        var headers = Headers.Where(header => !header.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase));
        return new TestRequest(Method == "HEAD" ? "HEAD" : "GET", where, [], [.. headers]);
    }

    public HttpContext ToHttpContext(App app, Uri baseUrl, string? cookies, IPAddress remoteAddress)
    {
        // As a server does: the app starts before its services are made.
        app.Start();
        var absolute = Target.StartsWith("http://", StringComparison.Ordinal) || Target.StartsWith("https://", StringComparison.Ordinal);
        var root = absolute ? new Uri(Target) : baseUrl;
        var rawTarget = absolute ? Target[root.GetLeftPart(UriPartial.Authority).Length..] : Target;
        if (!rawTarget.StartsWith('/'))
            rawTarget = "/" + rawTarget;
        var http = new DefaultHttpContext { ServiceScopeFactory = app.ServiceProvider.GetRequiredService<IServiceScopeFactory>() };
        var query = rawTarget.IndexOf('?', StringComparison.Ordinal);
        http.Request.Method = Method;
        http.Request.Scheme = root.Scheme;
        http.Request.Host = new HostString(root.Authority);
        http.Request.Protocol = "HTTP/1.1";
        http.Request.Path = new PathString(PercentEncoding.Unquote(query < 0 ? rawTarget : rawTarget[..query], Encoding.UTF8));
        http.Request.QueryString = query < 0 ? QueryString.Empty : new QueryString(rawTarget[query..]);
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = rawTarget;
        http.Connection.RemoteIpAddress = remoteAddress;
        if (cookies is not null)
            http.Request.Headers.Cookie = cookies;
        if (Headers.Any(header => header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)))
            http.Request.Headers.Remove("Host");
        foreach (var (name, value) in Headers)
            http.Request.Headers.Append(name, value);
        if (Body.Length > 0 || Headers.Any(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            http.Request.Body = new MemoryStream(Body, writable: false);
            http.Request.ContentLength = Body.Length;
        }
        return http;
    }

    private static (string? ContentType, byte[] Body) MakeBody(App app, object? form, object? json, byte[]? data)
    {
        if (json is not null)
            return ("application/json", Encoding.UTF8.GetBytes(app.Json.Dumps(json)));
        if (form is null)
            return (null, data ?? []);
        var fields = ObjectValues.Of(form).SelectMany(field => Several(field.Value).Select(value => KeyValuePair.Create(field.Key, value))).Where(field => field.Value is not null).ToList();
        return fields.Any(field => field.Value is FileStorage)
            ? MakeMultipart(fields)
            : ("application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(Encode(fields)));
    }

    private static (string ContentType, byte[] Body) MakeMultipart(List<KeyValuePair<string, object?>> fields)
    {
        const string boundary = "----retort-test-boundary";
        using var body = new MemoryStream();
        foreach (var (name, value) in fields)
        {
            Write(body, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
            if (value is FileStorage file)
            {
                Write(body, $"; filename=\"{file.FileName}\"\r\nContent-Type: {file.ContentType ?? "application/octet-stream"}\r\n\r\n");
                file.CopyTo(body);
                Write(body, "\r\n");
            }
            else
            {
                Write(body, $"\r\n\r\n{Text(value)}\r\n");
            }
        }
        Write(body, $"--{boundary}--\r\n");
        return ($"multipart/form-data; boundary={boundary}", body.ToArray());
    }

    private static void Write(Stream body, string text) => body.Write(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<object?> Several(object? value) => value is IEnumerable<object?> items ? items : [value];

    private static string WithQuery(string path, object? query)
    {
        var pairs = ObjectValues.Of(query).SelectMany(entry => Several(entry.Value).Select(value => KeyValuePair.Create(entry.Key, value))).Where(pair => pair.Value is not null).ToList();
        return pairs.Count == 0 ? path : path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + Encode(pairs);
    }

    private static string Encode(IEnumerable<KeyValuePair<string, object?>> pairs) =>
        string.Join('&', pairs.Select(pair => $"{WebUtility.UrlEncode(pair.Key)}={WebUtility.UrlEncode(Text(pair.Value))}"));

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
