using Retort;

namespace Flaskr;

/// <summary>Makes the blog: an app each for the server, a command or a test.</summary>
public static class Application
{
    /// <summary>The app, with settings that override every other.</summary>
    public static App Create(IReadOnlyDictionary<string, object?>? settings = null)
    {
        var app = new App("flaskr")
        {
            TemplateFolder = Environment.GetEnvironmentVariable("FLASKR_TEMPLATES") ?? "templates",
            StaticFolder = Environment.GetEnvironmentVariable("FLASKR_STATIC") ?? "static",
            StaticUrlPath = "/static",
        };
        app.Config["SECRET_KEY"] = Environment.GetEnvironmentVariable("SECRET_KEY") ?? "dev";
        app.Config["DATABASE"] = Environment.GetEnvironmentVariable("FLASKR_DATABASE") ?? Path.Combine(app.InstancePath, "flaskr.sqlite");
        if (settings is null)
            app.Config.FromJson(Path.Combine(app.InstancePath, "config.json"), silent: true);
        else
            app.Config.FromMapping(settings);
        Directory.CreateDirectory(app.InstancePath);

        app.Get("/hello", () => "Hello, World!", endpoint: "hello");
        Database.InitApp(app);
        app.RegisterBlueprint(Auth.Blueprint);
        app.RegisterBlueprint(Blog.Blueprint);

        // The blog is the front page, so that UrlFor("index") works beside UrlFor("blog.index").
        app.AddUrlRule("/", "index", Blog.Index);
        return app;
    }
}
