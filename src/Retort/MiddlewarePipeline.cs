using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Retort.Hosting;

namespace Retort;

/// <summary>
/// ASP.NET Core's middleware around the app. The rule is matched before it, so that what looks at endpoints (rate limits, CORS, authorization) sees that of the view;
/// the app goes on with that match. An app without middleware has none of this.
/// </summary>
internal sealed class MiddlewarePipeline(App app)
{
    // By these, authorization and CORS tell EndpointMiddleware that they have looked at the endpoint.
    private static readonly string[] CheckMarks = ["__AuthorizationMiddlewareWithEndpointInvoked", "__CorsMiddlewareWithEndpointInvoked"];

    private readonly List<Action<IApplicationBuilder>> _middleware = [];
    private readonly List<Action<IEndpointRouteBuilder>> _endpoints = [];
    private RequestDelegate? _handle;

    public bool IsEmpty => _middleware.Count == 0 && _endpoints.Count == 0;

    public void Add(Action<IApplicationBuilder> configure) => _middleware.Add(configure);

    public void Add(Action<IEndpointRouteBuilder> map) => _endpoints.Add(map);

    public Task Handle(HttpContext http) => (_handle ?? PrepareOnce())(http);

    /// <summary>Makes what answers requests, so that what is wrong with it shows before the first of them. Throws when a view asks for middleware that is not there.</summary>
    public RequestDelegate Prepare()
    {
        if (!IsEmpty)
            return _handle = Build();
        CheckNothingIsAskedFor();
        return _handle = http => app.Dispatcher.Handle(app.Router.Match(http));
    }

    /// <summary>Gives up what was made with services that have ended.</summary>
    public void Forget() => _handle = null;

    private RequestDelegate PrepareOnce()
    {
        lock (_middleware)
            return _handle ?? Prepare();
    }

    private RequestDelegate Build()
    {
        var added = new List<string>();
        IApplicationBuilder builder = new RecordingBuilder(new ApplicationBuilder(app.ServiceProvider), added);
        builder.UseRouting();
        foreach (var configure in _middleware)
        {
            // Before each, because the one before it may have written the URL anew.
            builder.Use(Match);
            configure(builder);
        }
        builder.Use(Match);
        builder.UseEndpoints(routes =>
        {
            routes.DataSources.Add(app.Router.Endpoints);
            foreach (var map in _endpoints)
                map(routes);
        });
        // What no rule and no endpoint answers: the app's 404, its redirects and its OPTIONS.
        builder.Run(Dispatch);
        WarnOfWhatNobodyActsOn(added);
        return builder.Build();
    }

    private RequestDelegate Match(RequestDelegate next) => http =>
    {
        // An endpoint that was mapped beside the app's rules has been found by its own routing and is left alone.
        var matched = http.Features.Get<Matched>();
        if (matched is null ? http.GetEndpoint() is null : !matched.Fits(http.Request))
            MatchAnew(http);
        return next(http);
    };

    /// <summary>Sets the endpoint of the view that the URL means now.</summary>
    private void MatchAnew(HttpContext http)
    {
        var context = app.Router.Match(http);
        http.Features.Set(new Matched(context, http.Request.Method, http.Request.Host, http.Request.PathBase, http.Request.Path));
        http.SetEndpoint(context.Route is { } route ? app.Router.Endpoints.Of(route, http.Request.Method) : null);
        // What was checked was another view: EndpointMiddleware refuses one that has to be checked and was not.
        foreach (var mark in CheckMarks)
            http.Items.Remove(mark);
    }

    /// <summary>Goes on with the match that was made before the middleware.</summary>
    public Task Dispatch(HttpContext http) => app.Dispatcher.Handle(http.Features.Get<Matched>()?.Context ?? app.Router.Match(http));

    /// <summary>
    /// Authorization and CORS are missed by ASP.NET Core itself when such a view is asked for, a rate limiter by nobody. A warning and no error, because other middleware may act
    /// on the attribute as well.
    /// </summary>
    private void WarnOfWhatNobodyActsOn(List<string> added)
    {
        foreach (var route in app.UrlMap.Select(rule => (Route)rule.Target!).Distinct())
        {
            if (Asked(route) is var (item, name) && !added.Exists(middleware => middleware.Contains(name["Use".Length..].Replace("Limiter", "Limiting", StringComparison.Ordinal), StringComparison.Ordinal)))
            {
                app.Logger.LogWarning("The endpoint '{Endpoint}' has a {Attribute}, but the app's middleware holds nothing that is known to act on it. Add it: app.UseMiddleware(web => web.{Middleware}()).",
                    route.Endpoint, item.GetType().Name, name);
            }
        }
    }

    /// <summary>A view that must not be open to all, and an app in which nobody would stop them, is a mistake that must not go unseen.</summary>
    private void CheckNothingIsAskedFor()
    {
        foreach (var route in app.UrlMap.Select(rule => (Route)rule.Target!))
        {
            if (Asked(route) is var (item, name))
                throw new InvalidOperationException($"cannot serve the endpoint '{route.Endpoint}': its {item.GetType().Name} is acted on by {name}, and the app has no middleware. Add it: app.UseMiddleware(web => web.{name}()).");
        }
    }

    /// <summary>What on a view is acted on by middleware alone, and by which; null for nothing.</summary>
    private static (object Item, string Middleware)? Asked(Route route) =>
        route.AllMetadata.Select(item => (Item: item, Middleware: Needed(item))).FirstOrDefault(asked => asked.Middleware is not null) is { Middleware: { } name } found ? (found.Item, name) : null;

    private static string? Needed(object item) => item switch
    {
        IAllowAnonymous => null,
        IAuthorizeData => "UseAuthorization",
        IEnableCorsAttribute => "UseCors",
        EnableRateLimitingAttribute => "UseRateLimiter",
        _ => null,
    };

    private sealed record Matched(Context Context, string Method, HostString Host, PathString PathBase, PathString Path)
    {
        public bool Fits(HttpRequest request) => ReferenceEquals(request.HttpContext, Context.Http) && request.Method == Method && request.Host == Host && request.PathBase == PathBase && request.Path == Path;
    }
}
