using System.Text.Json.Nodes;
using Retort.Development;
using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort;

/// <summary>An HTTP error for clients that take JSON and no page: the problem document of RFC 9457, without anything of the exception behind it.</summary>
internal static class ProblemDocument
{
    /// <summary>The document; null for clients that take pages, and for errors whose class writes its own answer.</summary>
    public static Response? Of(HttpException error, Request request)
    {
        if (!DebugFormats.TakesJsonAlone(request) || !IsPlain(error))
            return null;
        var response = new Response(Write(error), error.Code, contentType: "application/problem+json");
        response.Headers.Extend(error.GetHeaders().Where(header => !header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)));
        response.Headers["Vary"] = "Accept";
        return response;
    }

    private static bool IsPlain(HttpException error) => error.GetType().GetMethod(nameof(error.GetBody))!.DeclaringType == typeof(HttpException);

    private static string Write(HttpException error)
    {
        var document = new JsonObject { ["type"] = "about:blank", ["title"] = error.Name, ["status"] = error.Code };
        if (error.Description is { } detail)
            document["detail"] = detail;
        return document.ToJsonString() + "\n";
    }
}
