using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Retort.Testing;
using static Retort.Globals;
using static Retort.Login.LoginGlobals;

namespace Retort.Login.Tests;

/// <summary>Requests that are answered at the same time, all of them at the same point of it.</summary>
public sealed class SideBySideTests
{
    private const int Many = 200;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_sees_its_own_user_from_session_cookie_or_header(bool isAuthenticatedBefore)
    {
        var (app, login) = Logins.Make();
        var together = new Rendezvous(Many);
        login.UserLoader<User>(async id =>
        {
            await together.Arrive();
            return new User(id);
        });
        login.RequestLoader<User>(async request =>
        {
            await together.Arrive();
            return request.Headers["X-User"].ToString() is { Length: > 0 } id ? new User(id) : null;
        });
        if (isAuthenticatedBefore)
        {
            app.Services.AddAuthentication(LoginAuthentication.Scheme).AddRetortLogin(app);
            app.Services.AddAuthorization();
            app.UseMiddleware(web => web.UseAuthentication().UseAuthorization());
        }
        app.Get("/mine", [LoginRequired] async (Context context) =>
        {
            var first = CurrentUser.GetId();
            await Task.Yield();
            return RenderTemplateString("{{ first }} {{ current_user.get_id() }} {{ claimed }}", new { first, claimed = context.Http.User.Identity!.Name });
        });
        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(number => Task.Run(async () =>
        {
            var id = $"u{number}";
            var client = app.TestClient();
            if (number % 3 == 0)
                client.SessionTransaction(LoginSession.Of(new User(id)));
            else if (number % 3 == 1)
                client.SetCookie("remember_token", Signing.RememberToken.Encode(id, Logins.Key));
            var answer = await client.Get("/mine", headers: number % 3 == 2 ? new { X_User = id } : null);
            return (Text: answer.Text, Expected: $"{id} {id} {id}", Kept: number % 3 == 2 || (string?)client.Session()["_user_id"] == id);
        })));
        Assert.All(answers, answer => Assert.Equal((answer.Expected, true), (answer.Text, answer.Kept)));
    }

    [Fact]
    public async Task Each_is_authenticated_by_its_own_credentials()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { SecretKey = Logins.Key, Testing = true };
        var together = new Rendezvous(Many);
        var basic = new HttpBasicAuth();
        basic.VerifyPassword(async (user, password) =>
        {
            await together.Arrive();
            return password == $"secret of {user}" ? user : null;
        });
        var token = new HttpTokenAuth();
        token.VerifyToken(async sent =>
        {
            await together.Arrive();
            return sent.StartsWith('u') ? sent : null;
        });
        var auth = new MultiAuth(basic, token);
        auth.InitApp(app);
        app.Get("/", [HttpAuthRequired] async () =>
        {
            await Task.Yield();
            return $"{auth.CurrentUser} {basic.Username}";
        });
        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(number => Task.Run(async () =>
        {
            var id = $"u{number}";
            var client = app.TestClient();
            return (number % 2 == 0 ? await client.Open("/", auth: (id, $"secret of {(number % 4 == 0 ? id : "another")}")) : await client.Get("/", headers: new { Authorization = $"Bearer {id}" })).Text;
        })));
        Assert.Equal(Enumerable.Range(0, Many).Select(number => (number % 4) switch { 0 => $"u{number} u{number}", 2 => "Unauthorized Access", _ => $"u{number} " }), answers);
    }

    /// <summary>Lets nobody go on before all have come.</summary>
    private sealed class Rendezvous(int many)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _here;

        public Task Arrive()
        {
            if (Interlocked.Increment(ref _here) == many)
                _all.SetResult();
            return _all.Task;
        }
    }
}
