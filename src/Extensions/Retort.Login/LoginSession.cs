using Retort.Sessions;
using Retort.Signing;

namespace Retort.Login;

/// <summary>Logs a user in without a login page, for tests: <c>client.SessionTransaction(LoginSession.Of(user))</c>. Source: flask_login.FlaskLoginClient.</summary>
public static class LoginSession
{
    /// <summary>A change of a session that makes it the user's.</summary>
    /// <param name="user">The user.</param>
    /// <param name="fresh">Whether the login counts as fresh.</param>
    /// <param name="remoteAddress">The address that requests will come from. Default 127.0.0.1, the test client's.</param>
    /// <param name="userAgent">The User-Agent header that requests will have. Default none, as the test client's have.</param>
    public static Action<Session> Of(IUser user, bool fresh = true, string remoteAddress = "127.0.0.1", string? userAgent = null)
    {
        ArgumentNullException.ThrowIfNull(user);
        var id = user.GetId() ?? throw new ArgumentException("cannot log in a user whose GetId() is null: the session would not know whom.", nameof(user));
        return session =>
        {
            session[LoginKeys.UserId] = id;
            session[LoginKeys.Fresh] = fresh;
            session[LoginKeys.Identifier] = SessionIdentifier.Create(remoteAddress, null, userAgent);
        };
    }
}
