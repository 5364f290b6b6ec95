using Retort;
using static Retort.Globals;

namespace __Name__;

/// <summary>Makes the app: one each for the server, a command or a test.</summary>
public static class Application
{
    public static App Create()
    {
        var app = new App("__name__") { SecretKey = "dev" };
        // RETORT_SECRET_KEY and the like, for the machine it runs on.
        app.Config.FromPrefixedEnvironment();

        app.Get("/", Index);
        app.Post("/greet", Greet);
        return app;
    }

    private static Response Index() => RenderTemplate("index.html");

    private static Response Greet()
    {
        Flash($"Hello, {Request.Form.Get("name", "stranger")}!");
        return Redirect(UrlFor("index"));
    }
}
