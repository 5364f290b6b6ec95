using Retort;

namespace __Name__;

/// <summary>Makes the app out of its parts: one each for the server, a command or a test.</summary>
public static class Application
{
    public static App Create()
    {
        var app = new App("__name__") { SecretKey = "dev" };
        // RETORT_SECRET_KEY and the like, for the machine it runs on.
        app.Config.FromPrefixedEnvironment();

        app.RegisterBlueprint(Pages.Blueprint());
        app.RegisterBlueprint(Notes.Blueprint());
        return app;
    }
}
