// Accounts: register, log in and be remembered, change the password, upload a picture, log out. In English and Russian, and without a line of JavaScript.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Retort;
using Retort.Forms;
using Retort.Http.Exceptions;
using Retort.Jinja;
using Retort.Jinja.Extensions;
using Retort.Login;
using Retort.Signing;
using static Retort.Forms.Validators;
using static Retort.Globals;
using static Retort.Login.LoginGlobals;

var app = new App();
var folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("LOGIN_DATA") ?? app.InstancePath).FullName;
var pictures = Directory.CreateDirectory(Path.Combine(folder, "pictures")).FullName;
var users = new UserStore(Path.Combine(folder, "users.json"));

app.SecretKey = Environment.GetEnvironmentVariable("SECRET_KEY") ?? SecretIn(Path.Combine(folder, "secret_key"));
app.Config["SESSION_COOKIE_SAMESITE"] = "Lax";
app.Config["REMEMBER_COOKIE_DURATION"] = TimeSpan.FromDays(30);
app.Config["MAX_CONTENT_LENGTH"] = 4_000_000;

_ = new CsrfProtect(app);
var login = new LoginManager(app) { LoginView = "log_in", RefreshView = "log_in", LocalizeMessage = Language.Text };
login.UserLoader(id => users.All.FirstOrDefault(user => user.GetId() == id));
Language.Install(app);

// Whoever guesses is slowed down by name, from wherever it is tried, and by address, whatever the name is.
var guesses = new Throttle(5, TimeSpan.FromMinutes(5));
var callers = new Throttle(30, TimeSpan.FromMinutes(5));

app.Get("/", Index);
Response Index() => CurrentUser.IsAuthenticated ? Redirect(UrlFor(Account)) : RenderTemplate("index.html");

app.Route("/register", Register, ["GET", "POST"]);
Response Register()
{
    var form = new RegisterForm();
    if (!form.ValidateOnSubmit())
        return Page("register.html", form);
    if (callers.Wait(Caller()) is { } wait)
        return TooMany("register.html", form, wait);
    // Names are public here and have to differ, so that a taken one is told, to callers who may not ask for many. Where a name is an e-mail address, answer alike and let a mail to it say the rest.
    if (users.Add(form.Name.Data!, PasswordHash.Generate(form.Password.Data!)) is not { } user)
    {
        form.Name.Errors.Add(Language.Text("This name is taken. Choose another one."));
        return Page("register.html", form);
    }
    LoginUser(user);
    Flash(Language.Text("Welcome! Your account is ready."));
    return Redirect(UrlFor(Account));
}

app.Route("/login", LogIn, ["GET", "POST"]);
Response LogIn()
{
    // Who comes back by the cookie alone is known but not fresh, and types the password once more.
    var known = CurrentUser as User;
    if (known is not null && LoginFresh())
        return Redirect(NextUrl(UrlFor(Account)));
    var form = new LoginForm(new { name = known?.Name, remember = known is not null });
    if (!form.ValidateOnSubmit())
        return Page("login.html", form);
    var name = form.Name.Data!;
    if ((guesses.Wait(UserStore.Key(name)) ?? callers.Wait(Caller())) is { } wait)
        return TooMany("login.html", form, wait);
    var user = users.Find(name);
    if (!PasswordCheck.Verify(user?.Password, form.Password.Data!))
    {
        form.FormErrors.Add(Language.Text("The name or the password is wrong."));
        return Page("login.html", form);
    }
    guesses.Forget(UserStore.Key(name));
    LoginUser(user!, remember: form.Remember.Data);
    return Redirect(NextUrl(UrlFor(Account)));
}

app.Get("/account", Account);
[LoginRequired]
Response Account() => Page("account.html", new PictureForm());

app.Post("/account/picture", UploadPicture);
[LoginRequired]
Response UploadPicture()
{
    var form = new PictureForm();
    if (!form.ValidateOnSubmit())
        return Page("account.html", form);
    var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + Picture.KindOf(form.Picture.Data!.Stream);
    form.Picture.Data.Save(Path.Combine(pictures, name));
    var old = ((User)CurrentUser).Picture;
    users.Change((User)CurrentUser, user => user with { Picture = name });
    if (old is not null)
        File.Delete(Path.Combine(pictures, old));
    Flash(Language.Text("Your picture has been changed."));
    return Redirect(UrlFor(Account));
}

