using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Retort.Configuration;
using Retort.Routing;

namespace Retort.Views;

/// <summary>
/// Compiles a view for one rule: each parameter gets its source, the decorators go around it. What does not fit is an error here and not at the first request.
/// </summary>
internal sealed class ViewPlanner
{
    private readonly App _app;
    private readonly Rule _rule;
    private readonly IReadOnlyList<RouteVariable> _variables;
    private readonly string _name;
    private readonly List<Func<Context, ValueTask>> _bindings = [];

    private ViewPlanner(App app, Rule rule, IReadOnlyList<RouteVariable> variables, string name)
    {
        _app = app;
        _rule = rule;
        _variables = variables;
        _name = name;
    }

    /// <param name="app">The app.</param>
    /// <param name="view">A delegate; of a view class the method, without its object.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="variables">The rule's variables.</param>
    /// <param name="instance">The source of a view class's object.</param>
    public static Call Plan(App app, Delegate view, Rule rule, IReadOnlyList<RouteVariable> variables, object? instance = null)
    {
        var name = NameOf(view, rule.Endpoint!);
        var planner = new ViewPlanner(app, rule, variables, name);
        var call = new CallPlanner(name, view, planner.SourceOf, mustAnswer: !rule.WebSocket, instance).Plan();
        if (rule.WebSocket)
            call = new WebSocketCall(call);
        if (planner._bindings.Count > 0)
            call = new BindingCall(planner._bindings, call);
        // The first one written is the outermost, so the last is put around the view first.
        foreach (var decorator in view.Method.GetCustomAttributes<DecoratorAttribute>().Reverse().Concat(DecoratorsOfClass(instance)))
            call = new DecoratedCall(decorator, call, name);
        return call;
    }

    /// <summary>The source of one parameter of a view that was planned before.</summary>
    public static object SourceOf(App app, string viewName, Rule rule, ParameterInfo parameter) => new ViewPlanner(app, rule, app.UrlMap.VariablesOf(rule), viewName).SourceOf(parameter);

    public static string NameOf(Delegate? view, string endpoint) =>
        view is not null && EndpointNames.MethodName(view) is { } method ? $"the view {method} of the endpoint '{endpoint}'" : $"the view of the endpoint '{endpoint}'";

    private static IEnumerable<DecoratorAttribute> DecoratorsOfClass(object? instance) =>
        instance?.GetType().GenericTypeArguments[0].GetCustomAttributes<DecoratorAttribute>().Reverse() ?? [];

    private object SourceOf(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var attributes = parameter.GetCustomAttributes(inherit: false);
        if (attributes.OfType<IFromRouteMetadata>().FirstOrDefault() is { } route)
            return Variable(route.Name ?? parameter.Name!, type) ?? throw NoSource(parameter);
        if (attributes.Any(attribute => attribute is IFromServiceMetadata))
            return ParameterSources.Service(parameter);
        if (attributes.OfType<FromKeyedServicesAttribute>().FirstOrDefault() is { Key: { } key })
            return ParameterSources.KeyedService(parameter, key);
        if (attributes.OfType<AsParametersAttribute>().Any())
            return Together(parameter);
        if (attributes.OfType<IFromBodyMetadata>().Any())
            return ParameterSources.Body(parameter);
        if (attributes.OfType<IFromQueryMetadata>().FirstOrDefault() is { } query)
            return ParameterSources.Text(parameter, query.Name ?? Named(parameter), TextOrigin.Query, _name);
        if (attributes.OfType<IFromFormMetadata>().FirstOrDefault() is { } form)
            return ParameterSources.File(parameter, form.Name ?? Named(parameter)) ?? ParameterSources.Text(parameter, form.Name ?? Named(parameter), TextOrigin.Form, _name);
        if (attributes.OfType<IFromHeaderMetadata>().FirstOrDefault() is { } header)
            return ParameterSources.Text(parameter, header.Name ?? Named(parameter), TextOrigin.Header, _name);
        if (CustomBinding.Knows(type) && !IsGiven(parameter.Name!, type))
            return Custom(parameter);
        return Variable(parameter.Name!, type)
            ?? ContextSources.Find(type)
            ?? (_app.Services.Any(service => service.ServiceType == type || IsOpenService(service, type)) ? ParameterSources.Service(parameter) : null)
            ?? (parameter.HasDefaultValue ? VariableSources.MakeOptional(type, parameter.DefaultValue) : throw NoSource(parameter));
    }

