using static Retort.Globals;

namespace Retort.Twin;

internal static class Redirections
{
    public static Blueprint Blueprint()
    {
        var go = new Blueprint("go") { UrlPrefix = "/go" };
        go.Get("/simple", () => Redirect(UrlFor("index")));
        go.Get("/code/<int:code>", (int code) => Redirect("/target?a=1&b=<2>", code));
        go.Get("/external", () => Redirect("https://example.org/ü?q=ä b#frag"));
        go.Get("/relative", () => Redirect("target"));
        go.Get("/query", () => Redirect(UrlFor("kinds.k_hello", new { name = "A&B" }, anchor: "x y")));
        return go;
    }
}
