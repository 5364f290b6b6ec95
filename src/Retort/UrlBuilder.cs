using Retort.Routing;

namespace Retort;

/// <summary>The rarer parts of a URL that is built.</summary>
internal readonly record struct UrlOptions(string? Anchor = null, string? Method = null, string? Scheme = null, bool? External = null);

/// <summary>Builds URLs of endpoints. Source: flask.Flask.url_for.</summary>
internal sealed class UrlBuilder(App app)
{
    public string For(Context context, string endpoint, Dictionary<string, object?> values, UrlOptions options)
    {
        if (endpoint.StartsWith('.'))
            endpoint = context.Route?.Blueprint is { } blueprint ? blueprint + endpoint : endpoint[1..];
        // A scheme without a host means nothing, so giving one asks for an absolute URL.
        var external = options.External ?? (options.Scheme is not null || !context.HasRequest);
        if (options.Scheme is not null && !external)
            throw new ArgumentException("cannot build a relative URL with a scheme. Leave out external: false, or the scheme.");
        if (app.Router.UrlDefaultsOf(endpoint) is { Length: > 0 } functions)
        {
            // They add to a copy: the dictionary may be one that every request passes in.
            values = new Dictionary<string, object?>(values, StringComparer.Ordinal);
            foreach (var function in functions)
                function(endpoint, values);
        }
        try
        {
            return Bind(context).Build(endpoint, values, options.Method, external, scheme: options.Scheme, anchor: options.Anchor);
        }
        catch (BuildError error)
        {
            foreach (var handler in app.UrlBuildErrorHandlers)
            {
                if (handler(error, endpoint, values) is { } url)
                    return url;
            }
            throw;
        }
    }

    private MapAdapter Bind(Context context)
    {
        if (context.HasRequest)
            return context.Adapter ??= app.Router.Bind(context.Http, context.Path);
        return app.Router.Settings.ServerName is not null
            ? app.Router.BindWithoutRequest()
            : throw new ContextError("UrlFor was used outside a request, where the host is not known. Set SERVER_NAME in the configuration, or use app.TestRequestContext().");
    }
}