app.Get("/pictures/<name>", ShowPicture);
Response ShowPicture(string name)
{
    // The name and the type are our own. A browser must not look for a page inside a file that somebody sent.
    var response = SendFromDirectory(pictures, name, new() { Mimetype = Picture.TypeOf(name), MaxAge = 31_536_000 });
    response.Headers["Content-Security-Policy"] = "default-src 'none'; sandbox";
    return response;
}

app.Route("/account/password", ChangePassword, ["GET", "POST"]);
[FreshLoginRequired]
Response ChangePassword()
{
    var form = new PasswordForm();
    if (!form.ValidateOnSubmit())
        return Page("password.html", form);
    var user = (User)CurrentUser;
    if (guesses.Wait(UserStore.Key(user.Name)) is { } wait)
        return TooMany("password.html", form, wait);
    if (!PasswordCheck.Verify(user.Password, form.Current.Data!))
    {
        form.Current.Errors.Add(Language.Text("This is not your password."));
        return Page("password.html", form);
    }
    guesses.Forget(UserStore.Key(user.Name));
    // The id changes with the password, which logs the user out everywhere but here.
    var changed = users.Change(user, old => old with { Password = PasswordHash.Generate(form.Password.Data!), Version = old.Version + 1 });
    LoginUser(changed, remember: LoginRemembered());
    Flash(Language.Text("Your password has been changed. Other browsers are logged out."));
    return Redirect(UrlFor(Account));
}

app.Post("/logout", LogOut);
Response LogOut()
{
    LogoutUser();
    Flash(Language.Text("You are logged out."));
    return Redirect(UrlFor(Index));
}

app.Post("/language", ChooseLanguage);
Response ChooseLanguage()
{
    var response = Redirect(NextUrl());
    response.SetCookie(Language.Cookie, Language.Known(Request.Form.Get("language")) ?? Language.Default, TimeSpan.FromDays(365), httpOnly: true, sameSite: "Lax", secure: Request.IsSecure);
    return response;
}

app.ErrorHandler(404, error => Problem(error, "There is no such page."));
app.ErrorHandler(413, error => Problem(error, "That was too much to send at once: a picture may have 1 MB."));
app.ErrorHandler<CsrfError>(error => Problem(error, "This page was open for too long, or the form was not ours. Go back, load the page again and send it once more."));

app.AfterRequest(Protect);
void Protect(Response response)
{
    response.Headers["X-Content-Type-Options"] = "nosniff";
    if (response.MimeType != "text/html")
        return;
    response.Headers["Content-Security-Policy"] = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    response.Headers["Referrer-Policy"] = "same-origin";
    // The button "back" must not show an account after it was left.
    response.Headers["Cache-Control"] = "no-store";
}

app.Run();

Response Page(string template, FlaskForm form) => (RenderTemplate(template, new { form }), form.Errors.Count > 0 ? 422 : 200);

Response TooMany(string template, FlaskForm form, TimeSpan wait)
{
    form.FormErrors.Add(Language.Text("Too many attempts. Try again in {0} min.", (int)Math.Ceiling(wait.TotalMinutes)));
    Response response = (RenderTemplate(template, new { form }), 429);
    response.RetryAfter = TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));
    return response;
}

Response Problem(HttpException error, string text) => (RenderTemplate("problem.html", new { text = Language.Text(text) }), error.Code);

string Caller() => Request.RemoteAddr ?? "";

// Made once and kept, so that logins survive a restart.
string SecretIn(string path)
{
    if (!File.Exists(path))
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
    }
    return File.ReadAllText(path);
}

internal sealed class RegisterForm : FlaskForm
{
    public StringField Name = new(Language.Text("Name"), DataRequired(), Length(2, 40), Regexp(@"[\p{L}\p{N}._-]+\z", message: Language.Text("Use letters, digits, dots, dashes and underscores.")))
    {
        Filters = [text => text?.Trim()],
        RenderKw = new { autocomplete = "username", autocapitalize = "none", spellcheck = "false" },
    };
    public PasswordField Password = NewPassword.Field();
    public PasswordField Repeat = NewPassword.Repeated();

