using System.Security.Claims;
using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Login;

/// <summary>
/// Knows who is logged in, by a user id in the session. Nothing of it belongs to one app: several may share it. See docs/login.md. Source: flask_login.LoginManager.
/// </summary>
/// <example><code>
/// var login = new LoginManager(app) { LoginView = "login" };
/// login.UserLoader(id => users.GetValueOrDefault(id));
/// app.Get("/me", [LoginRequired] () => $"You are {LoginGlobals.CurrentUser.GetId()}");
/// </code></example>
public sealed class LoginManager
{
    private const string Extension = "login_manager";
    private const string SearchKey = LoginKeys.CurrentUser + "_search";
    private Func<string, ValueTask<IUser?>>? _userLoader;
    private Func<Request, ValueTask<IUser?>>? _requestLoader;
    private Func<ValueTask<Response>>? _unauthorized;
    private Func<ValueTask<Response>>? _needsRefresh;
    private bool _userLoaderWaits;
    private bool _requestLoaderWaits;

    /// <summary>Makes a manager, and adds it to an app when one is given.</summary>
    public LoginManager(App? app = null)
    {
        if (app is not null)
            InitApp(app);
    }

    /// <summary>
    /// The login page: an endpoint such as <c>login</c> or <c>auth.login</c>, or a URL that begins with a slash or <c>http</c>. Null, the default: who is not logged in gets a 401.
    /// </summary>
    public string? LoginView { get; set; }

    /// <summary>Login pages of blueprints, by the blueprint's full name; they win over <see cref="LoginView"/>. An empty one means a 401.</summary>
    public IDictionary<string, string> BlueprintLoginViews { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Is flashed when someone is sent to the login page; null or empty for nothing.</summary>
    public string? LoginMessage { get; set; } = "Please log in to access this page.";

    /// <summary>The category it is flashed under. Default <c>message</c>.</summary>
    public string LoginMessageCategory { get; set; } = "message";

    /// <summary>The page that makes a login fresh again, as <see cref="LoginView"/> is given. Null, the default: a 401.</summary>
    public string? RefreshView { get; set; }

    /// <summary>Is flashed when someone is sent there; null or empty for nothing.</summary>
    public string? NeedsRefreshMessage { get; set; } = "Please reauthenticate to access this page.";

    /// <summary>The category it is flashed under. Default <c>message</c>.</summary>
    public string NeedsRefreshMessageCategory { get; set; } = "message";

    /// <summary>Translates both messages for the request; null leaves them as they are. Source: localize_callback.</summary>
    public Func<string, string>? LocalizeMessage { get; set; }

    /// <summary>What happens to a session from elsewhere. Default <see cref="Login.SessionProtection.Basic"/>; the setting SESSION_PROTECTION wins.</summary>
    public SessionProtection SessionProtection { get; set; } = SessionProtection.Basic;

    /// <summary>Makes the current user when nobody is logged in.</summary>
    public Func<IUser> AnonymousUser { get; set; } = () => new AnonymousUser();

    /// <summary>
    /// What ASP.NET Core is told of a user beside the id: <c>user => [new Claim(ClaimTypes.Role, "admin")]</c>. Without a <see cref="ClaimTypes.Name"/> the id is the name.
    /// </summary>
    public Func<IUser, IEnumerable<Claim>>? UserClaims { get; set; }

    /// <summary>Methods that views are not closed to. Default OPTIONS, which browsers send without cookies. Source: flask_login.config, EXEMPT_METHODS.</summary>
    public ISet<string> ExemptMethods { get; } = new HashSet<string>(StringComparer.Ordinal) { "OPTIONS" };

    /// <summary>What happens to logins, as events.</summary>
    public LoginSignals Signals { get; } = new();

    /// <summary>The manager of an app. Throws <see cref="InvalidOperationException"/> when it has none.</summary>
    public static LoginManager Of(App app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Extensions.TryGetValue(Extension, out var manager) ? (LoginManager)manager
            : throw new InvalidOperationException($"the app '{app.Name}' has no login manager. Add one during setup: new LoginManager(app), or login.InitApp(app).");
    }

    /// <summary>Adds the manager to an app: templates see <c>current_user</c>, and the remember-me cookie is written with the answers.</summary>
    /// <param name="app">The app.</param>
    /// <param name="addContextProcessor">Whether templates see <c>current_user</c>. Default true.</param>
    public void InitApp(App app, bool addContextProcessor = true)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Extensions[Extension] = this;
        app.BeforeRequest(LoadAhead);
        app.AfterRequest(UpdateRememberCookie);
        if (addContextProcessor)
            app.ContextProcessor(() => new { current_user = Context.Current is { HasRequest: true } context ? ShownBy(context) : null });
    }

