namespace Retort.Login;

/// <summary>
/// Lets only users see a view who have logged in during this session; those whom the remember-me cookie has brought back are asked for the password again. For changes of a password, an
/// address or money, which a stolen cookie must not reach. Source: flask_login.fresh_login_required.
/// </summary>
public sealed class FreshLoginRequiredAttribute : DecoratorAttribute
{
    /// <inheritdoc/>
    protected override async ValueTask<Response> Call(Context context, Func<ValueTask<Response>> view)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(view);
        var manager = LoginManager.Of(context.App);
        if (manager.IsExempt(context))
            return await view();
        if (!(await manager.LoadUser(context)).IsAuthenticated)
            return await manager.Unauthorized();
        return LoginGlobals.LoginFresh() ? await view() : await manager.NeedsRefresh();
    }
}
