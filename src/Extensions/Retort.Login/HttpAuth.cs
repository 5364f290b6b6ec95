using Microsoft.AspNetCore.Http;
using Retort.Http;
using Request = Retort.Http.Request;

namespace Retort.Login;

/// <summary>
/// One scheme of HTTP authentication: credentials come with every request, there is no session. Nothing of it belongs to one app. Source: flask_httpauth.HTTPAuth; RFC 9110, 11.
/// </summary>
public abstract class HttpAuth : HttpAuthBase
{
    private Func<int, ValueTask<Response>> _refuse = status => new ValueTask<Response>(new Response("Unauthorized Access", status));
    private Func<object, ValueTask<IEnumerable<string>?>>? _roles;

    private protected HttpAuth(string scheme, string? realm, string? header)
    {
        Scheme = Quotable(scheme, nameof(scheme));
        Realm = Quotable(realm ?? "Authentication Required", nameof(realm));
        Header = header;
    }

    /// <summary>The word before the credentials, which compares without case.</summary>
    public string Scheme { get; }

    /// <summary>What the browser says the password is for.</summary>
    public string Realm { get; }

    /// <summary>The header whose whole value is the token; null for the scheme in <c>Authorization</c>.</summary>
    public string? Header { get; }

    /// <summary>The user name that the request gives, whether it was verified or not; empty for none.</summary>
    public string Username => Read(LoginGlobals.RequestContext(nameof(Username)).Request)?.Username ?? "";

    /// <summary>
    /// Sets what answers a refused request: 401 without the right credentials, 403 without the role. The status is set where the answer has 200, and the challenge is added.
    /// </summary>
    public void ErrorHandler(Func<int, Response> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _refuse = status => new ValueTask<Response>(answer(status));
    }

    /// <inheritdoc cref="ErrorHandler(Func{int, Response})"/>
    public void ErrorHandler(Func<int, Task<Response>> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _refuse = status => new ValueTask<Response>(answer(status));
    }

    /// <summary>Sets the function that tells the roles of a user. It is given what the verifying function returned, or the <see cref="Authorization"/> when that was true.</summary>
    public void GetUserRoles(Func<object, IEnumerable<string>?> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        _roles = user => new ValueTask<IEnumerable<string>?>(roles(user));
    }

    /// <inheritdoc cref="GetUserRoles(Func{object, IEnumerable{string}?})"/>
    public void GetUserRoles<TRoles>(Func<object, Task<TRoles>> roles)
        where TRoles : IEnumerable<string>?
    {
        ArgumentNullException.ThrowIfNull(roles);
        _roles = async user => await roles(user);
    }

    /// <inheritdoc/>
    public sealed override async ValueTask<Response?> Authenticate(Context context, IReadOnlyList<string>? roles = null, bool optional = false)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (HttpMethods.IsOptions(context.Request.Method))
            return null;
        var credentials = Read(context.Request);
        var user = await Verify(context, credentials) is { } verified and not false ? NoTask(verified) : null;
        // Somebody whose role does not fit passes an optional check as who they are.
        context.G[CurrentUserKey] = user is true ? credentials?.Username : user;
        if (optional)
            return null;
        if (user is null)
            return await Refuse(context, StatusCodes.Status401Unauthorized);
        return roles is null || await HasRole(user is true && credentials is not null ? credentials : user, roles) ? null : await Refuse(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>Whether the request speaks this scheme.</summary>
    internal bool IsMeantBy(Request request) => Header is null ? SplitHeader(request) is { Scheme: var scheme } && IsScheme(scheme) : request.Headers.ContainsKey(Header);

    /// <summary>The request's credentials; null when it has none of this scheme, or they cannot be read.</summary>
    private protected abstract Authorization? Read(Request request);

    /// <summary>The user, or true; false or null for nobody.</summary>
    private protected abstract ValueTask<object?> Verify(Context context, Authorization? credentials);

    /// <summary>What the client is told to come with.</summary>
    private protected virtual ValueTask<string> Challenge(Context context) => new($"{Scheme} realm=\"{Realm}\"");

    private protected bool IsScheme(string scheme) => scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The scheme and the rest of the Authorization header; null where there are not both.</summary>
    private protected static (string Scheme, string Value)? SplitHeader(Request request)
    {
        if (request.Headers.Authorization is not { Count: 1 } sent || sent[0]!.Trim() is not { Length: > 0 } text)
            return null;
        var space = text.AsSpan().IndexOfAny(' ', '\t');
        return space < 0 ? null : (text[..space], text[space..].Trim());
    }

    private async ValueTask<Response> Refuse(Context context, int status)
    {
        var response = await _refuse(status);
        if (response.StatusCode == StatusCodes.Status200OK)
            response.StatusCode = status;
        if (!response.Headers.Contains("WWW-Authenticate"))
            response.Headers["WWW-Authenticate"] = await Challenge(context);
        return response;
    }

    private async ValueTask<bool> HasRole(object user, IReadOnlyList<string> wanted)
    {
        if (_roles is null)
            throw new InvalidOperationException("a view asks for a role, but nothing tells the roles of users. Set a function during setup: auth.GetUserRoles(user => ...).");
        var has = (await _roles(user) ?? []).ToHashSet(StringComparer.Ordinal);
        return wanted.Any(role => role.Split('&', StringSplitOptions.TrimEntries).All(has.Contains));
    }

    /// <summary>A task is somebody to no one: taken for a user, it would let everybody in.</summary>
    private static object NoTask(object verified) => verified is not (Task or ValueTask) && !(verified.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>)) ? verified
        : throw new InvalidOperationException($"a function that verifies credentials returned a {verified.GetType().Name} where a user was expected. Make it async and await that: auth.VerifyToken(async token => await ...).");

    private static string Quotable(string text, string name) => text.AsSpan().IndexOfAny("\"\\\r\n") < 0 ? text
        : throw new ArgumentException($"cannot use '{text}' as the {name}: it stands in quotes in a header. Leave out quotation marks, backslashes and line breaks.", name);
}
