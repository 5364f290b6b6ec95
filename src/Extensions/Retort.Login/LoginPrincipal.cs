using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Retort.Login;

/// <summary>The current user as ASP.NET Core knows users.</summary>
internal static class LoginPrincipal
{
    /// <summary>A principal with the user's id, name and claims.</summary>
    public static ClaimsPrincipal Of(LoginManager manager, IUser user)
    {
        var identity = new ClaimsIdentity(manager.UserClaims?.Invoke(user), LoginAuthentication.Scheme);
        if (user.GetId() is { } id)
        {
            if (identity.FindFirst(ClaimTypes.NameIdentifier) is null)
                identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, id));
            if (identity.Name is null)
                identity.AddClaim(new Claim(identity.NameClaimType, id));
        }
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Sets <see cref="HttpContext.User"/>. One whom another scheme has authenticated is left alone where nobody is logged in here.</summary>
    public static void Tell(HttpContext http, LoginManager manager, IUser? user)
    {
        var own = http.User.Identities.FirstOrDefault(identity => identity.AuthenticationType == LoginAuthentication.Scheme);
        if (user is { IsAuthenticated: true })
        {
            // Authentication may have put it there, among those of other schemes.
            if (own?.FindFirst(ClaimTypes.NameIdentifier)?.Value is not { } id || id != user.GetId())
                http.User = Of(manager, user);
        }
        else if (own is not null)
        {
            http.User = new ClaimsPrincipal([.. http.User.Identities.Where(identity => identity != own).DefaultIfEmpty(new ClaimsIdentity())]);
        }
    }
}
