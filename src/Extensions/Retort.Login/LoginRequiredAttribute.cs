namespace Retort.Login;

/// <summary>
/// Lets only users who are logged in see a view; others are sent to the login page. On a view's method or lambda, or on a view class. OPTIONS requests pass, and with the setting
/// LOGIN_DISABLED all do. Source: flask_login.login_required.
/// </summary>
/// <example><code>app.Get("/me", [LoginRequired] () => "only for you");</code></example>
public sealed class LoginRequiredAttribute : DecoratorAttribute
{
    /// <inheritdoc/>
    protected override async ValueTask<Response> Call(Context context, Func<ValueTask<Response>> view)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(view);
        var manager = LoginManager.Of(context.App);
        return manager.IsExempt(context) || (await manager.LoadUser(context)).IsAuthenticated ? await view() : await manager.Unauthorized();
    }
}
