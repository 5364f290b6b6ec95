using Retort.Jinja;

namespace Retort.Twin;

/// <summary>
/// One application that exists twice, here and on Flask, and must give the same answers byte for byte. Each file of this folder is one part of it.
/// </summary>
internal static class TwinApp
{
    public static App Make(string folder)
    {
        var app = new App("twin", rootPath: folder) { SecretKey = "twin-secret", PermanentSessionLifetime = TimeSpan.FromDays(36500) };
        app.Config["MAX_CONTENT_LENGTH"] = 65536L;
        app.Config["TWIN_NAME"] = "Twin <1>";
        app.Json.SortKeys = true;
        app.UrlMap.Converters["list"] = _ => new ListConverter();

        app.Get("/", () => "Hello, Twin!", "index");
        app.AddUrlRule("/old-page", "old_page", options: new RouteOptions { RedirectTo = "/kinds/str" });

        Errors.AddTo(app);
        Hooks.AddTo(app);
        app.RegisterBlueprint(Kinds.Blueprint());
        app.RegisterBlueprint(Redirections.Blueprint());
        app.RegisterBlueprint(Errors.Blueprint());
        app.RegisterBlueprint(Api.Blueprint());
        app.RegisterBlueprint(Hooks.Blueprint());
        app.RegisterBlueprint(Languages.Blueprint());
        app.RegisterBlueprint(Sessions.Blueprint());
        Flashes.AddTo(app);
        Site.AddTo(app, folder);
        Urls.AddTo(app);
        Converters.AddTo(app);
        Methods.AddTo(app);
        RequestData.AddTo(app);
        JsonValues.AddTo(app);
        Cookies.AddTo(app);
        Files.AddTo(app);
        Templates.AddTo(app);
        return app;
    }

    /// <summary>Text as HTML, for views that put a value into a page by hand.</summary>
    public static string Escape(string text) => Markup.Escape(text).ToString();
}
