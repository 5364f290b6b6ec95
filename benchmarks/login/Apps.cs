using Retort.Forms;
using Retort.Login;

namespace Retort.Benchmarks.Login;

/// <summary>The same views in four apps: as they are, with logins, with the CSRF check, with both.</summary>
internal static class Apps
{
    public static App Make(string kind)
    {
        var app = new App("benchmark", AppContext.BaseDirectory) { SecretKey = "benchmark" };
        if (kind is "login" or "both")
            new LoginManager(app).UserLoader(id => new User(id));
        if (kind is "csrf" or "both")
            _ = new CsrfProtect(app);
        app.Post("/open", () => "done");
        app.Post("/session", () => Globals.Session.Get<string>("_user_id") == "jo" ? "done" : "stranger");
        app.Post("/closed", [LoginRequired] () => "done");
        app.Get("/in", () =>
        {
            if (kind == "both")
                LoginGlobals.LoginUser(new User("jo"));
            return kind == "both" ? CsrfProtect.GenerateCsrf() : "nothing to log in to";
        });
        return app;
    }

    private sealed class User(string name) : UserMixin
    {
        public override string GetId() => name;
    }
}

/// <summary>A request of one kind, to one of the apps.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="App">The app, by its kind.</param>
/// <param name="Path">The view.</param>
/// <param name="Cookie">The session, or null.</param>
/// <param name="Token">The token in a header, or null.</param>
/// <param name="Form">What is sent, or null.</param>
internal sealed record Case(string Name, string App, string Path, string? Cookie, string? Token, string? Form)
{
    /// <summary>All that are measured. Where a form is sent, the peer is the second, else the first.</summary>
    public static Case[] All(string cookie, string token) =>
    [
        new("view alone", "plain", "/open", null, null, null),
        new("with a form", "plain", "/open", null, null, "title=x"),
        new("session read", "plain", "/session", cookie, null, null),
        new("[LoginRequired]", "login", "/closed", cookie, null, null),
        new("CSRF, header", "csrf", "/open", cookie, token, null),
        new("both, header", "both", "/closed", cookie, token, null),
        new("both, form field", "both", "/closed", cookie, null, $"title=x&csrf_token={token}"),
    ];

    /// <summary>What must be refused, so that what is measured is known to be a check, with the status.</summary>
    public static (Case Case, int Status)[] Refused(string cookie, string token) =>
    [
        (new("no login", "login", "/closed", null, null, null), 401),
        (new("no token", "both", "/closed", cookie, null, null), 400),
        (new("another's token", "both", "/closed", null, token, null), 400),
    ];
}