    public string? ValidatePassword(PasswordField field) => NewPassword.Check(field.Data, Name.Data);
}

internal sealed class LoginForm(object? known) : FlaskForm(data: known)
{
    public StringField Name = new(Language.Text("Name"), DataRequired(), Length(max: 40), PlainText())
    {
        Filters = [text => text?.Trim()],
        RenderKw = new { autocomplete = "username", autocapitalize = "none", spellcheck = "false" },
    };
    public PasswordField Password = new(Language.Text("Password"), InputRequired(), Length(max: 200), PlainText()) { RenderKw = new { autocomplete = "current-password" } };
    public BooleanField Remember = new(Language.Text("Remember me in this browser"));
}

internal sealed class PasswordForm : FlaskForm
{
    public PasswordField Current = new(Language.Text("Current password"), InputRequired(), Length(max: 200), PlainText()) { RenderKw = new { autocomplete = "current-password" } };
    public PasswordField Password = NewPassword.Field();
    public PasswordField Repeat = NewPassword.Repeated();

    public string? ValidatePassword(PasswordField field) => NewPassword.Check(field.Data, ((User)CurrentUser).Name);
}

internal sealed class PictureForm : FlaskForm
{
    public FileField Picture = new(Language.Text("Picture"), FileRequired(), FileAllowed("png", "jpg", "jpeg", "webp"), FileSize(max: 1_000_000, message: Language.Text("The picture is larger than 1 MB.")))
    {
        Description = Language.Text("PNG, JPEG or WebP, up to 1 MB."),
        RenderKw = new { accept = "image/png,image/jpeg,image/webp" },
    };

    public string? ValidatePicture(FileField field) =>
        field.Errors.Count > 0 || global::Picture.KindOf(field.Data!.Stream) is not null ? null : Language.Text("This is no picture that can be shown. Save it as PNG, JPEG or WebP.");
}

/// <summary>What both forms say of a new password: a long one, and nothing else.</summary>
internal static class NewPassword
{
    public static PasswordField Field() => new(Language.Text("New password"), InputRequired(), Length(10, 200), PlainText())
    {
        Description = Language.Text("At least 10 characters. A few words are better than one."),
        RenderKw = new { autocomplete = "new-password" },
    };

    public static PasswordField Repeated() => new(Language.Text("New password again"), InputRequired(), EqualTo("password", Language.Text("The passwords differ."))) { RenderKw = new { autocomplete = "new-password" } };

    public static string? Check(string? password, string? name) =>
        name is { Length: > 0 } && string.Equals(password, name, StringComparison.OrdinalIgnoreCase) ? Language.Text("The password must not be the name.") : null;
}

/// <summary>Somebody with an account. The id has the version in it, so that a new version ends all logins.</summary>
internal sealed record User(int Id, string Name, string Password, int Version = 1, string? Picture = null) : IUser
{
    [JsonIgnore]
    public bool IsAuthenticated => true;

    [JsonIgnore]
    public bool IsActive => true;

    [JsonIgnore]
    public bool IsAnonymous => false;

    public string GetId() => $"{Id}.{Version}";
}

/// <summary>All users in memory and in one file, for one process. The file is replaced as a whole, so that a crash leaves the old or the new one.</summary>
internal sealed class UserStore
{
    private readonly Lock _lock = new();
    private readonly string _path;

    public UserStore(string path)
    {
        _path = path;
        All = File.Exists(path) ? JsonSerializer.Deserialize<List<User>>(File.ReadAllBytes(path))! : [];
    }

    /// <summary>The users as they are now. The list is never changed but replaced.</summary>
    public IReadOnlyList<User> All { get; private set; }

    /// <summary>What a name is compared by: names that look alike but for case and width are one.</summary>
    public static string Key(string name) => name.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    public User? Find(string name) => All.FirstOrDefault(user => Key(user.Name) == Key(name));

