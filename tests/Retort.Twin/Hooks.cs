using static Retort.Globals;

namespace Retort.Twin;

/// <summary>The functions around requests, seen through what each adds to a list. They look at paths below <c>/hooks/</c> alone.</summary>
internal static class Hooks
{
    private static readonly Lock Gate = new();
    private static readonly List<string> TeardownLog = [];

    private static bool Apply => Request.Path.StartsWith("/hooks/", StringComparison.Ordinal);

    public static void AddTo(App app)
    {
        app.BeforeRequest(() =>
        {
            if (Apply)
                G["trace"] = new List<string> { "app-before-1" };
        });
        app.BeforeRequest(() => Trace("app-before-2"));
        app.AfterRequest((Response response) =>
        {
            Trace("app-after-1");
            if (G.Get<List<string>>("trace") is { } trace)
                response.Headers["X-Trace"] = string.Join(',', trace);
        });
        app.AfterRequest((Response response) => Trace("app-after-2"));
        app.TeardownRequest((Exception? error) => Log("app", error));
    }

    public static Blueprint Blueprint()
    {
        var hooks = new Blueprint("hooks") { UrlPrefix = "/hooks" };
        hooks.BeforeAppRequest(() => Trace("bp-app-before"));
        hooks.BeforeRequest(Response? () =>
        {
            Trace("bp-before");
            return Request.Path.EndsWith("/blocked", StringComparison.Ordinal) ? ("blocked by before_request", 403) : null;
        });
        hooks.AfterRequest((Response response) => Trace("bp-after"));
        hooks.TeardownRequest((Exception? error) => Log("bp", error));

        hooks.Get("/trace", () => Traced("traced"));
        hooks.Get("/blocked", () => "not reached");
        hooks.Get("/fail", string () => throw new TwinError(Traced("in hooks")));
        hooks.Get("/crash", string () => throw new CrashyError());
        hooks.Get("/after-this", AfterThis);
        hooks.Get("/teardown-log", TakeLog);
        return hooks;
    }

    private static string AfterThis()
    {
        AfterThisRequest((Response response) =>
        {
            Trace("after-this");
            response.Headers["X-After-This"] = "yes";
        });
        return "ok";
    }

    private static List<string> TakeLog()
    {
        lock (Gate)
        {
            List<string> taken = [.. TeardownLog];
            TeardownLog.Clear();
            return taken;
        }
    }

    private static string Traced(string text)
    {
        Trace("view");
        return text;
    }

    private static void Trace(string step) => G.Get<List<string>>("trace")?.Add(step);

    private static void Log(string who, Exception? error)
    {
        if (!Apply)
            return;
        lock (Gate)
            TeardownLog.Add($"{who}:{(error is null ? "none" : "error")}");
    }
}
