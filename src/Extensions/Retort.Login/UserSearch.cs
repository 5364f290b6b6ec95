using Microsoft.AspNetCore.Http;
using Retort.Http;

namespace Retort.Login;

/// <summary>
/// Looks for the user of a request, in the session, the remember-me cookie and the request itself, and changes nothing: authentication asks before the app does, and only the app
/// saves the session. Source: flask_login.LoginManager, _load_user.
/// </summary>
internal sealed class UserSearch(LoginManager manager, Context context, Func<string, ValueTask<IUser?>>? userLoader, Func<Request, ValueTask<IUser?>>? requestLoader)
{
    private static readonly AsyncLocal<HttpContext?> Searched = new();

    public async ValueTask<FoundUser> Run()
    {
        MustNotBeWithin(context);
        // Seen by what the loaders call, and not by what else goes on in the request meanwhile.
        Searched.Value = context.Http;
        var intrusion = Intrusion();
        return intrusion == SessionProtection.Strong ? new FoundUser(null, UserSource.None) { Intrusion = intrusion } : await Find() with { Intrusion = intrusion };
    }

    /// <summary>Throws when a loader is what asks: it would wait for itself.</summary>
    public static void MustNotBeWithin(Context context)
    {
        if (Searched.Value == context.Http)
            throw new InvalidOperationException("a user loader asked for the current user, which it is there to find. Use the id or the request that it is given.");
    }

    private async ValueTask<FoundUser> Find()
    {
        if (userLoader is not null && SessionUser.IdIn(context.Session) is { } id && await Load(id) is { } user)
            return new FoundUser(user, UserSource.Session);
        if (RememberCookie.SentWith(context) is { } cookie && context.Session.Get<string>(LoginKeys.Remember) != LoginKeys.Clear)
        {
            return RememberCookie.UserIdOf(cookie, context.App.Config) is { } remembered
                ? new FoundUser(await Load(remembered), UserSource.Cookie) { RememberedId = remembered }
                : new FoundUser(null, UserSource.None);
        }
        return requestLoader is not null && await LoadByRequest() is { } sender ? new FoundUser(sender, UserSource.Request) : new FoundUser(null, UserSource.None);
    }

    /// <summary>What to do about a session that was made elsewhere.</summary>
    private SessionProtection Intrusion()
    {
        var mode = SessionProtectionSetting.Of(context.App.Config, manager.SessionProtection);
        if (mode == SessionProtection.None || context.Session.Count == 0 || context.Session.Get<string>(LoginKeys.Identifier) == RequestIdentifier.Of(context))
            return SessionProtection.None;
        return context.Session.Permanent ? SessionProtection.Basic : mode;
    }

    private ValueTask<IUser?> Load(string id) => userLoader is null ? default : Once("user " + id, () => userLoader(id));

    private ValueTask<IUser?> LoadByRequest() => Once("request", () => requestLoader!(context.Request));

    /// <summary>One user is loaded once a request, though authentication and the app each look for them.</summary>
    private ValueTask<IUser?> Once(string what, Func<ValueTask<IUser?>> load)
    {
        if (!context.Http.Items.TryGetValue(LoginAuthentication.LoadedKey(context.App), out var kept))
            return load();
        var loaded = (Dictionary<string, IUser?>)kept!;
        return loaded.TryGetValue(what, out var user) ? new ValueTask<IUser?>(user) : LoadInto(loaded, what, load);
    }

    private static async ValueTask<IUser?> LoadInto(Dictionary<string, IUser?> loaded, string what, Func<ValueTask<IUser?>> load) => loaded[what] = await load();
}

internal enum UserSource
{
    None,
    Session,
    Cookie,
    Request,
}

/// <summary>Who was found, and what that means for the session.</summary>
internal sealed record FoundUser(IUser? User, UserSource Source)
{
    /// <summary>What has to be done about a session from elsewhere.</summary>
    public SessionProtection Intrusion { get; init; }

    /// <summary>The id of a valid remember-me cookie, whoever it means.</summary>
    public string? RememberedId { get; init; }

    public void Apply(Context context, LoginManager manager)
    {
        Protect(context, manager);
        if (RememberedId is not null)
        {
            context.Session[LoginKeys.UserId] = RememberedId;
            context.Session[LoginKeys.Fresh] = false;
        }
        manager.Keep(context, User);
        if (User is not null && Source == UserSource.Cookie)
            manager.Signals.RaiseLoadedFromCookie(context, User);
        if (User is not null && Source == UserSource.Request)
            manager.Signals.RaiseLoadedFromRequest(context, User);
    }

    private void Protect(Context context, LoginManager manager)
    {
        if (Intrusion == SessionProtection.None)
            return;
        if (Intrusion == SessionProtection.Strong)
        {
            foreach (var key in LoginKeys.OfSession)
                context.Session.Pop<object>(key);
            context.Session[LoginKeys.Remember] = LoginKeys.Clear;
        }
        else if (context.Session.Get<object>(LoginKeys.Fresh) is not false)
        {
            context.Session[LoginKeys.Fresh] = false;
        }
        manager.Signals.RaiseProtected(context);
    }
}
