using System.Globalization;
using System.Text;

namespace Retort.Examples.Tests;

/// <summary>Plays exchanges against a server: one browser with one jar of cookies, which follows no redirect by itself.</summary>
internal sealed class Player(Variables variables) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true });

    /// <summary>What is wrong with the answer, one line each; nothing when it is as expected.</summary>
    public async Task<IReadOnlyList<string>> Play(Exchange exchange)
    {
        using var request = MakeRequest(exchange);
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return Compare(exchange, response, body).ToList();
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage MakeRequest(Exchange exchange)
    {
        var request = new HttpRequestMessage(new HttpMethod(exchange.Method), variables["base"] + variables.Fill(exchange.Target));
        if (exchange.Body is { } body)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(variables.Fill(body)));
        foreach (var (name, value) in exchange.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, variables.Fill(value)))
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, variables.Fill(value));
        }
        return request;
    }

    private IEnumerable<string> Compare(Exchange exchange, HttpResponseMessage response, string body)
    {
        var status = $"{((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)} {response.ReasonPhrase}";
        if (status != exchange.Status)
            yield return $"the status is {status}, not {exchange.Status}";
        foreach (var (name, expected) in exchange.ExpectedHeaders)
        {
            var values = response.Headers.Concat(response.Content.Headers).Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).SelectMany(header => header.Value).ToList();
            if (expected.Length == 0 && values.Count > 0)
                yield return $"there is a header {name}: {string.Join(" | ", values)}";
            else if (expected.Length > 0 && !values.Any(value => variables.Match(expected, value)))
                yield return $"the header {name} is {(values.Count == 0 ? "missing" : string.Join(" | ", values))}, not {expected}";
        }
        if (exchange.ExpectedBody is { } text && !variables.Match(text, body.ReplaceLineEndings("\n").Trim('\n')))
            yield return $"the body is\n{body}\nnot\n{text}";
    }
}
