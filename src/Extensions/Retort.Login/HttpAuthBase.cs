namespace Retort.Login;

/// <summary>A way of HTTP authentication, or several of which the request chooses one: what <c>[HttpAuthRequired]</c> asks.</summary>
public abstract class HttpAuthBase
{
    internal const string CurrentUserKey = "flask_httpauth_user";
    private const string Extension = "httpauth";

    private protected HttpAuthBase()
    {
    }

    /// <summary>
    /// Who was authenticated in this request: what the verifying function returned, or the user name when it returned true; null for nobody. Throws <see cref="ContextError"/> outside of one.
    /// </summary>
    public object? CurrentUser => LoginGlobals.RequestContext(nameof(CurrentUser)).G.Get<object>(CurrentUserKey);

    /// <summary>Adds it to an app, for <c>[HttpAuthRequired]</c>. Throws <see cref="ArgumentException"/> when the app has one of that name.</summary>
    /// <param name="app">The app.</param>
    /// <param name="name">What the attribute calls it: <c>[HttpAuthRequired("api")]</c>. Default empty, for the attribute without a name.</param>
    public void InitApp(App app, string name = "")
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(name);
        if (!app.Extensions.TryGetValue(Extension, out var kept))
            app.Extensions[Extension] = kept = new Dictionary<string, HttpAuthBase>(StringComparer.Ordinal);
        if (!((Dictionary<string, HttpAuthBase>)kept).TryAdd(name, this))
            throw new ArgumentException($"cannot add HTTP authentication to the app '{app.Name}' as '{name}': it has one of that name. Give it another name: auth.InitApp(app, \"api\").", nameof(name));
    }

    /// <summary>
    /// Asks for credentials, for functions before requests and decorators of the app's own: <c>blueprint.BeforeRequest((Context context) => auth.Authenticate(context))</c>.
    /// OPTIONS requests pass.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="roles">One of these is needed; all of several joined by <c>&amp;</c>: <c>["admin", "author &amp; editor"]</c>. Null for none.</param>
    /// <param name="optional">Whether a request without credentials, or with wrong ones, passes too; then without a user.</param>
    /// <returns>The refusal; null to go on.</returns>
    public abstract ValueTask<Response?> Authenticate(Context context, IReadOnlyList<string>? roles = null, bool optional = false);

    internal static HttpAuthBase Of(App app, string name)
    {
        var all = app.Extensions.TryGetValue(Extension, out var kept) ? (Dictionary<string, HttpAuthBase>)kept : [];
        return all.TryGetValue(name, out var auth) ? auth : throw new InvalidOperationException(
            $"[HttpAuthRequired{(name.Length > 0 ? $"(\"{name}\")" : "")}] knows no HTTP authentication of that name in the app '{app.Name}'{(all.Count > 0 ? $"; there are: {string.Join(", ", all.Keys.Select(key => $"'{key}'"))}" : "")}. Add one during setup: auth.InitApp(app{(name.Length > 0 ? $", \"{name}\"" : "")}).");
    }
}
