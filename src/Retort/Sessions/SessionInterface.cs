using Retort.Configuration;
using Retort.Http;

namespace Retort.Sessions;

/// <summary>
/// Opens and saves sessions. Derive from it to keep sessions elsewhere than in the cookie. Source: flask.sessions.SessionInterface.
/// </summary>
public abstract class SessionInterface
{
    /// <summary>
    /// The session the request brought, a new one, or null when sessions cannot be had (then a null session that refuses every change is used).
    /// Never throws for what a browser sent: a forged, broken or expired cookie is a new session.
    /// </summary>
    public abstract Session? OpenSession(Config config, Request request);

    /// <summary>
    /// Whether the request brought a session. It is then opened before anything else, so that it is kept alive though no view looks at it. Default false.
    /// </summary>
    public virtual bool IsSent(Config config, Request request) => false;

    /// <summary>Saves the session into the response's headers, if it has to be saved. Called for each request whose session was opened.</summary>
    public abstract void SaveSession(Config config, Session session, Headers headers);

    /// <summary>A session that can be read (it is empty) and refuses every change with the reason.</summary>
    protected internal virtual Session MakeNullSession() => new(readOnlyReason:
        "the session is unavailable because no secret key was set. Set app.SecretKey (or SECRET_KEY in the configuration) to something unique and secret.");

    /// <summary>Makes a session of entries that were kept somewhere, or a new one of null.</summary>
    protected static Session MakeSession(OrderedDictionary<string, object?>? entries) => new(entries);

    /// <summary>The entries of a session to be kept.</summary>
    protected static IReadOnlyDictionary<string, object?> EntriesOf(Session session) => session.Entries;
}
