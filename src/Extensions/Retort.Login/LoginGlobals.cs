using Retort.Http;

namespace Retort.Login;

/// <summary>
/// Flask-Login's functions and its current user, for <c>using static Retort.Login.LoginGlobals;</c>. They mean the request that is being answered, and throw
/// <see cref="ContextError"/> outside of one. Source: flask_login.utils.
/// </summary>
public static class LoginGlobals
{
    /// <summary>
    /// Who is logged in; an <see cref="AnonymousUser"/> when nobody is. Loaded when it is first asked for, or, with a loader that waits, before the view. Cast it to the app's own class:
    /// <c>(User)CurrentUser</c>.
    /// </summary>
    public static IUser CurrentUser
    {
        get
        {
            var context = RequestContext(nameof(CurrentUser));
            return LoginManager.Of(context.App).UserOf(context);
        }
    }

    /// <summary>
    /// As <see cref="CurrentUser"/>, waiting for a loader that waits: for functions before the request that run before the login manager's, and for contexts made by hand.
    /// </summary>
    public static ValueTask<IUser> LoadUser()
    {
        var context = RequestContext(nameof(LoadUser));
        return LoginManager.Of(context.App).LoadUser(context);
    }

    /// <summary>
    /// Logs a user in: the session gets the user's id and where it was made. Check the password first. False, and nothing is done, when the user is not active.
    /// </summary>
    /// <param name="user">The user. Throws <see cref="ArgumentException"/> when it has no id.</param>
    /// <param name="remember">Whether a cookie remembers the user after the browser was closed.</param>
    /// <param name="duration">How long, instead of REMEMBER_COOKIE_DURATION.</param>
    /// <param name="force">Whether a user who is not active is logged in too.</param>
    /// <param name="fresh">Whether the login counts as fresh: false when no password was asked for.</param>
    public static bool LoginUser(IUser user, bool remember = false, TimeSpan? duration = null, bool force = false, bool fresh = true)
    {
        ArgumentNullException.ThrowIfNull(user);
        var context = RequestContext(nameof(LoginUser));
        var manager = LoginManager.Of(context.App);
        if (!force && !user.IsActive)
            return false;
        var session = context.Session;
        session[LoginKeys.UserId] = user.GetId() ?? throw new ArgumentException("cannot log in a user whose GetId() is null: the session would not know whom. Save the user first, or give GetId() its key.", nameof(user));
        session[LoginKeys.Fresh] = fresh;
        session[LoginKeys.Identifier] = RequestIdentifier.Of(context);
        if (remember)
        {
            session[LoginKeys.Remember] = LoginKeys.Set;
            if (duration is { } time)
                session[LoginKeys.RememberSeconds] = time.TotalSeconds;
        }
        manager.Keep(context, user);
        manager.Signals.RaiseLoggedIn(context, user);
        return true;
    }

    /// <summary>Logs the current user out and forgets the remember-me cookie. What else is in the session stays. Always true.</summary>
    public static bool LogoutUser()
    {
        var context = RequestContext(nameof(LogoutUser));
        var manager = LoginManager.Of(context.App);
        var user = manager.UserOf(context);
        var session = context.Session;
        session.Pop<object>(LoginKeys.UserId);
        session.Pop<object>(LoginKeys.Fresh);
        session.Pop<object>(LoginKeys.Identifier);
        if (RememberCookie.SentWith(context) is not null)
        {
            session[LoginKeys.Remember] = LoginKeys.Clear;
            session.Pop<object>(LoginKeys.RememberSeconds);
        }
        manager.Signals.RaiseLoggedOut(context, user);
        manager.Keep(context, null);
        return true;
    }

    /// <summary>Makes the login fresh, after the user has typed the password again.</summary>
    public static void ConfirmLogin()
    {
        var context = RequestContext(nameof(ConfirmLogin));
        context.Session[LoginKeys.Fresh] = true;
        context.Session[LoginKeys.Identifier] = RequestIdentifier.Of(context);
        LoginManager.Of(context.App).Signals.RaiseConfirmed(context);
    }

    /// <summary>Whether the user has logged in during this session, and was not only recognized by the remember-me cookie.</summary>
    public static bool LoginFresh() => RequestContext(nameof(LoginFresh)).Session.Get<object>(LoginKeys.Fresh) is true;

    /// <summary>Whether the request has a valid remember-me cookie.</summary>
    public static bool LoginRemembered()
    {
        var context = RequestContext(nameof(LoginRemembered));
        return RememberCookie.SentWith(context) is { } cookie && context.Session.Get<string>(LoginKeys.Remember) != LoginKeys.Clear
            && RememberCookie.UserIdOf(cookie, context.App.Config) is not null;
    }

    /// <summary>The URL of a login page, with the page to come back to: <c>/login?next=%2Fme</c>.</summary>
    /// <param name="loginView">An endpoint, or a URL.</param>
    /// <param name="nextUrl">The page to come back to; only path and query are kept when it is on the same host. Null for none.</param>
    /// <param name="nextField">Its name in the query.</param>
    public static string LoginUrl(string loginView, string? nextUrl = null, string nextField = LoginKeys.Next) =>
        LoginUrls.For(RequestContext(nameof(LoginUrl)), loginView, nextUrl, nextField);

    /// <summary>
    /// Where to go after the login: what <c>next</c> in the query or the form says (with USE_SESSION_FOR_NEXT, in the session), when that stays on this site, else
    /// <paramref name="fallback"/>. Flask-Login leaves this check to the app. See <see cref="RedirectTargets.IsSafe"/>.
    /// </summary>
    public static string NextUrl(string fallback = "/") => LoginUrls.After(RequestContext(nameof(NextUrl)), fallback);

    internal static Context RequestContext(string name) => Context.Current is { HasRequest: true } context ? context
        : throw new ContextError($"{name} was used outside a request. Inside a view it is set for you; elsewhere use app.TestRequestContext().");
}
