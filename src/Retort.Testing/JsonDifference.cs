using System.Text.Json;

namespace Retort.Testing;

/// <summary>Finds the first place where two JSON values differ.</summary>
internal static class JsonDifference
{
    /// <summary>What is to be said of it, such as <c>with another value at $.tags[1]: expected "b", found "c"</c>; null when they are the same.</summary>
    public static string? Between(JsonElement expected, JsonElement found) => Between(expected, found, "$");

    private static string? Between(JsonElement expected, JsonElement found, string at) => (expected.ValueKind, found.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => OfObjects(expected, found, at),
        (JsonValueKind.Array, JsonValueKind.Array) => OfArrays(expected, found, at),
        _ => JsonElement.DeepEquals(expected, found) ? null : $"with another value at {at}: expected {expected.GetRawText()}, found {found.GetRawText()}",
    };

    private static string? OfObjects(JsonElement expected, JsonElement found, string at)
    {
        foreach (var property in expected.EnumerateObject())
        {
            if (!found.TryGetProperty(property.Name, out var other))
                return $"without {at}.{property.Name}: expected {property.Value.GetRawText()}";
            if (Between(property.Value, other, $"{at}.{property.Name}") is { } difference)
                return difference;
        }
        return found.EnumerateObject().Where(property => !expected.TryGetProperty(property.Name, out _))
            .Select(property => $"with {at}.{property.Name}, which is not expected: {property.Value.GetRawText()}").FirstOrDefault();
    }

    private static string? OfArrays(JsonElement expected, JsonElement found, string at)
    {
        foreach (var (index, (one, other)) in expected.EnumerateArray().Zip(found.EnumerateArray()).Index())
        {
            if (Between(one, other, $"{at}[{index}]") is { } difference)
                return difference;
        }
        return expected.GetArrayLength() == found.GetArrayLength() ? null
            : $"with {found.GetArrayLength()} elements at {at}: expected {expected.GetArrayLength()}";
    }
}
