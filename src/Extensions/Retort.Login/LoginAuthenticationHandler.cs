using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Retort.Http.Exceptions;

namespace Retort.Login;

/// <summary>
/// Answers ASP.NET Core's questions about the user. It is asked before the app, so that it looks at the request in a context of its own, and leaves what it has loaded and opened to the app's.
/// </summary>
internal sealed class LoginAuthenticationHandler(IOptionsMonitor<LoginAuthenticationOptions> options, ILoggerFactory log, UrlEncoder encoder)
    : AuthenticationHandler<LoginAuthenticationOptions>(options, log, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        Context.Items.TryAdd(LoginAuthentication.LoadedKey(Options.App), new Dictionary<string, IUser?>(StringComparer.Ordinal));
        var context = Options.App.RequestContext(Context);
        context.HandOver();
        var manager = LoginManager.Of(Options.App);
        try
        {
            return (await manager.Search(context).Run()).User is { IsAuthenticated: true } user
                ? AuthenticateResult.Success(new AuthenticationTicket(LoginPrincipal.Of(manager, user), Scheme.Name))
                : AuthenticateResult.NoResult();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever needs the user asks again, and is told what is wrong; what needs none is not kept from its answer.
            return AuthenticateResult.Fail(error);
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await using var context = Options.App.RequestContext(Context);
        var manager = LoginManager.Of(Options.App);
        await manager.LoadUser(context);
        var response = await Answer(manager.Unauthorized);
        manager.UpdateRememberCookie(context, response);
        Options.App.SessionInterface.SaveSession(Options.App.Config, context.Session, response.Headers);
        await Write(response);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties) => await Write(await Answer(() => throw HttpException.For(403)));

    private static async ValueTask<Response> Answer(Func<ValueTask<Response>> answer)
    {
        try
        {
            return await answer();
        }
        catch (HttpException error)
        {
            var page = new Response(error.GetBody(), error.Code);
            foreach (var (name, value) in error.GetHeaders())
                page.Headers[name] = value;
            return page;
        }
    }

    private async Task Write(Response response)
    {
        Response.StatusCode = response.StatusCode;
        foreach (var (name, value) in response.Headers)
            Response.Headers.Append(name, value);
        var body = await response.GetDataAsync();
        Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(Request.Method))
            await Response.Body.WriteAsync(body, Context.RequestAborted);
    }
}
