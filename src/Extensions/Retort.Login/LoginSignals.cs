namespace Retort.Login;

/// <summary>
/// What happens to logins, as events. The sender is the <see cref="App"/>. A handler runs where the event happens; an exception in it is an error of the request.
/// Source: flask_login.signals.
/// </summary>
/// <example><code>login.Signals.UserLoggedIn += (_, happened) => log.LogInformation("{User} logged in", happened.User?.GetId());</code></example>
public sealed class LoginSignals
{
    /// <summary>A user was logged in by <c>LoginUser</c>.</summary>
    public event EventHandler<LoginEventArgs>? UserLoggedIn;

    /// <summary>A user was logged out by <c>LogoutUser</c>; the event has the user who was there.</summary>
    public event EventHandler<LoginEventArgs>? UserLoggedOut;

    /// <summary>A user was recognized by the remember-me cookie.</summary>
    public event EventHandler<LoginEventArgs>? UserLoadedFromCookie;

    /// <summary>A user was found by the request loader.</summary>
    public event EventHandler<LoginEventArgs>? UserLoadedFromRequest;

    /// <summary>A login was made fresh by <c>ConfirmLogin</c>.</summary>
    public event EventHandler<LoginEventArgs>? UserLoginConfirmed;

    /// <summary>Somebody who is not logged in was refused.</summary>
    public event EventHandler<LoginEventArgs>? UserUnauthorized;

    /// <summary>A user whose login is not fresh was refused.</summary>
    public event EventHandler<LoginEventArgs>? UserNeedsRefresh;

    /// <summary>The current user was asked for, for the first time in a request.</summary>
    public event EventHandler<LoginEventArgs>? UserAccessed;

    /// <summary>A session from elsewhere was made stale, or ended.</summary>
    public event EventHandler<LoginEventArgs>? SessionProtected;

    internal void RaiseLoggedIn(Context context, IUser user) => UserLoggedIn?.Invoke(context.App, new LoginEventArgs(context, user));

    internal void RaiseLoggedOut(Context context, IUser user) => UserLoggedOut?.Invoke(context.App, new LoginEventArgs(context, user));

    internal void RaiseLoadedFromCookie(Context context, IUser user) => UserLoadedFromCookie?.Invoke(context.App, new LoginEventArgs(context, user));

    internal void RaiseLoadedFromRequest(Context context, IUser user) => UserLoadedFromRequest?.Invoke(context.App, new LoginEventArgs(context, user));

    internal void RaiseConfirmed(Context context) => UserLoginConfirmed?.Invoke(context.App, new LoginEventArgs(context, null));

    internal void RaiseUnauthorized(Context context) => UserUnauthorized?.Invoke(context.App, new LoginEventArgs(context, null));

    internal void RaiseNeedsRefresh(Context context) => UserNeedsRefresh?.Invoke(context.App, new LoginEventArgs(context, null));

    internal void RaiseAccessed(Context context) => UserAccessed?.Invoke(context.App, new LoginEventArgs(context, null));

    internal void RaiseProtected(Context context) => SessionProtected?.Invoke(context.App, new LoginEventArgs(context, null));
}

/// <summary>Something that happened to a login.</summary>
/// <param name="context">The context.</param>
/// <param name="user">The user, where the event is about one.</param>
public sealed class LoginEventArgs(Context context, IUser? user) : ContextEventArgs(context)
{
    /// <summary>The user, where the event is about one.</summary>
    public IUser? User => user;
}
