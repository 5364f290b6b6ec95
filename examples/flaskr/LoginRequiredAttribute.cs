using Retort;
using static Retort.Globals;

namespace Flaskr;

/// <summary>Sends who is not logged in to the login page.</summary>
public sealed class LoginRequiredAttribute : DecoratorAttribute
{
    protected override Response? Before(Context context) =>
        context.G.Get<User>("user") is null ? Redirect(UrlFor("auth.login")) : null;
}
