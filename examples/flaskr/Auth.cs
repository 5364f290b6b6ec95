using Dapper;
using Microsoft.Data.Sqlite;
using Retort;
using Retort.Signing;
using static Retort.Globals;

namespace Flaskr;

/// <summary>Who is who: register, log in, log out.</summary>
public static class Auth
{
    private const int UniqueViolation = 2067;

    public static Blueprint Blueprint { get; } = Make();

    [Route("/register", "GET", "POST")]
    public static Response Register()
    {
        if (Request.Method == "POST")
        {
            var username = Request.Form["username"];
            var password = Request.Form["password"];
            var error = username.Length == 0 ? "Username is required."
                : password.Length == 0 ? "Password is required."
                : Insert(username, password);
            if (error is null)
                return Redirect(UrlFor("auth.login"));
            Flash(error);
        }
        return RenderTemplate("auth/register.html");
    }

    [Route("/login", "GET", "POST")]
    public static Response Login()
    {
        if (Request.Method == "POST")
        {
            var username = Request.Form["username"];
            var password = Request.Form["password"];
            var user = Database.Connection().QuerySingleOrDefault<User>("SELECT id, username, password FROM user WHERE username = @username", new { username });
            if (user is null)
            {
                Flash("Incorrect username.");
            }
            else if (!PasswordHash.Check(user.Password, password))
            {
                Flash("Incorrect password.");
            }
            else
            {
                Session.Clear();
                Session["user_id"] = user.Id;
                return Redirect(UrlFor("index"));
            }
        }
        return RenderTemplate("auth/login.html");
    }

    [Get("/logout")]
    public static Response Logout()
    {
        Session.Clear();
        return Redirect(UrlFor("index"));
    }

    private static Blueprint Make()
    {
        var blueprint = new Blueprint("auth") { UrlPrefix = "/auth" };
        blueprint.BeforeAppRequest(LoadLoggedInUser);
        blueprint.AddViews(typeof(Auth));
        return blueprint;
    }

    private static void LoadLoggedInUser() =>
        G["user"] = Session.Get<long?>("user_id") is { } id
            ? Database.Connection().QuerySingleOrDefault<User>("SELECT id, username, password FROM user WHERE id = @id", new { id })
            : null;

    private static string? Insert(string username, string password)
    {
        try
        {
            Database.Connection().Execute("INSERT INTO user (username, password) VALUES (@username, @hash)", new { username, hash = PasswordHash.Generate(password) });
            return null;
        }
        catch (SqliteException error) when (error.SqliteExtendedErrorCode == UniqueViolation)
        {
            return $"User {username} is already registered.";
        }
    }
}
