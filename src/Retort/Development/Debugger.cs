using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Retort.Development;

/// <summary>What the debugger needs of the app it belongs to.</summary>
internal sealed record DebuggerOptions
{
    /// <summary>Unlocks the consoles.</summary>
    public required DebuggerPin Pin { get; init; }

    /// <summary>Hosts that are trusted besides this machine's own names.</summary>
    public Func<IEnumerable<string>> TrustedHosts { get; init; } = () => [];

    /// <summary>Gives the compiler for the consoles, or null.</summary>
    public Func<Consoles?> Consoles { get; init; } = Development.Consoles.Find;

    /// <summary>Tells something in the terminal.</summary>
    public Action<string> Print { get; init; } = Console.Error.WriteLine;

    /// <summary>Makes tracebacks.</summary>
    public required TracebackReader Reader { get; init; }
}

/// <summary>An answer of the debugger: what it is, and what it is sent with.</summary>
internal sealed record DebugAnswer(int Status, string ContentType, string Text, IReadOnlyList<(string Name, string Value)> Headers)
{
    public static DebugAnswer Html(int status, string page, string nonce) => new(status, "text/html; charset=utf-8", page, DebugShell.Headers(nonce));

    public static DebugAnswer Plain(int status, string text) => new(status, "text/plain; charset=utf-8", text, DebugShell.PlainHeaders);

    public async Task Write(HttpContext http)
    {
        var bytes = Encoding.UTF8.GetBytes(Text);
        http.Response.StatusCode = Status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = bytes.Length;
        foreach (var (name, value) in Headers)
            http.Response.Headers[name] = value;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}

/// <summary>
/// Shows errors and evaluates C# in their frames. Every call has to come under a trusted host, from a page that this debugger made (it knows the page's secret)
/// and, to evaluate, from a browser that has given the PIN. Source: werkzeug.debug.DebuggedApplication.
/// </summary>
internal sealed class Debugger(DebuggerOptions options)
{
    private const string Marker = "__debugger__=yes";
    private const int MostPages = 20;
    private const int LongestCall = 256 * 1024;

    private readonly List<ErrorPage> _pages = [];
    private readonly Lazy<Consoles?> _consoles = new(options.Consoles);

    /// <summary>Unlocks the consoles.</summary>
    public DebuggerPin Pin => options.Pin;

    /// <summary>Whether a request is a call of a page to the debugger.</summary>
    public static bool IsCall(HttpContext http) => http.Request.QueryString.Value is { } query && query.Contains(Marker, StringComparison.Ordinal) && http.Request.Query["__debugger__"] == "yes";

    /// <summary>Whether a request came under a name of this machine.</summary>
    public bool IsTrusted(HttpContext http) => DebuggerHosts.IsTrusted(http, options.TrustedHosts());

    /// <summary>The page or text for an error, in the form the client takes.</summary>
    public DebugAnswer Show(Exception error, FailedRequest request, DebugFormat format)
    {
        var traceback = options.Reader.Read(error);
        if (format == DebugFormat.Json)
            return new DebugAnswer(500, "application/problem+json", TracebackJson.Of(traceback), DebugShell.PlainHeaders);
        if (format == DebugFormat.Text)
            return DebugAnswer.Plain(500, TracebackText.Of(traceback));
        var page = new ErrorPage(traceback, request);
        Keep(page);
        var nonce = Secrets.Token();
        return DebugAnswer.Html(500, new DebugPage(traceback, request).Write(page.Secret, _consoles.Value is not null, nonce), nonce);
    }

    /// <summary>The page or text for an address that no rule matches; null for clients of an API, who get the ordinary answer.</summary>
    public static DebugAnswer? ShowMissing(string method, string path, IReadOnlyList<ListedRoute> routes, DebugFormat format)
    {
        if (format == DebugFormat.Json)
            return null;
        if (format == DebugFormat.Text)
            return DebugAnswer.Plain(404, MissingPage.Text(method, path, routes));
        var nonce = Secrets.Token();
        return DebugAnswer.Html(404, MissingPage.Write(method, path, routes, nonce), nonce);
    }

