using static Retort.Globals;

namespace Retort.Twin;

internal static class Urls
{
    public static void AddTo(App app)
    {
        app.Get("/urls", () => All());
        app.Get("/urls/error", () => UrlFor("conv_int"));
        app.Get("/urls/fallback", () => UrlFor("fallback.page", new { id = 4 }));
        app.UrlBuildErrorHandler((error, endpoint, values) =>
            endpoint.StartsWith("fallback.", StringComparison.Ordinal) ? $"https://cdn.example.org/{endpoint}/{values["id"]}" : null);

        var paged = string (long page) => $"page {page}";
        app.Get("/paged/", paged, "paged", new RouteOptions { Defaults = new { page = 1 } });
        app.Get("/paged/<int:page>", paged, "paged");
    }

    private static Dictionary<string, string> All() => new()
    {
        ["index"] = UrlFor("index"),
        ["external"] = UrlFor("index", external: true),
        ["https"] = UrlFor("index", external: true, scheme: "https"),
        ["scheme_only"] = UrlFor("index", scheme: "https"),
        ["anchor"] = UrlFor("index", anchor: "a b/ü"),
        ["query"] = UrlFor("index", new { b = 2, a = "x y", none = (string?)null, lst = new[] { 1, 2 } }),
        ["unicode"] = UrlFor("conv_str", new { s = "ü/ß" }),
        ["path"] = UrlFor("conv_path", new { p = "a/b c" }),
        ["list"] = UrlFor("conv_list", new { items = new[] { "a", "b/c" } }),
        ["static"] = UrlFor("static", new { filename = "css/app.css" }),
        ["static_q"] = UrlFor("static", new { filename = "a b.txt", v = 3 }),
        ["method"] = UrlFor("methods_multi", method: "POST"),
        ["float"] = UrlFor("conv_float", new { f = 2 }),
        ["any"] = UrlFor("conv_any", new { c = "red" }),
        ["bp"] = UrlFor("kinds.k_str"),
        ["nested"] = UrlFor("site.admin.deep.place"),
        ["reused"] = UrlFor("deep2.place"),
        ["defaults"] = UrlFor("paged"),
        ["defaults2"] = UrlFor("paged", new { page = 2 }),
        ["item"] = UrlFor("api.items", new { id = 5 }),
        ["items"] = UrlFor("api.items"),
        ["slash"] = UrlFor("slash_with"),
        ["lang"] = UrlFor("lang.about", new { lang_code = "de" }),
        ["ext_query"] = UrlFor("conv_int", new { n = 3, q = "é" }, external: true, anchor: "z"),
    };
}
