using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Retort.Jinja;
using Retort.Templating;
using Retort.Views;

namespace Retort;

/// <summary>Makes responses of what views return. Source: flask.Flask.make_response.</summary>
internal static class Responses
{
    public static Response Make(Context context, in Outcome outcome, string view) => outcome.Kind switch
    {
        OutcomeKind.Text => new Response((string)outcome.Value!),
        OutcomeKind.Bytes => new Response((byte[])outcome.Value!),
        OutcomeKind.Page => (RenderedTemplate)outcome.Value!,
        OutcomeKind.Json => MakeJson(context.App, outcome.Value),
        OutcomeKind.Response => (Response)outcome.Value!,
        _ => throw new ViewError($"{view} did not return a response: it returned null or nothing. Return text, an object, a tuple or a Response on every path."),
    };

    public static Response Make(Context context, object value) => Make(context, MakeOutcome(context, value), "MakeResponse");

    /// <summary>For values whose kind only they know.</summary>
    public static Outcome MakeOutcome(Context context, object value) => value switch
    {
        string text => new Outcome(OutcomeKind.Text, text),
        Markup markup => new Outcome(OutcomeKind.Text, markup.ToString()),
        Response => new Outcome(OutcomeKind.Response, value),
        RenderedTemplate => new Outcome(OutcomeKind.Page, value),
        byte[] => new Outcome(OutcomeKind.Bytes, value),
        ReadOnlyMemory<byte> bytes => Outcome.Of(new Response(bytes)),
        Stream stream => Outcome.Of(new Response(stream, contentType: "application/octet-stream")),
        IResult result => Outcome.Of(ResultBody.MakeResponse(result)),
        ITuple tuple => Outcome.Of(MakeFromTuple(context, tuple)),
        IAsyncEnumerable<string> pieces => Outcome.Of(new Response(pieces)),
        // A list of texts is JSON, as Flask's list is; pieces made one after the other are streamed, as its generators are.
        IEnumerable<string> pieces and not ICollection<string> => Outcome.Of(new Response(pieces)),
        _ when Returns.IsRefused(value.GetType()) => throw new ViewError(
            $"a view returned the {value.GetType().Name} {value}, which is no response. Return text, an object, a tuple of a body and a status, or a Response."),
        _ => new Outcome(OutcomeKind.Json, value),
    };

    public static Response MakeJson(App app, object? value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        WriteJson(app, value, buffer);
        return new Response(buffer.WrittenMemory, contentType: app.Json.MimeType);
    }

    /// <summary>The value and a final newline, as Flask ends its JSON responses.</summary>
    public static void WriteJson(App app, object? value, IBufferWriter<byte> buffer)
    {
        app.Json.Write(buffer, value);
        buffer.Write("\n"u8);
    }

    // (body, status), (body, headers), (body, status, headers)
    private static Response MakeFromTuple(Context context, ITuple tuple)
    {
        if (tuple.Length is not (2 or 3) || tuple[0] is null)
            throw new ViewError($"a view returned a tuple of {tuple.Length} values. Return (body, status), (body, headers) or (body, status, headers) with a body that is not null.");
        var response = Make(context, tuple[0]!);
        if (tuple[1] is int or string)
            SetStatus(response, tuple[1]!);
        else if (tuple.Length == 2)
            SetHeaders(response, tuple[1]);
        if (tuple.Length == 3)
            SetHeaders(response, tuple[2]);
        return response;
    }

    private static void SetStatus(Response response, object status)
    {
        if (status is int code)
            response.StatusCode = code;
        else
            response.Status = (string)status;
    }

    private static void SetHeaders(Response response, object? headers)
    {
        switch (headers)
        {
            case null:
                break;
            case IEnumerable<KeyValuePair<string, string>> pairs:
                response.Headers.Replace(pairs);
                break;
            case IEnumerable<(string Name, string Value)> pairs:
                response.Headers.Replace(pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
                break;
            default:
                throw new ViewError($"a view returned headers as a {headers.GetType().Name}. Return a dictionary of texts or a list of (name, value).");
        }
    }
}
