using System.Globalization;
using Retort.Sessions;

namespace Retort.Login;

/// <summary>The user's id in a session.</summary>
internal static class SessionUser
{
    /// <summary>The id as text, or null. Flask apps whose <c>get_id</c> returns a number have put that in.</summary>
    public static string? IdIn(Session session) => session.Get<object>(LoginKeys.UserId) is { } id ? Convert.ToString(id, CultureInfo.InvariantCulture) : null;
}
