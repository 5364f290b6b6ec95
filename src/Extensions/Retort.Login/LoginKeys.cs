namespace Retort.Login;

/// <summary>The names that Flask-Login gives to what it keeps. Source: flask_login.config.</summary>
internal static class LoginKeys
{
    /// <summary>In the session: the user's id.</summary>
    public const string UserId = "_user_id";

    /// <summary>In the session: whether the password was typed in this session.</summary>
    public const string Fresh = "_fresh";

    /// <summary>In the session: where it was made.</summary>
    public const string Identifier = "_id";

    /// <summary>In the session, for the end of the request: <c>set</c> or <c>clear</c> the remember-me cookie.</summary>
    public const string Remember = "_remember";

    /// <summary>In the session: how long to remember, when the login said so.</summary>
    public const string RememberSeconds = "_remember_seconds";

    /// <summary>In the session: where to go after the login, with USE_SESSION_FOR_NEXT.</summary>
    public const string Next = "next";

    /// <summary>On <c>G</c>: the current user.</summary>
    public const string CurrentUser = "_login_user";

    public const string Set = "set";
    public const string Clear = "clear";

    /// <summary>All of them that a session may hold.</summary>
    public static readonly string[] OfSession = [UserId, Remember, RememberSeconds, Identifier, Fresh, Next];
}
