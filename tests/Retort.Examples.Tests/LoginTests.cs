using System.Net;
using System.Text.RegularExpressions;

namespace Retort.Examples.Tests;

/// <summary>The example of accounts, where one story is not enough: it is started again, and asked more often than people ask.</summary>
[Collection("Examples")]
public sealed partial class LoginTests
{
    private const string Password = "a few words";

    [Fact]
    public async Task After_a_restart_who_was_remembered_is_still_logged_in_and_nothing_is_lost()
    {
        var folder = Directory.CreateTempSubdirectory("retort-login-");
        try
        {
            Cookie remembered;
            using (var app = await Serve(folder))
            {
                using var visitor = new Visitor(app.Url);
                Assert.Equal("/account", await visitor.Register("Ann"));
                await visitor.Post("/logout");
                Assert.Equal((302, "/account"), await visitor.LogIn("ann", Password, remember: true));
                remembered = visitor.Cookies["remember_token"]!;
            }
            using (var app = await Serve(folder))
            {
                using var visitor = new Visitor(app.Url);
                visitor.Add(remembered);
                Assert.Contains("<h1>Ann</h1>", await visitor.Get("/account"), StringComparison.Ordinal);
                using var other = new Visitor(app.Url);
                Assert.Equal((302, "/account"), await other.LogIn("ANN", Password));
            }
            var secret = Path.Combine(folder.FullName, "secret_key");
            Assert.Equal(64, File.ReadAllText(secret).Length);
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_name_that_exists_and_one_that_does_not_are_answered_alike_attempt_for_attempt()
    {
        var folder = Directory.CreateTempSubdirectory("retort-login-");
        try
        {
            using var app = await Serve(folder);
            using var visitor = new Visitor(app.Url);
            await visitor.Register("Known");
            await visitor.Post("/logout");
            var (known, unknown) = (new List<string>(), new List<string>());
            for (var i = 0; i < 7; i++)
            {
                known.Add(await visitor.Attempt("known"));
                unknown.Add(await visitor.Attempt("other"));
            }
            Assert.Equal(known, unknown);
            Assert.Equal(["422", "422", "422", "422", "422", "429", "429"], known.Select(answer => answer[..3]));
            Assert.Contains("The name or the password is wrong.", known[0], StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task One_address_may_not_try_many_names_whether_it_logs_in_or_registers()
    {
        var folder = Directory.CreateTempSubdirectory("retort-login-");
        try
        {
            using var app = await Serve(folder);
            using var visitor = new Visitor(app.Url);
            for (var i = 0; i < 30; i++)
                Assert.StartsWith("422", await visitor.Attempt($"somebody{i}"), StringComparison.Ordinal);
            Assert.StartsWith("429", await visitor.Attempt("somebody30"), StringComparison.Ordinal);
            using var refused = await visitor.Send("/register", ("name", "Somebody"), ("password", Password), ("repeat", Password));
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
            // The address is the connection's, and not what the sender says it is.
            visitor.Claim("203.0.113.9");
            Assert.StartsWith("429", await visitor.Attempt("somebody31"), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<ExampleApp> Serve(DirectoryInfo folder) => ExampleApp.Serve(new CommandLine([("LOGIN_DATA", folder.FullName)], false, "examples/login/app.cs", ["run"]));

    [GeneratedRegex("name=\"csrf_token\" type=\"hidden\" value=\"([^\"]+)\"|type=\"hidden\" name=\"csrf_token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("again in [1-5] min")]
    private static partial Regex Wait();

    /// <summary>A browser, as far as the example asks for one.</summary>
    private sealed class Visitor : IDisposable
    {
        private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };
        private readonly HttpClient _client;
        private readonly Uri _base;

        public Visitor(string url) => (_client, _base) = (new HttpClient(_handler) { BaseAddress = new Uri(url) }, new Uri(url));

        public CookieCollection Cookies => _handler.CookieContainer.GetCookies(_base);

        public void Add(Cookie cookie) => _handler.CookieContainer.Add(_base, new Cookie(cookie.Name, cookie.Value));

        public void Claim(string address) => _client.DefaultRequestHeaders.Add("X-Forwarded-For", address);

        public Task<string> Get(string path) => _client.GetStringAsync(path, TestContext.Current.CancellationToken);

        public async Task<string?> Register(string name)
        {
            using var answer = await Send("/register", ("name", name), ("password", Password), ("repeat", Password));
            return answer.Headers.Location?.OriginalString;
        }

        public async Task<(int, string?)> LogIn(string name, string password, bool remember = false)
        {
            using var answer = await Send("/login", [("name", name), ("password", password), .. remember ? [("remember", "y")] : Array.Empty<(string, string)>()]);
            return ((int)answer.StatusCode, answer.Headers.Location?.OriginalString);
        }

        /// <summary>Guesses a password; status, headers and page, without what differs by its nature: name, token, time.</summary>
        public async Task<string> Attempt(string name)
        {
            using var answer = await Send("/login", ("name", name), ("password", "a guess"));
            var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "Set-Cookie" or "Retry-After")).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));
            var page = Token().Replace(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "token").Replace(name, "name", StringComparison.Ordinal);
            page = Wait().Replace(page, "again in a while");
            return $"{(int)answer.StatusCode}\n{headers}\n{page}";
        }

        public async Task Post(string path)
        {
            using var answer = await Send(path);
        }

        public async Task<HttpResponseMessage> Send(string path, params (string Name, string Value)[] form)
        {
            var token = Token().Match(await Get(path == "/logout" ? "/account" : path));
            using var content = new FormUrlEncodedContent(form.Append(("csrf_token", token.Groups[1].Value + token.Groups[2].Value)).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));
            return await _client.PostAsync(path, content, TestContext.Current.CancellationToken);
        }

        public void Dispose()
        {
            _client.Dispose();
            _handler.Dispose();
        }
    }
}
