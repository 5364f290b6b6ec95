using System.Text.Json;
using System.Text.Json.Nodes;

namespace Retort.Development;

/// <summary>A traceback for clients of an API: the problem document of RFC 9457 with the exception as a further member.</summary>
internal static class TracebackJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(Traceback traceback)
    {
        var document = new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = "Internal Server Error",
            ["status"] = 500,
            ["detail"] = $"{traceback.Name}: {traceback.Message}",
            ["exception"] = Exception(traceback),
        };
        return document.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Exception(Traceback traceback) => new()
    {
        ["type"] = traceback.Name,
        ["message"] = traceback.Message,
        ["frames"] = new JsonArray([.. traceback.Frames.Select(Frame)]),
        ["causes"] = new JsonArray([.. traceback.Causes.Select(Exception)]),
    };

    private static JsonNode Frame(TracebackFrame frame) => new JsonObject
    {
        ["kind"] = frame.Kind switch { FrameKind.App => "app", FrameKind.Template => "template", _ => "library" },
        ["name"] = frame.Name,
        ["file"] = frame.File,
        ["line"] = frame.Line,
        ["source"] = frame.Source?.Text.Trim(),
    };
}
