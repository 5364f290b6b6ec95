using static Retort.Globals;

namespace Retort.Twin;

internal static class Methods
{
    public static void AddTo(App app)
    {
        app.Get("/methods/get", () => "get");
        app.Route("/methods/multi", () => Request.Method, ["POST", "PUT"], "methods_multi");
        app.Get("/methods/split", () => "split get", "methods_split_get");
        app.Post("/methods/split", () => "split post", "methods_split_post");
        app.Route("/methods/all", () => (Request.Method, new[] { ("X-Method", Request.Method) }), ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
        app.Get("/methods/no-options", () => "x", options: new RouteOptions { ProvideAutomaticOptions = false });
        app.AddUrlRule("/methods/upper/<word>", "methods_upper", () => new Upper("!"), ["GET", "POST"]);
        app.AddUrlRule("/methods/view", "methods_view", () => new Verbs());
    }

    private sealed class Upper(string suffix) : View
    {
        public string DispatchRequest(string word) => word.ToUpperInvariant() + suffix;
    }

    private sealed class Verbs : MethodView
    {
        public string Get() => "mv get";

        public string Put() => "mv put";
    }
}
