using Retort.Http.Exceptions;

namespace Retort;

/// <summary>The page an HTTP error answers with when no handler takes it.</summary>
internal static class ErrorPages
{
    /// <summary>The page; problem details for a client that asks for JSON, when the error is about values it sent.</summary>
    public static Response Of(Context context, HttpException error) => error.Errors is { } errors && AsksForJson(context) ? Problem(context, error, errors)
        : context.HasRequest && ProblemDocument.Of(error, context.Request) is { } document ? document
        : Of(error);

    /// <summary>A browser asks for HTML by name; what takes anything, as scripts do, is answered in the language it spoke.</summary>
    private static bool AsksForJson(Context context)
    {
        if (!context.HasRequest)
            return false;
        var accept = context.Request.Headers.Accept.ToString();
        return accept.Contains("html", StringComparison.OrdinalIgnoreCase) || accept.Contains("json", StringComparison.OrdinalIgnoreCase)
            ? context.Request.AcceptMimeTypes.BestMatch(["text/html", "application/json", "application/problem+json"]) is { } best && best != "text/html"
            : context.Request.IsJson;
    }

    private static Response Problem(Context context, HttpException error, IReadOnlyDictionary<string, string[]> errors)
    {
        var response = Responses.MakeJson(context.App, new { type = "about:blank", title = error.Name, status = error.Code, detail = error.Description, errors });
        response.StatusCode = error.Code;
        response.ContentType = "application/problem+json";
        return response;
    }

    public static Response Of(HttpException error)
    {
        var response = new Response(error.GetBody(), error.Code);
        response.Headers.Replace(error.GetHeaders());
        return response;
    }
}
