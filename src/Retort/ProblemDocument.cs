using System.Buffers;
using System.Text.Json;
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
        foreach (var (name, value) in error.GetHeaders().Where(header => !header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
            response.Headers.Add(name, value);
        response.Headers["Vary"] = "Accept";
        return response;
    }

    private static bool IsPlain(HttpException error) => error.GetType().GetMethod(nameof(error.GetBody))!.DeclaringType == typeof(HttpException);

    private static ReadOnlyMemory<byte> Write(HttpException error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("type", "about:blank");
        writer.WriteString("title", error.Name);
        writer.WriteNumber("status", error.Code);
        if (error.Description is { } detail)
            writer.WriteString("detail", detail);
        writer.WriteEndObject();
        writer.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
