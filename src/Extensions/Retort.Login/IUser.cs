namespace Retort.Login;

/// <summary>
/// What a login has to know of a user. A user may be any object of the app: implement this, or derive from <see cref="UserMixin"/>.
/// Source: Flask-Login, "Your User Class".
/// </summary>
public interface IUser
{
    /// <summary>Whether the user has shown who they are. False for an <see cref="Login.AnonymousUser"/>.</summary>
    bool IsAuthenticated { get; }

    /// <summary>Whether the account may be used. <c>LoginUser</c> refuses one that is not, unless it is forced.</summary>
    bool IsActive { get; }

    /// <summary>Whether nobody is logged in.</summary>
    bool IsAnonymous { get; }

    /// <summary>
    /// What the session keeps of the user and the user loader is given: text that means this user alone and never another one later. Null for an anonymous user.
    /// </summary>
    string? GetId();
}
