using static Retort.Globals;

namespace Retort.Twin;

internal static class Cookies
{
    public static void AddTo(App app)
    {
        app.Get("/cookies/set", Set);
        app.Get("/cookies/show", () => Request.Cookies.ToDict());
        app.Get("/cookies/delete", Delete);
        app.Get("/auth", () => Request.Authorization is { Type: "basic", Username: "jo", Password: "pä:ss" } ? (Response)"welcome jo" : Login());
    }

    private static Response Set()
    {
        var response = new Response("cookies");
        response.SetCookie("simple", "1");
        response.SetCookie("quoted", "a b;c,\"d\"");
        response.SetCookie("uni", "ü€");
        response.SetCookie("attrs", "x", maxAge: TimeSpan.FromSeconds(60), path: "/p", domain: "example.org", secure: true, httpOnly: true, sameSite: "Lax");
        response.SetCookie("exp", "x", expires: new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
        response.SetCookie("part", "x", partitioned: true, sameSite: "None");
        return response;
    }

    private static Response Delete()
    {
        var response = new Response("deleted");
        response.DeleteCookie("simple");
        response.DeleteCookie("attrs", path: "/p", domain: "example.org", secure: true, httpOnly: true, sameSite: "Lax");
        return response;
    }

    private static Response Login()
    {
        var response = new Response("login", 401);
        response.Headers["WWW-Authenticate"] = "Basic realm=\"Twin\"";
        return response;
    }
}