    /// <summary>Sets the function that finds a user by the id that <see cref="IUser.GetId"/> gave; null for one who is no more. It must not throw for an unknown id.</summary>
    public void UserLoader(Func<string, IUser?> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        (_userLoader, _userLoaderWaits) = (id => new ValueTask<IUser?>(load(id)), false);
    }

    /// <summary>
    /// Sets a function that finds a user by id and may wait for it. The user of a session is then loaded before the request's view, so that <c>CurrentUser</c> waits for nothing.
    /// </summary>
    public void UserLoader<TUser>(Func<string, Task<TUser?>> load)
        where TUser : class, IUser
    {
        ArgumentNullException.ThrowIfNull(load);
        (_userLoader, _userLoaderWaits) = (async id => await load(id), true);
    }

    /// <summary>Sets the function that finds a user by the request itself, such as by an API key, when session and cookie know none.</summary>
    public void RequestLoader(Func<Request, IUser?> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        (_requestLoader, _requestLoaderWaits) = (request => new ValueTask<IUser?>(load(request)), false);
    }

    /// <summary>As the other, for a function that may wait. It is called before the view of each request without another user.</summary>
    public void RequestLoader<TUser>(Func<Request, Task<TUser?>> load)
        where TUser : class, IUser
    {
        ArgumentNullException.ThrowIfNull(load);
        (_requestLoader, _requestLoaderWaits) = (async request => await load(request), true);
    }

    /// <summary>Sets what answers someone who is not logged in, instead of the redirect to <see cref="LoginView"/>.</summary>
    public void UnauthorizedHandler(Func<Response> answer) => _unauthorized = () => new ValueTask<Response>(answer());

    /// <inheritdoc cref="UnauthorizedHandler(Func{Response})"/>
    public void UnauthorizedHandler(Func<Task<Response>> answer) => _unauthorized = () => new ValueTask<Response>(answer());

    /// <summary>Sets what answers someone whose login is not fresh, instead of the redirect to <see cref="RefreshView"/>.</summary>
    public void NeedsRefreshHandler(Func<Response> answer) => _needsRefresh = () => new ValueTask<Response>(answer());

    /// <inheritdoc cref="NeedsRefreshHandler(Func{Response})"/>
    public void NeedsRefreshHandler(Func<Task<Response>> answer) => _needsRefresh = () => new ValueTask<Response>(answer());

    /// <summary>
    /// The answer to someone who is not logged in, as <c>[LoginRequired]</c> gives it: the handler's; else a flash and a redirect to the login page with <c>next</c>; else a 401,
    /// which is thrown. Return it from a view or a <c>BeforeRequest</c> function.
    /// </summary>
    public ValueTask<Response> Unauthorized()
    {
        var context = LoginGlobals.RequestContext(nameof(Unauthorized));
        Signals.RaiseUnauthorized(context);
        var view = context.Request.Blueprint is { } blueprint && BlueprintLoginViews.TryGetValue(blueprint, out var own) ? own : LoginView;
        return _unauthorized is not null ? _unauthorized() : new ValueTask<Response>(SendTo(context, view, LoginMessage, LoginMessageCategory));
    }

    /// <summary>The answer to someone whose login is not fresh, as <c>[FreshLoginRequired]</c> gives it. See <see cref="Unauthorized"/>.</summary>
    public ValueTask<Response> NeedsRefresh()
    {
        var context = LoginGlobals.RequestContext(nameof(NeedsRefresh));
        Signals.RaiseNeedsRefresh(context);
        return _needsRefresh is not null ? _needsRefresh() : new ValueTask<Response>(SendTo(context, RefreshView, NeedsRefreshMessage, NeedsRefreshMessageCategory));
    }

    /// <summary>Whether the request has to be let through unseen.</summary>
    internal bool IsExempt(Context context) => ExemptMethods.Contains(context.Request.Method) || context.App.Config.Get("LOGIN_DISABLED", false);

