using static Retort.Globals;

namespace Retort.Twin;

/// <summary>Blueprints in blueprints, one of them also on the app under another name.</summary>
internal static class Site
{
    public static void AddTo(App app, string folder)
    {
        var site = new Blueprint("site", folder) { UrlPrefix = "/site", TemplateFolder = "site_templates", StaticFolder = "site_static", StaticUrlPath = "/assets" };
        site.ContextProcessor(() => new { where = "site" });
        site.ErrorHandler(404, error => ("site 404", 404));
        site.Get("/", () => RenderTemplate("site/home.html"), "site_home");
        site.Get("/only", () => RenderTemplate("site/only.html"), "site_only");
        site.Get("/missing", () => Abort(404));
        site.Get("/place", Place, "place");

        var admin = new Blueprint("admin") { UrlPrefix = "/admin" };
        admin.BeforeRequest(() => { G["admin"] = true; });
        admin.Get("/place", Place, "place");
        admin.Get("/g", IsAdmin);

        var deep = new Blueprint("deep") { UrlPrefix = "/deep" };
        deep.Get("/place", Place, "place");
        deep.Get("/g", IsAdmin);
        deep.Get("/missing", () => Abort(404));

        admin.RegisterBlueprint(deep);
        site.RegisterBlueprint(admin);
        app.RegisterBlueprint(site);
        app.RegisterBlueprint(deep, name: "deep2", urlPrefix: "/deep2");
    }

    private static object Place() => new
    {
        endpoint = Request.Endpoint,
        blueprint = Request.Blueprint,
        blueprints = Request.Blueprints,
        here = UrlFor(".place"),
        home = UrlFor("site.site_home"),
        @static = UrlFor("site.static", new { filename = "s.css" }),
    };

    private static object IsAdmin() => new { admin = G.Get("admin", false) };
}
