using Retort.Http.Exceptions;
using static Retort.Globals;

namespace Retort.Twin;

internal class TwinError(string message, int code = 422, object? extra = null) : Exception(message)
{
    public int Code { get; } = code;

    public object? Extra { get; } = extra;
}

internal sealed class SubTwinError(string message, int code) : TwinError(message, code);

internal sealed class CrashyError() : Exception("its handler fails");

internal sealed class TeapotError() : HttpException(418, "No coffee <here>");

internal static class Errors
{
    public static void AddTo(App app)
    {
        app.ErrorHandler<TwinError>(error => MakeResponse((new { twin = error.Message, extra = error.Extra }, error.Code)));
        app.ErrorHandler<CrashyError>(Response (error) => throw new InvalidOperationException("the handler of CrashyError", error));
        app.ErrorHandler(404, error => (RenderTemplate("404.html", new { path = Request.Path, description = error.Description }), 404));
        app.ErrorHandler<NotImplementedException>(error => ("not implemented", 501));
    }

    public static Blueprint Blueprint()
    {
        var err = new Blueprint("err") { UrlPrefix = "/err" };
        err.Get("/abort/<int:code>", (int code) => Abort(code));
        err.Get("/abort-desc/<int:code>", (int code) => Abort(code, "Custom <b>why</b>\nsecond line"));
        err.Get("/abort-response", () => Abort(new Response("own response", 409)));
        err.Get("/twin", string () => throw new TwinError("went wrong", 422, new { field = "name" }));
        err.Get("/sub-twin", string () => throw new SubTwinError("sub went wrong", 424));
        err.Get("/crashy", string () => throw new CrashyError());
        err.Get("/crash", () => $"{1 / Zero}");
        err.Get("/ni", string () => throw new NotImplementedException());
        err.Get("/teapot", string () => throw new TeapotError());
        err.Get("/unauthorized", string () => throw new Unauthorized(null, new Http.WwwAuthenticate("basic", new() { ["realm"] = "Twin" })));
        err.Get("/retry", string () => throw new ServiceUnavailable("try later", TimeSpan.FromSeconds(120)));
        err.Get("/missing-key", () => Request.Args["needed"]);
        err.Get("/missing-template", () => RenderTemplate("does-not-exist.html"));
        return err;
    }

    private static int Zero => 0;
}