    private object Custom(ParameterInfo parameter)
    {
        var (bind, source) = CustomBinding.Plan(parameter);
        _bindings.Add(bind);
        return source;
    }

    /// <summary>Whether a variable of that name is of that type: a converter of the app's own makes it.</summary>
    private bool IsGiven(string name, Type type) =>
        _variables.Where((variable, i) => (variable.Name == name || variable.Name == EndpointNames.SnakeCase(name)) && VariableSources.Make(type, variable, i) is not null).Any();

    /// <summary>A record whose parameters are sources of their own: <c>[AsParameters] Search search</c>.</summary>
    private object Together(ParameterInfo parameter)
    {
        if (parameter.ParameterType.GetConstructors() is not [var constructor])
            throw new ViewError($"cannot use {_name}: its parameter '{parameter.Name}' is taken together from [AsParameters], but {parameter.ParameterType.Name} has not one public constructor. Make it a record.");
        var parts = constructor.GetParameters();
        object[] sources = [.. parts.Select(SourceOf)];
        return GenericMethod.Call(typeof(ViewPlanner), nameof(Joined), [parameter.ParameterType], constructor, sources.Select((source, i) => CallPlanner.Boxed(parts[i].ParameterType, source)).ToArray())!;
    }

    private static Source<T> Joined<T>(ConstructorInfo constructor, Source<object?>[] sources)
    {
        var make = ConstructorInvoker.Create(constructor);
        return context => (T)make.Invoke([.. sources.Select(source => source(context))]);
    }

    /// <summary>A variable of the rule, or one of its defaults, under the parameter's name as it is or in snake_case.</summary>
    private object? Variable(string name, Type type)
    {
        foreach (var candidate in new[] { name, EndpointNames.SnakeCase(name) })
        {
            for (var i = 0; i < _variables.Count; i++)
            {
                if (_variables[i].Name == candidate)
                    return VariableSources.Make(type, _variables[i], i) ?? throw WrongType(_variables[i], name, type);
            }
            if (_rule.Defaults?.ContainsKey(candidate) is true)
                return VariableSources.MakeDefault(type, candidate, _rule.Defaults[candidate]) ?? throw WrongDefault(candidate, type);
        }
        return null;
    }

    /// <summary>The parameters of a record begin with a capital, the names that browsers send do not.</summary>
    private static string Named(ParameterInfo parameter) => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);

    private static bool IsOpenService(ServiceDescriptor service, Type type) =>
        type.IsGenericType && service.ServiceType.IsGenericTypeDefinition && service.ServiceType == type.GetGenericTypeDefinition();

    private ViewError NoSource(ParameterInfo parameter)
    {
        var known = _variables.Select(variable => variable.Name).Concat(_rule.Defaults?.Keys ?? []).ToArray();
        var has = known.Length == 0 ? "it has no variables" : $"its variables are {string.Join(", ", known)}";
        return new ViewError(
            $"cannot add the rule '{_rule.Text}': nothing is known for the parameter '{parameter.Name}' ({parameter.ParameterType.Name}) of {_name}; {has}."
            + $"{Nearest.Suggest(parameter.Name!, known)} Name it as a variable of the rule, register the type in app.Services before the route, or say where it comes from: [FromServices], [FromQuery], [FromForm], [FromBody].");
    }

    private ViewError WrongType(RouteVariable variable, string name, Type type) => new(
        $"cannot add the rule '{_rule.Text}': the parameter '{name}' of {_name} is {Shown(type)}, but <{variable.Name}> gives {VariableSources.Gives(variable.Converter)}. "
        + $"{(VariableSources.ConverterFor(type) is { } converter ? $"Write <{converter}:{variable.Name}>, or change" : "Change")} the parameter's type.");

    private ViewError WrongDefault(string name, Type type) => new(
        $"cannot add the rule '{_rule.Text}': the default of '{name}' is {_rule.Defaults![name] ?? "null"}, which is no {Shown(type)} as {_name} takes it. Change the default or the parameter's type.");

    private static string Shown(Type type) => type == typeof(int) ? "an int" : type == typeof(string) ? "text" : "a " + type.Name;
}
