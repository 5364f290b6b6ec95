using Retort.Http.Exceptions;

namespace Retort;

/// <summary>The page an HTTP error answers with when no handler takes it.</summary>
internal static class ErrorPages
{
    public static Response Of(HttpException error, Context context)
    {
        if (ProblemDocument.Of(error, context.Request) is { } document)
            return document;
        var response = new Response(error.GetBody(), error.Code);
        var headers = error.GetHeaders();
        // Those of the error replace the response's own, but one that it gives twice stands twice.
        foreach (var (name, _) in headers)
            response.Headers.Remove(name);
        response.Headers.Extend(headers);
        return response;
    }
}
