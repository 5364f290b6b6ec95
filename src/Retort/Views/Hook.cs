using System.Reflection;
using Microsoft.AspNetCore.Http;
using Retort.Http;
using Retort.Sessions;

namespace Retort.Views;

/// <summary>A function around requests, compiled when it is registered.</summary>
internal sealed class Hook
{
    private readonly Call _call;

    private Hook(string name, Call call)
    {
        Name = name;
        _call = call;
    }

    public string Name { get; }

    public static Hook Plan(Delegate function, string method)
    {
        ArgumentNullException.ThrowIfNull(function);
        var name = $"{EndpointNames.MethodName(function) ?? "a lambda"} in {method}";
        return new Hook(name, new CallPlanner(name, function, parameter => SourceOf(parameter, name), mustAnswer: false).Plan());
    }

    public ValueTask<Outcome> Invoke(Context context) => _call.Invoke(context);

    private static object SourceOf(ParameterInfo parameter, string name) =>
        ContextSources.Find(parameter.ParameterType)
        ?? throw new ViewError($"cannot use {name}: nothing is known for its parameter '{parameter.Name}' ({parameter.ParameterType.Name}). Take a Context, Request, Session, Response or Exception, or read registered services from context.Services.");
}

/// <summary>The parameters that are known by their type alone.</summary>
internal static class ContextSources
{
    private static readonly Dictionary<Type, object> Sources = new()
    {
        [typeof(Context)] = (Source<Context>)(context => context),
        [typeof(App)] = (Source<App>)(context => context.App),
        [typeof(Request)] = (Source<Request>)(context => context.Request),
        [typeof(Session)] = (Source<Session>)(context => context.Session),
        [typeof(AppGlobals)] = (Source<AppGlobals>)(context => context.G),
        [typeof(HttpContext)] = (Source<HttpContext>)(context => context.Http),
        [typeof(System.Security.Claims.ClaimsPrincipal)] = (Source<System.Security.Claims.ClaimsPrincipal>)(context => context.Http.User),
        [typeof(IServiceProvider)] = (Source<IServiceProvider>)(context => context.Services),
        [typeof(CancellationToken)] = (Source<CancellationToken>)(context => context.Http.RequestAborted),
        [typeof(WebSocket)] = (Source<WebSocket>)(context => context.Socket ?? throw new ContextError("there is no WebSocket: this view was called by an ordinary request. Add it with app.WebSocket(rule, view).")),
        [typeof(Response)] = (Source<Response?>)(context => context.Response),
        [typeof(Exception)] = (Source<Exception?>)(context => context.Failure),
    };

    public static object? Find(Type type) => Sources.GetValueOrDefault(type);
}
