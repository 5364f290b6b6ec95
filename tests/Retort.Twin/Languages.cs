using static Retort.Globals;

namespace Retort.Twin;

internal static class Languages
{
    public static Blueprint Blueprint()
    {
        var lang = new Blueprint("lang") { UrlPrefix = "/lang/<any(en,de,fr):lang_code>" };
        lang.UrlValuePreprocessor((endpoint, values) =>
        {
            values.Remove("lang_code", out var code);
            G["lang_code"] = code;
        });
        lang.UrlDefaults((endpoint, values) => values.TryAdd("lang_code", G.Get("lang_code", "en")));
        lang.Get("/", () => new { lang = G["lang_code"], about = UrlFor(".about"), other = UrlFor(".about", new { lang_code = "fr" }) });
        lang.Get("/about", () => $"about in {G["lang_code"]}", "about");
        return lang;
    }
}
