namespace Retort.Login;

/// <summary>
/// Lets only requests with credentials see a view. On a view's method or lambda, or on a view class. Source: flask_httpauth, login_required.
/// </summary>
/// <param name="name">Which of the app's, as <see cref="HttpAuthBase.InitApp"/> was told. Default the one without a name.</param>
/// <example><code>
/// var auth = new HttpBasicAuth(app);
/// auth.VerifyPassword((user, password) => PasswordCheck.Verify(users.GetValueOrDefault(user), password) ? user : null);
/// app.Get("/admin", [HttpAuthRequired(Role = "admin")] () => $"hello {auth.CurrentUser}");
/// </code></example>
public sealed class HttpAuthRequiredAttribute(string name = "") : DecoratorAttribute
{
    /// <summary>Which of the app's.</summary>
    public string Name => name;

    /// <summary>The role that is needed; all of several joined by <c>&amp;</c>. Null for none.</summary>
    public string? Role { get; init; }

    /// <summary>Roles of which one is enough, each as <see cref="Role"/>.</summary>
    public string[]? Roles { get; init; }

    /// <summary>Whether a request without credentials, or with wrong ones, passes too; then without a user.</summary>
    public bool Optional { get; init; }

    /// <inheritdoc/>
    protected override async ValueTask<Response> Call(Context context, Func<ValueTask<Response>> view)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(view);
        IReadOnlyList<string>? roles = Role is null ? Roles : [Role, .. Roles ?? []];
        return await HttpAuthBase.Of(context.App, name).Authenticate(context, roles, Optional) ?? await view();
    }
}
