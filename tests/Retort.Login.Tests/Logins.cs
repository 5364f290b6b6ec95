using System.Globalization;
using Retort.Testing;
using static Retort.Login.LoginGlobals;

namespace Retort.Login.Tests;

/// <summary>Small apps with a login, and what tests ask of them.</summary>
internal static class Logins
{
    public const string Key = "test key of some length";

    /// <summary>An app whose users are 1 (active) and 2 (not active).</summary>
    /// <param name="async">Whether the user loader waits.</param>
    /// <param name="rootPath">The folder of templates.</param>
    public static (App App, LoginManager Login) Make(bool async = false, string? rootPath = null)
    {
        var app = new App("test", rootPath: rootPath ?? Path.GetTempPath()) { StaticFolder = null, SecretKey = Key, Testing = true };
        var login = new LoginManager(app) { LoginView = "login" };
        Load(login, async, User.All);
        app.Route("/login", () => "the login page", endpoint: "login");
        app.Post("/login/<int:id>", (int id, Context context) => LoginUser(User.All[id.ToString(CultureInfo.InvariantCulture)], remember: context.Request.Args.Contains("remember")) ? "in" : "refused");
        app.Post("/logout", () => { LogoutUser(); return "out"; });
        app.Post("/confirm", () => { ConfirmLogin(); return "confirmed"; });
        app.Get("/who", () => CurrentUser.GetId() ?? "nobody");
        app.Get("/me", [LoginRequired] () => $"me {CurrentUser.GetId()}");
        app.Get("/money", [FreshLoginRequired] () => "money");
        app.Get("/state", () => new { fresh = LoginFresh(), remembered = LoginRemembered() });
        return (app, login);
    }

    public static void Load(LoginManager login, bool async, IReadOnlyDictionary<string, User> users)
    {
        if (async)
            login.UserLoader(async id => { await Task.Yield(); return users.GetValueOrDefault(id); });
        else
            login.UserLoader(id => users.GetValueOrDefault(id));
    }

    public static async Task<string> Text(this TestClient client, string path, object? headers = null) => (await client.Get(path, headers: headers)).Text;

    /// <summary>The session that the client's cookie holds.</summary>
    public static Dictionary<string, object?> Session(this TestClient client)
    {
        var kept = new Dictionary<string, object?>();
        client.SessionTransaction(session =>
        {
            foreach (var (key, value) in session)
                kept[key] = value;
        });
        return kept;
    }
}

internal sealed class User(string id, bool active = true) : UserMixin
{
    public static IReadOnlyDictionary<string, User> All { get; } = new Dictionary<string, User> { ["1"] = new("1"), ["2"] = new("2", active: false) };

    public string Name => $"user {id}";

    public override bool IsActive => active;

    public override string GetId() => id;
}
