using Microsoft.AspNetCore.Authentication;

namespace Retort.Login;

/// <summary>
/// Logins as a scheme of ASP.NET Core, so that <c>[Authorize]</c> and everything else that asks for <c>HttpContext.User</c> agrees with <c>CurrentUser</c>.
/// </summary>
/// <example><code>
/// app.Services.AddAuthentication(LoginAuthentication.Scheme).AddRetortLogin(app);
/// app.Services.AddAuthorization();
/// app.UseMiddleware(web => web.UseAuthentication().UseAuthorization());
/// </code></example>
public static class LoginAuthentication
{
    /// <summary>The scheme's name.</summary>
    public const string Scheme = "Retort.Login";

    /// <summary>
    /// Adds the scheme. Who is refused is answered as by <c>[LoginRequired]</c>: with a redirect to the login page, or a 401. In a host that an app is mounted in, add it to the host's services:
    /// the host's own endpoints then know the app's users.
    /// </summary>
    /// <param name="builder">What <c>AddAuthentication</c> returns.</param>
    /// <param name="app">The app whose login manager knows the users.</param>
    /// <param name="scheme">Another name, for a host of several apps.</param>
    public static AuthenticationBuilder AddRetortLogin(this AuthenticationBuilder builder, App app, string scheme = Scheme)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(app);
        return builder.AddScheme<LoginAuthenticationOptions, LoginAuthenticationHandler>(scheme, options => options.App = app);
    }

    /// <summary>Under this, a request keeps the users that were loaded for it.</summary>
    internal static object LoadedKey(App app) => ("retort.login.loaded", app);
}

/// <summary>What the scheme of <see cref="LoginAuthentication"/> is told.</summary>
internal sealed class LoginAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>The app whose login manager knows the users.</summary>
    public App App { get; set; } = null!;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (App is null)
            throw new InvalidOperationException("the login scheme has no app: add it with AddRetortLogin(app).");
    }
}
