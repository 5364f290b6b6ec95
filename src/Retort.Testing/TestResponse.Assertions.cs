using System.Globalization;
using System.Text;
using System.Text.Json;
using Retort.Http;

namespace Retort.Testing;

/// <content>Assertions whose failure shows what was answered. They give back the response, so that one may follow the other.</content>
public sealed partial class TestResponse
{
    private const int LongestShown = 2_000;

    /// <summary>Fails unless the status is this one: <c>(await client.Get("/")).AssertStatus(200)</c>. The failure shows the status line and the beginning of the body.</summary>
    /// <exception cref="ResponseAssertionException">It is another.</exception>
    public TestResponse AssertStatus(int expected) => StatusCode == expected ? this : throw Failure($"not {Line(expected)}");

    /// <summary>Fails unless the answer redirects there.</summary>
    /// <param name="location">The Location header as it is sent, such as <c>/login</c>.</param>
    /// <exception cref="ResponseAssertionException">It does not redirect, or elsewhere.</exception>
    public TestResponse AssertRedirect(string location) =>
        StatusCode is >= 300 and < 400 && Location == location ? this : throw Failure($"not a redirect to {location}");

    /// <summary>
    /// Fails unless the body is this as JSON: <c>response.AssertJson(new { id = 1, tags = new[] { "a" } })</c>. The order of names does not count. The failure shows where they differ.
    /// </summary>
    /// <param name="expected">Anything that the app could answer with.</param>
    /// <exception cref="ResponseAssertionException">It is another, or no JSON.</exception>
    public TestResponse AssertJson(object? expected)
    {
        using var wanted = JsonDocument.Parse(_json.Dumps(expected));
        using var found = ReadJson();
        return JsonDifference.Between(wanted.RootElement, found.RootElement) is { } difference ? throw Failure(difference) : this;
    }

    private JsonDocument ReadJson()
    {
        try
        {
            return JsonDocument.Parse(Data);
        }
        catch (JsonException)
        {
            throw Failure("not with JSON");
        }
    }

    private ResponseAssertionException Failure(string problem)
    {
        var text = new StringBuilder($"{Method} {Path} answered {Line(StatusCode)}, {problem}");
        if (History.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $" (after {string.Join(", ", History.Select(before => $"{before.StatusCode} of {before.Method} {before.Path}"))})");
        if (Location is { } location)
            text.Append("\nLocation: ").Append(location);
        text.Append("\nContent-Type: ").Append(ContentType ?? "none").Append('\n');
        var shown = Text;
        text.Append(shown.Length == 0 ? "(no body)" : shown.Length <= LongestShown ? shown : shown[..LongestShown]);
        if (shown.Length > LongestShown)
            text.Append(CultureInfo.InvariantCulture, $"\n... and {shown.Length - LongestShown} more characters");
        return new ResponseAssertionException(text.ToString());
    }

    private static string Line(int status) => $"{status} {HttpStatus.Reason(status) ?? "Unknown"}";
}