    /// <summary>Answers a call of a page.</summary>
    public async Task Answer(HttpContext http)
    {
        var (status, answer) = await Call(http);
        await new DebugAnswer(status, "application/json", answer.ToJsonString() + "\n", DebugShell.PlainHeaders).Write(http);
    }

    private async ValueTask<(int Status, JsonObject Answer)> Call(HttpContext http)
    {
        if (!IsTrusted(http))
            return Refused(400, "The debugger answers under names of this machine alone, such as localhost. Add yours to DEBUGGER_TRUSTED_HOSTS.");
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasJsonContentType() || !IsSameOrigin(http))
            return Refused(403, "The debugger answers to its own pages alone.");
        if (await ReadCall(http) is not { } call || Find(Text(call, "secret")) is not { } page)
            return Refused(403, "This page is no longer known. Reload it.");
        return http.Request.Query["cmd"].ToString() switch
        {
            "pinauth" => (200, TryPin(http, Text(call, "pin"))),
            "printpin" => (200, PrintPin()),
            "eval" => await Evaluate(http, page, Text(call, "frame"), Text(call, "code")),
            _ => Refused(404, "The debugger has no such command."),
        };
    }

    private JsonObject TryPin(HttpContext http, string typed)
    {
        var answer = IsUnlocked(http) ? PinAnswer.Right : Pin.Try(typed);
        if (answer == PinAnswer.Right && Pin.Text is not null)
        {
            http.Response.Cookies.Append(CookieName(http), Pin.MakeCookie(), new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = http.Request.IsHttps,
                Path = "/",
            });
        }
        return new JsonObject { ["auth"] = answer == PinAnswer.Right, ["exhausted"] = answer == PinAnswer.Locked };
    }

    private JsonObject PrintPin()
    {
        if (Pin.Text is not null && !Pin.IsLocked)
            options.Print($" * To unlock the debugger's console enter the PIN: {Pin.Text}");
        return [];
    }

    private async ValueTask<(int, JsonObject)> Evaluate(HttpContext http, ErrorPage page, string frameId, string code)
    {
        if (!IsUnlocked(http))
            return (403, new JsonObject { ["locked"] = true, ["error"] = "The console is locked. Unlock it with the PIN." });
        if (page.FrameOf(frameId) is not { } frame)
            return Refused(404, "This frame is no longer known. Reload the page.");
        if (_consoles.Value is not { } consoles)
            return Refused(404, Consoles.Advice);
        var evaluation = await Task.Run(() => page.ConsoleOf(frame, consoles).Evaluate(code, EvaluationConsole.Limit, page.Request.Enter));
        return (200, new JsonObject { ["output"] = evaluation.Output, ["value"] = evaluation.Value, ["error"] = evaluation.Error });
    }

    private bool IsUnlocked(HttpContext http) => Pin.Trusts(http.Request.Cookies[CookieName(http)]);

    // A browser sends a host's cookies to all of its ports, and another app may be debugged on another one.
    private static string CookieName(HttpContext http) => $"__retort_debugger{(http.Request.Host.Port is { } port ? $"_{port}" : "")}";

    private static (int, JsonObject) Refused(int status, string error) => (status, new JsonObject { ["error"] = error });

    private static string Text(JsonObject call, string name) => call[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>Whether the browser says the call comes from a page of this very host; programs say nothing.</summary>
    private static bool IsSameOrigin(HttpContext http) =>
        http.Request.Headers["Sec-Fetch-Site"] is var site && (site.Count == 0 || site == "same-origin")
        && (http.Request.Headers.Origin.Count == 0 || (Uri.TryCreate(http.Request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == http.Request.Host.Value));

    private static async ValueTask<JsonObject?> ReadCall(HttpContext http)
    {
        var buffer = new byte[LongestCall + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, http.RequestAborted);
        try
        {
            return length > LongestCall ? null : JsonNode.Parse(buffer.AsSpan(0, length)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Keep(ErrorPage page)
    {
        lock (_pages)
        {
            _pages.Add(page);
            if (_pages.Count > MostPages)
            {
                _pages[0].Dispose();
                _pages.RemoveAt(0);
            }
        }
    }

    private ErrorPage? Find(string secret)
    {
        lock (_pages)
            return _pages.FindLast(page => Secrets.Same(page.Secret, secret));
    }
}
