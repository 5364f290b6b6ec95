// CPU time of a POST inside the app, without the server around it: a view alone, and the same view with a session, [LoginRequired] and the CSRF check, as ratios in the same run.
// dotnet run -c Release --project benchmarks/login [seconds per case]

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Retort;
using Retort.Forms;
using Retort.Login;
using static Retort.Globals;

const int Rounds = 11;
var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 1.0;
var (plain, login, csrf, both) = (Make(false, false), Make(true, false), Make(false, true), Make(true, true));
var (cookie, token) = await SignIn(both);
Case[] cases =
[
    new("view alone", plain, "/open", null, null, null),
    new("with a form", plain, "/open", null, null, "title=x"),
    new("session read", plain, "/session", cookie, null, null),
    new("[LoginRequired]", login, "/closed", cookie, null, null),
    new("CSRF, header", csrf, "/open", cookie, token, null),
    new("both, header", both, "/closed", cookie, token, null),
    new("both, form field", both, "/closed", cookie, null, $"title=x&csrf_token={token}"),
];
await Check();
var best = cases.ToDictionary(each => each, _ => double.MaxValue);
for (var round = 0; round < Rounds; round++)
{
    foreach (var each in cases)
        best[each] = Math.Min(best[each], await Measure(each, seconds / Rounds));
}
Console.WriteLine($"{"",-20}{"us",8}{"ratio",8}{"more us",9}{"bytes",9}");
foreach (var each in cases)
{
    var (time, peer) = (best[each], best[cases[each.Form is null ? 0 : 1]]);
    var bytes = await Bytes(each);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{each.Name,-20}{time,8:F2}{time / peer,8:F2}{time - peer,9:F2}{bytes,9:N0}"));
}
Console.WriteLine("The ratio is to the view alone; where a form is sent, to the same with a form.");

static App Make(bool logins, bool tokens)
{
    var app = new App("benchmark", AppContext.BaseDirectory) { SecretKey = "benchmark" };
    if (logins)
        new LoginManager(app).UserLoader(id => new User(id));
    if (tokens)
        _ = new CsrfProtect(app);
    app.Post("/open", () => "done");
    app.Post("/session", () => Session.Get<string>("_user_id") == "jo" ? "done" : "stranger");
    app.Post("/closed", [LoginRequired] () => "done");
    app.Get("/in", () =>
    {
        LoginGlobals.LoginUser(new User("jo"));
        return CsrfProtect.GenerateCsrf();
    });
    return app;
}

static async Task<(string Cookie, string Token)> SignIn(App app)
{
    var http = new Case("log in", app, "/in", null, null, null, "GET").Make();
    using var body = new MemoryStream();
    http.Response.Body = body;
    await app.Handle(http);
    return (http.Response.Headers.SetCookie.ToString().Split(';')[0], Encoding.UTF8.GetString(body.ToArray()));
}

// What is measured is an answer, and what is refused is not it.
async Task Check()
{
    foreach (var each in cases)
        await Answers(each, 200);
    await Answers(new("no login", login, "/closed", null, null, null), 401);
    await Answers(new("no token", both, "/closed", cookie, null, null), 400);
    await Answers(new("another's token", both, "/closed", null, token, null), 400);
}

static async Task Answers(Case each, int status)
{
    var http = each.Make();
    using var body = new MemoryStream();
    http.Response.Body = body;
    await each.App.Handle(http);
    var text = Encoding.UTF8.GetString(body.ToArray());
    if (http.Response.StatusCode != status || (status == 200 && text != "done"))
        throw new InvalidOperationException($"{each.Name} answers {http.Response.StatusCode}: {text}");
}

static async Task<double> Measure(Case each, double seconds)
{
    using var process = Process.GetCurrentProcess();
    var (start, count) = (process.TotalProcessorTime, 0);
    var clock = Stopwatch.StartNew();
    while (clock.Elapsed.TotalSeconds < seconds)
    {
        for (var i = 0; i < 200; i++, count++)
            await each.App.Handle(each.Make());
    }
    process.Refresh();
    return (process.TotalProcessorTime - start).TotalMicroseconds / count;
}

static async Task<long> Bytes(Case each)
{
    var before = GC.GetAllocatedBytesForCurrentThread();
    await each.App.Handle(each.Make());
    return GC.GetAllocatedBytesForCurrentThread() - before;
}

/// <summary>A request of one kind, to one app.</summary>
internal sealed record Case(string Name, App App, string Path, string? Cookie, string? Token, string? Form, string Method = "POST")
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes(Form ?? "");

    public DefaultHttpContext Make()
    {
        var http = new DefaultHttpContext();
        var request = http.Request;
        (request.Method, request.Scheme, request.Host, request.Path) = (Method, "http", new HostString("localhost"), Path);
        request.Headers.UserAgent = "benchmark";
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        if (Cookie is not null)
            request.Headers.Cookie = Cookie;
        if (Token is not null)
            request.Headers["X-CSRFToken"] = Token;
        if (Form is not null)
        {
            request.ContentType = "application/x-www-form-urlencoded";
            request.ContentLength = _body.Length;
            request.Body = new MemoryStream(_body);
        }
        return http;
    }
}

internal sealed class User(string name) : UserMixin
{
    public override string GetId() => name;
}
