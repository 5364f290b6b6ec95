using Retort;
using static Retort.Globals;

namespace __Name__;

/// <summary>The pages that belong to no other part.</summary>
public static class Pages
{
    public static Blueprint Blueprint()
    {
        var pages = new Blueprint("pages");
        pages.Get("/", Index);
        pages.AppErrorHandler(404, error => (RenderTemplate("404.html"), 404));
        return pages;
    }

    private static Response Index() => RenderTemplate("index.html");
}
