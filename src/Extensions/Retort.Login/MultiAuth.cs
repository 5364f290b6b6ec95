namespace Retort.Login;

/// <summary>Several schemes for one view: the first whose credentials the request has, else the main one. Source: flask_httpauth.MultiAuth.</summary>
/// <example><code>var auth = new MultiAuth(new HttpBasicAuth(), new HttpTokenAuth()); auth.InitApp(app);</code></example>
/// <param name="main">Answers requests without credentials.</param>
/// <param name="others">The others.</param>
public sealed class MultiAuth(HttpAuth main, params HttpAuth[] others) : HttpAuthBase
{
    /// <inheritdoc/>
    public override ValueTask<Response?> Authenticate(Context context, IReadOnlyList<string>? roles = null, bool optional = false)
    {
        ArgumentNullException.ThrowIfNull(context);
        var chosen = main.IsMeantBy(context.Request) ? main : others.FirstOrDefault(auth => auth.IsMeantBy(context.Request)) ?? main;
        return chosen.Authenticate(context, roles, optional);
    }
}
