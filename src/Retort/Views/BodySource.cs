using System.Text.Json;
using Retort.Http.Exceptions;

namespace Retort.Views;

/// <summary>
/// Reads a <c>[FromBody]</c> parameter: a body of another type is a 415, one that is no JSON a 400, and JSON whose values do not fit the parameter, or break the rules of
/// its data annotations, a 422. Each names the parameter and the member.
/// </summary>
internal static class BodySource
{
    public static Source<T?> Of<T>(string name, bool required)
    {
        var rules = ValueRules.Of(typeof(T));
        return context =>
        {
            var request = context.Request;
            if (!request.IsJson)
            {
                // Without a body, an optional parameter is not given; one of another type was meant to be.
                if (!required && request.GetData().IsEmpty)
                    return default;
                throw new UnsupportedMediaType($"The body ('{name}') must be JSON with the Content-Type 'application/json', but it {(request.ContentType is { Length: > 0 } type ? $"is '{type}'" : "has none")}.");
            }
            var value = Read<T>(context, name);
            if (value is null)
                return required ? throw new BadRequest($"The body is null, but '{name}' is needed.") : default;
            return rules?.Check(value) is { Count: > 0 } errors ? throw Unfit(name, errors) : value;
        };
    }

    private static T? Read<T>(Context context, string name)
    {
        var data = context.Request.GetData();
        try
        {
            return JsonSerializer.Deserialize<T>(data.Span, context.App.Json.ReadOptions);
        }
        catch (JsonException error)
        {
            if (!IsJson(data))
                throw new BadRequest($"The body ('{name}') is no JSON: {Reason(error)} (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}).");
            var member = error.Path is { Length: > 2 } path ? path[2..] : "";
            throw Unfit(name, new() { [member] = [Needs(error)] });
        }
    }

    private static UnprocessableEntity Unfit(string name, Dictionary<string, string[]> errors) =>
        new(string.Join('\n', errors.SelectMany(entry => entry.Value.Select(message => $"{(entry.Key.Length == 0 ? name : $"{name}.{entry.Key}")}: {message}")))) { Errors = errors };

    private static bool IsJson(ReadOnlyMemory<byte> data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The message without the places, which System.Text.Json puts behind it and which are given by themselves.</summary>
    private static string Reason(JsonException error) => error.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0].TrimEnd(' ', '.');

    private static string Needs(JsonException error) =>
        error.Message.Contains("missing required properties", StringComparison.Ordinal) ? Reason(error)[Reason(error).IndexOf("missing", StringComparison.Ordinal)..] + "."
        : "the value is not of the type that is needed.";
}