    /// <summary>The current user without waiting: who was loaded already, or is loaded now.</summary>
    internal IUser UserOf(Context context)
    {
        if (context.G.Get<IUser>(LoginKeys.CurrentUser) is { } user)
            return user;
        if (MustWait(context))
        {
            throw new InvalidOperationException(
                "the current user is loaded by a function that waits, and was asked for before it was called. Call 'await LoginGlobals.LoadUser()' first; functions before the request that were added before the login manager have to.");
        }
        var loading = LoadUser(context);
        return loading.IsCompleted ? loading.GetAwaiter().GetResult() : throw new InvalidOperationException("the user loader waits, though it was given as one that does not.");
    }

    /// <summary>The user as templates see them. The page of an error that came before the user was loaded shows nobody: it is an answer still, which an error would not be.</summary>
    private IUser ShownBy(Context context) => context.G.Contains(LoginKeys.CurrentUser) || !MustWait(context) ? UserOf(context) : AnonymousUser();

    /// <summary>The current user. Who asks while the user is looked for waits with who is already looking: parts of a request may go on side by side.</summary>
    internal ValueTask<IUser> LoadUser(Context context)
    {
        TaskCompletionSource<IUser> mine;
        lock (context)
        {
            if (context.G.Get<IUser>(LoginKeys.CurrentUser) is { } user)
                return new ValueTask<IUser>(user);
            UserSearch.MustNotBeWithin(context);
            if (context.G.Get<TaskCompletionSource<IUser>>(SearchKey) is { } theirs)
                return new ValueTask<IUser>(theirs.Task);
            context.G[SearchKey] = mine = new TaskCompletionSource<IUser>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return FindFor(mine, context);
    }

    internal UserSearch Search(Context context) => new(this, context, _userLoader, _requestLoader);

    /// <summary>Makes a user the current one, for ASP.NET Core too.</summary>
    internal void Keep(Context context, IUser? user)
    {
        lock (context)
            context.G[LoginKeys.CurrentUser] = user ?? AnonymousUser();
        LoginPrincipal.Tell(context.Http, this, user);
    }

    internal void UpdateRememberCookie(Context context, Response response)
    {
        // Whoever brought no cookie and did not log in has nothing to be remembered, and needs no session to be looked at.
        if (context.Request.Headers.Cookie.Count > 0 || context.G.Contains(LoginKeys.CurrentUser))
            RememberCookie.Update(context, response);
    }

    private async ValueTask<IUser> FindFor(TaskCompletionSource<IUser> all, Context context)
    {
        try
        {
            var found = await FindAndKeep(context);
            all.SetResult(found);
            return found;
        }
        catch (Exception error)
        {
            all.SetException(error);
            // Nobody else may have waited for it.
            _ = all.Task.Exception;
            throw;
        }
        finally
        {
            lock (context)
                context.G.Pop<object>(SearchKey);
        }
    }

    private async ValueTask<IUser> FindAndKeep(Context context)
    {
        if (_userLoader is null && _requestLoader is null)
            throw new InvalidOperationException("the login manager cannot find users: it has no UserLoader and no RequestLoader. Set one during setup: login.UserLoader(id => ...).");
        Signals.RaiseAccessed(context);
        var found = await Search(context).Run();
        found.Apply(context, this);
        return context.G.Get<IUser>(LoginKeys.CurrentUser)!;
    }

    private async Task LoadAhead(Context context)
    {
        if ((_userLoaderWaits || _requestLoaderWaits) && MustWait(context))
            await LoadUser(context);
    }

    /// <summary>Whether a function that waits would be called for this request.</summary>
    private bool MustWait(Context context) =>
        _requestLoaderWaits
        || (_userLoaderWaits && context.Request.Headers.Cookie.Count > 0 && (context.Session.ContainsKey(LoginKeys.UserId) || RememberCookie.SentWith(context) is not null));

    private Response SendTo(Context context, string? view, string? message, string category)
    {
        if (string.IsNullOrEmpty(view))
            throw HttpException.For(401);
        if (!string.IsNullOrEmpty(message))
            Globals.Flash(LocalizeMessage?.Invoke(message) ?? message, category);
        if (!context.App.Config.Get("USE_SESSION_FOR_NEXT", false))
            return Globals.Redirect(LoginUrls.For(context, view, context.Request.Url, LoginKeys.Next));
        context.Session[LoginKeys.Identifier] = RequestIdentifier.Of(context);
        context.Session[LoginKeys.Next] = LoginUrls.Next(LoginUrls.Expand(view), context.Request.Url);
        return Globals.Redirect(LoginUrls.Expand(view));
    }
}
