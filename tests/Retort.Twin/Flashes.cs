using Retort.Jinja;
using static Retort.Globals;

namespace Retort.Twin;

internal static class Flashes
{
    public static void AddTo(App app)
    {
        app.Post("/flash", Add, "flash");
        app.Get("/flash/show", () => RenderTemplate("flash.html"), "show_flash");
        app.Get("/flash/multi", Several);
        app.Get("/flash/json", () => GetFlashedMessagesWithCategories());
    }

    private static Response Add()
    {
        Flash(Request.Form["message"], Request.Form.Get("category", "message"));
        return Redirect(UrlFor("show_flash"));
    }

    private static object Several()
    {
        Flash("first");
        Flash("second <i>", "error");
        Flash(new Markup("<b>safe</b>"), "info");
        Flash("third", "error");
        return new { errors = GetFlashedMessages("error"), all = GetFlashedMessagesWithCategories() };
    }
}