    /// <summary>The new user, or null if the name is taken.</summary>
    public User? Add(string name, string password)
    {
        lock (_lock)
        {
            if (Find(name) is not null)
                return null;
            var user = new User(All.Count + 1, name, password);
            Save([.. All, user]);
            return user;
        }
    }

    public User Change(User user, Func<User, User> change)
    {
        lock (_lock)
        {
            var changed = change(All.First(each => each.Id == user.Id));
            Save([.. All.Select(each => each.Id == user.Id ? changed : each)]);
            return changed;
        }
    }

    private void Save(List<User> users)
    {
        using (var file = new FileStream(_path + ".new", FileMode.Create))
        {
            JsonSerializer.Serialize(file, users);
            file.Flush(flushToDisk: true);
        }
        File.Move(_path + ".new", _path, overwrite: true);
        All = users;
    }
}

/// <summary>Counts attempts, and says how long to wait when there were too many. An attempt counts before its password is checked, so that a hundred at once do not slip through.</summary>
internal sealed class Throttle(int limit, TimeSpan window)
{
    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Until)> _attempts = new(StringComparer.Ordinal);

    /// <summary>Counts an attempt; how long to wait if it is one too many, else null.</summary>
    public TimeSpan? Wait(string key)
    {
        var now = DateTimeOffset.UtcNow;
        if (_attempts.Count > 10_000)
            Clean(now);
        var (count, until) = _attempts.AddOrUpdate(key, _ => (1, now + window), (_, old) => old.Until <= now ? (1, now + window) : (old.Count + 1, old.Until));
        return count > limit ? until - now : null;
    }

    public void Forget(string key) => _attempts.TryRemove(key, out _);

    private void Clean(DateTimeOffset now)
    {
        foreach (var (key, attempt) in _attempts)
        {
            if (attempt.Until <= now)
                _attempts.TryRemove(key, out _);
        }
    }
}

/// <summary>What a picture is, by its first bytes; names and types of uploads are what somebody claims.</summary>
internal static class Picture
{
    /// <summary>The ending for the kind of picture, or null for anything else.</summary>
    public static string? KindOf(Stream stream)
    {
        Span<byte> head = stackalloc byte[12];
        stream.Position = 0;
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        return head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) ? ".png"
            : head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? ".jpg"
            : head.Length == 12 && head.StartsWith("RIFF"u8) && head[8..].SequenceEqual("WEBP"u8) ? ".webp"
            : null;
    }

    public static string TypeOf(string name) => Path.GetExtension(name) switch { ".png" => "image/png", ".jpg" => "image/jpeg", ".webp" => "image/webp", _ => "application/octet-stream" };
}

/// <summary>The language of a request: the one that was chosen, else the one that the browser likes best.</summary>
internal static class Language
{
    public const string Cookie = "language";
    public const string Default = "en";

    // English is what the texts are written in. Another language is another file; what fields and validators say is translated already.
    private static readonly Dictionary<string, GettextCatalog> Catalogs = new(StringComparer.Ordinal);
    private static readonly string[] Names = [Default, "ru"];

    private static string Current => G.SetDefault(Cookie, () => Known(Request.Cookies.Get(Cookie)) ?? Request.AcceptLanguages.BestMatch(Names, Default)!);

    public static void Install(App app)
    {
        foreach (var name in Names.Where(name => name != Default))
            Catalogs[name] = GettextCatalog.Load(Path.Combine(app.RootPath, "translations", name + ".po"));
        app.Jinja.AddExtension(new I18nExtension());
        app.Jinja.InstallGettextCallables((string text) => Text(text), Plural, newstyle: true);
        app.ContextProcessor(() => new { language = Current });
        Translations.Register(app, _ => Current);
    }

    public static string? Known(string? name) => Names.FirstOrDefault(each => each == name);

    public static string Text(string text) => Catalogs.TryGetValue(Current, out var catalog) ? catalog.Gettext(text) : text;

    public static string Text(string text, params object[] values) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Text(text), values);

    private static string Plural(string singular, string plural, long count) =>
        Catalogs.TryGetValue(Current, out var catalog) ? catalog.NGettext(singular, plural, count) : count == 1 ? singular : plural;
}
