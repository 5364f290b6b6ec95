using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace Retort;

/// <summary>
/// ASP.NET Core's middleware around the app. The rule is matched before it, so that what looks at endpoints (rate limits, CORS, authorization) sees that of the view;
/// the app goes on with that match. An app without middleware has none of this.
/// </summary>
internal sealed class MiddlewarePipeline(App app)
{
    private readonly List<Action<IApplicationBuilder>> _middleware = [];
    private readonly List<Action<IEndpointRouteBuilder>> _endpoints = [];
    private RequestDelegate? _handle;

    public bool IsEmpty => _middleware.Count == 0 && _endpoints.Count == 0;

    public void Add(Action<IApplicationBuilder> configure) => _middleware.Add(configure);

    public void Add(Action<IEndpointRouteBuilder> map) => _endpoints.Add(map);

    public Task Handle(HttpContext http) => (_handle ??= Build())(http);

    /// <summary>Builds it now, so that what is wrong with it shows at the start. Throws when a view asks for middleware that is not there.</summary>
    public void Prepare()
    {
        if (!IsEmpty)
            _handle = Build();
        else
            CheckNothingIsAskedFor();
    }

    private RequestDelegate Build()
    {
        var builder = new ApplicationBuilder(app.ServiceProvider);
        builder.UseRouting();
        builder.Use(Match);
        foreach (var configure in _middleware)
            configure(builder);
        builder.UseEndpoints(routes =>
        {
            routes.DataSources.Add(app.Router.Endpoints);
            foreach (var map in _endpoints)
                map(routes);
        });
        // What no rule and no endpoint answers: the app's 404, its redirects and its OPTIONS.
        builder.Run(Dispatch);
        return builder.Build();
    }

    /// <summary>An endpoint that was mapped beside the app's rules has been found by its own routing and is left alone.</summary>
    private RequestDelegate Match(RequestDelegate next) => http =>
    {
        if (http.GetEndpoint() is null)
        {
            var context = app.Router.Match(http);
            http.Features.Set(new Matched(context, http.Request.Method, http.Request.PathBase, http.Request.Path));
            http.SetEndpoint(context.Route is { } route ? app.Router.Endpoints.Of(route, http.Request.Method) : null);
        }
        return next(http);
    };

    /// <summary>Goes on with the match that was made before the middleware.</summary>
    public Task Dispatch(HttpContext http)
    {
        var matched = http.Features.Get<Matched>();
        // Middleware may have written the URL anew.
        return app.Dispatcher.Handle(matched is not null && matched.Fits(http.Request) ? matched.Context : app.Router.Match(http));
    }

    /// <summary>A view that must not be open to all, and an app in which nobody would stop them, is a mistake that must not go unseen.</summary>
    private void CheckNothingIsAskedFor()
    {
        foreach (var route in app.UrlMap.Select(rule => (Route)rule.Target!))
        {
            foreach (var item in route.AllMetadata)
            {
                if (Needed(item) is { } name)
                    throw new InvalidOperationException($"cannot serve the endpoint '{route.Endpoint}': its {item.GetType().Name} is acted on by {name}, and the app has no middleware. Add it: app.UseMiddleware(web => web.{name}()).");
            }
        }
    }

    private static string? Needed(object item) => item switch
    {
        IAllowAnonymous => null,
        IAuthorizeData => "UseAuthorization",
        IEnableCorsAttribute => "UseCors",
        EnableRateLimitingAttribute => "UseRateLimiter",
        _ => null,
    };

    private sealed record Matched(Context Context, string Method, PathString PathBase, PathString Path)
    {
        public bool Fits(HttpRequest request) => ReferenceEquals(request.HttpContext, Context.Http) && request.Method == Method && request.PathBase == PathBase && request.Path == Path;
    }
}
