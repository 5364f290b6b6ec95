using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Retort.Forms.Text;

namespace Retort.Forms.Recaptchas;

/// <summary>Asks Google, or the server that the app names, whether the answer of a <see cref="RecaptchaField"/> is a good one. Source: flask_wtf.recaptcha.validators.Recaptcha.</summary>
internal sealed class Recaptcha(string? message) : Validator
{
    private const string ResponseKey = "g-recaptcha-response";

    // One for all: each client of its own would leave its connections behind. What is set for one visitor is not for the next.
    private static readonly HttpClient Client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 65_536,
    };

    private string Refusal => message ?? Messages.NoResponse;

    public override async ValueTask<Verdict> ValidateAsync(Form form, Field field, CancellationToken cancellation)
    {
        var context = Context.Current is { HasRequest: true } running ? running
            : throw new ContextError($"the RecaptchaField '{field.Name}' was validated outside a request, in which its answer is. Validate it inside a view; elsewhere use app.TestRequestContext().");
        if (context.App.Testing)
            return Verdict.Pass;
        if (SentWith(context) is not { Length: > 0 } response)
            return field.Gettext(Refusal);
        var config = context.App.Config;
        var answer = await Ask(context, RecaptchaKeys.VerifyServerOf(config), RecaptchaKeys.PrivateKeyOf(config), response, cancellation);
        return answer.IsGood ? Verdict.Pass : field.Gettext(answer.Codes.Select(TextOf).FirstOrDefault(text => text is not null) ?? Refusal);
    }

    private static string? SentWith(Context context) => context.Request.IsJson
        ? (context.Request.Json as IEnumerable<KeyValuePair<string, object?>>)?.FirstOrDefault(pair => pair.Key == ResponseKey).Value as string
        : context.Request.Form.Get(ResponseKey);

    private static string? TextOf(string code) => code switch
    {
        "missing-input-secret" => Messages.NoSecret,
        "invalid-input-secret" => Messages.InvalidSecret,
        "missing-input-response" => Messages.NoResponse,
        "invalid-input-response" => Messages.InvalidResponse,
        _ => null,
    };

    // A server that does not answer says that nobody is a human.
    private static async Task<Answer> Ask(Context context, Uri server, string secret, string response, CancellationToken cancellation)
    {
        var sent = new Dictionary<string, string> { ["secret"] = secret, ["response"] = response };
        if (context.Request.RemoteAddr is { } address)
            sent["remoteip"] = address;
        try
        {
            using var content = new FormUrlEncodedContent(sent);
            using var answer = await Client.PostAsync(server, content, cancellation);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new HttpRequestException($"it answered with the status {(int)answer.StatusCode}");
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            return Answer.Of(json.RootElement);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            context.App.Logger.LogWarning(error, "An answer to reCAPTCHA could not be checked by {Server} and counts as wrong.", server);
            return new Answer(false, []);
        }
    }

    private sealed record Answer(bool IsGood, IReadOnlyList<string> Codes)
    {
        public static Answer Of(JsonElement json)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("success", out var success))
                throw new JsonException("the answer has no 'success'");
            var codes = json.TryGetProperty("error-codes", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Where(code => code.ValueKind == JsonValueKind.String).Select(code => code.GetString()!) : [];
            return new Answer(success.ValueKind == JsonValueKind.True, [.. codes]);
        }
    }
}
