using Microsoft.AspNetCore.Http;
using Retort.Http;

namespace Retort.Toolbar;

/// <summary>Tells requests of whole pages from those that a page's scripts make for parts of one, or to hear of changes for as long as it is open.</summary>
internal static class PageRequest
{
    /// <summary>Whether the answer may become a page in a window of its own. A browser that says nothing of it is believed to load a page.</summary>
    public static bool IsOne(Request request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method) || HttpMethods.IsPatch(request.Method) || HttpMethods.IsDelete(request.Method))
        && request.Headers["Sec-Fetch-Dest"].ToString() is "" or "document"
        && request.Headers.Accept != "text/event-stream"
        && !request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
        && !request.Headers["X-Requested-With"].ToString().Equals("XMLHttpRequest", StringComparison.OrdinalIgnoreCase)
        && !request.Headers.ContainsKey("HX-Request")
        && !request.Headers.ContainsKey("Turbo-Frame");
}
