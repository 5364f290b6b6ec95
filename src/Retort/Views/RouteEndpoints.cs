using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;
using Retort.Routing;

namespace Retort.Views;

/// <summary>
/// The app's routes as ASP.NET Core endpoints, for everything that looks at them: OpenAPI, rate limits, CORS, authorization, tracing. They are never matched by ASP.NET
/// Core's routing, because their rules say more than its patterns can; the app sets the endpoint of the rule it has matched.
/// </summary>
internal sealed class RouteEndpoints(App app) : EndpointDataSource
{
    private readonly Lock _lock = new();
    private IReadOnlyList<Endpoint>? _endpoints;

    /// <summary>One for each rule; for a view class one for each of its methods.</summary>
    public override IReadOnlyList<Endpoint> Endpoints
    {
        get
        {
            lock (_lock)
                return _endpoints ??= MakeAll();
        }
    }

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    /// <summary>The endpoint of the view that answers a request.</summary>
    public Endpoint? Of(Route route, string method)
    {
        if (_endpoints is null)
            _ = Endpoints;
        return route.Endpoints.GetValueOrDefault(method) ?? route.Endpoints.Values.FirstOrDefault();
    }

    private List<Endpoint> MakeAll()
    {
        var made = new List<Endpoint>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in app.UrlMap.Where(rule => !rule.BuildOnly))
        {
            var route = (Route)rule.Target!;
            var shown = Shown(rule, route);
            foreach (var methods in route.IsByMethod ? shown.Select(method => new[] { method }) : [shown])
            {
                // Of several rules for one endpoint the first has its name: names are unique.
                var name = route.IsByMethod ? $"{route.Endpoint}_{methods[0].ToLowerInvariant()}" : route.Endpoint;
                var endpoint = Make(rule, route, methods, names.Add(name) ? name : null);
                made.Add(endpoint);
                foreach (var method in methods)
                    route.Endpoints[method] = endpoint;
            }
        }
        return made;
    }

    /// <summary>HEAD comes with GET, and OPTIONS by itself: they say nothing of their own.</summary>
    private static string[] Shown(Rule rule, Route route) =>
        [.. (rule.Methods ?? []).Where(method => (method != "OPTIONS" || !route.AutomaticOptions) && (method != "HEAD" || !rule.Methods!.Contains("GET")))];

    private Endpoint Make(Rule rule, Route route, IReadOnlyList<string> methods, string? name)
    {
        var function = route.FunctionOf(methods.Count > 0 ? methods[0] : "GET");
        var builder = new RouteEndpointBuilder(app.Middleware.Dispatch, RouteTemplate.Of(rule, ""), order: 0) { DisplayName = $"{string.Join(", ", methods)} {rule.Text} => {route.Endpoint}" };
        builder.Metadata.Add(new SuppressMatchingMetadata());
        builder.Metadata.Add(new HttpMethodMetadata(methods));
        builder.Metadata.Add(rule);
        if (name is not null)
            builder.Metadata.Add(new EndpointNameMetadata(name));
        if (route.Blueprint is not null)
            builder.Metadata.Add(new TagsAttribute(route.Blueprint));
        if (function is not null)
            Describe(builder.Metadata, rule, function);
        foreach (var item in route.Metadata)
            builder.Metadata.Add(item);
        if (function is null || rule.WebSocket || route.Endpoint is "static" || route.Endpoint.EndsWith(".static", StringComparison.Ordinal))
            builder.Metadata.Add(new ExcludeFromDescriptionAttribute());
        return builder.Build();
    }

    private void Describe(IList<object> metadata, Rule rule, MethodInfo function)
    {
        metadata.Add(function);
        foreach (var attribute in (function.DeclaringType?.GetCustomAttributes(inherit: true) ?? []).Concat(function.GetCustomAttributes(inherit: true)).Where(IsMetadata))
            metadata.Add(attribute);
        var variables = RuleParser.Parse(rule.Text).Where(token => token.Kind == RuleTokenKind.Variable).Select(token => token.Text).ToList();
        var isService = app.ServiceProvider.GetService<IServiceProviderIsService>();
        foreach (var parameter in function.GetParameters())
        {
            if (parameter.GetCustomAttributes().Any(attribute => attribute is IFromBodyMetadata))
                metadata.Add(new AcceptsMetadata(["application/json"], parameter.ParameterType, parameter.HasDefaultValue));
            else if (BoundParameter.Describe(parameter, variables, type => isService?.IsService(type) is true) is { } described)
                metadata.Add(described);
        }
        if (!metadata.OfType<IProducesResponseTypeMetadata>().Any())
            metadata.Add(Produces(Returned(function.ReturnType)));
    }

    /// <summary>What the compiler puts on a lambda or its class speaks of neither.</summary>
    private static bool IsMetadata(object attribute) => attribute.GetType().Namespace?.StartsWith("System.Runtime", StringComparison.Ordinal) is not true;

    private static ProducesResponseTypeMetadata Produces(Type type) => Returns.KindOf(type) switch
    {
        OutcomeKind.Json => new ProducesResponseTypeMetadata(200, type, ["application/json"]),
        OutcomeKind.Text or OutcomeKind.Page => new ProducesResponseTypeMetadata(200, typeof(string), ["text/html"]),
        _ => new ProducesResponseTypeMetadata(200),
    };

    private static Type Returned(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)) ? type.GetGenericArguments()[0] : type;

    private sealed class SuppressMatchingMetadata : ISuppressMatchingMetadata
    {
        public bool SuppressMatching => true;
    }
}
