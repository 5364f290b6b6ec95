using System.Reflection;
using Microsoft.AspNetCore.Http;
using Retort.Http.Exceptions;

namespace Retort.Views;

/// <summary>
/// Parameters of types that read themselves from the request: <see cref="IBindableFromHttpContext{TSelf}"/>, or a public static method
/// <c>ValueTask&lt;T?&gt; BindAsync(HttpContext)</c>, which may take the <see cref="ParameterInfo"/> too. Source: ASP.NET Core, parameter binding in minimal APIs.
/// </summary>
internal static class CustomBinding
{
    /// <summary>Whether a type reads itself. Throws <see cref="ViewError"/> for a method of that name that cannot be called so.</summary>
    public static bool Knows(Type type) => ReaderOf(Nullable.GetUnderlyingType(type) ?? type) is not null;

    /// <summary>What reads the parameter before the view is called, and the source that gives the view what was read.</summary>
    public static (Func<Context, ValueTask> Bind, object Source) Plan(ParameterInfo parameter)
    {
        var inner = Nullable.GetUnderlyingType(parameter.ParameterType);
        var read = ReaderOf(inner ?? parameter.ParameterType)!;
        return ((Func<Context, ValueTask>, object))Generic(nameof(Make), parameter.ParameterType, parameter, read, ParameterSources.IsRequired(parameter));
    }

    private static (Func<Context, ValueTask> Bind, object Source) Make<T>(ParameterInfo parameter, Func<HttpContext, ParameterInfo, ValueTask<object?>> read, bool required)
    {
        var key = new object();
        var fallback = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        return (async context =>
        {
            // What was taken in can be read once more, as the method expects.
            if (Http.Request.MayHaveBody(context.Http.Request))
                context.Http.Request.Body = context.Request.Stream;
            context.Http.Items[key] = await Read(context, parameter, read) ?? (required ? throw ParameterSources.Missing("value", parameter.Name!) : fallback);
        }, (Source<T?>)(context => (T?)context.Http.Items[key]));
    }

    private static async ValueTask<object?> Read(Context context, ParameterInfo parameter, Func<HttpContext, ParameterInfo, ValueTask<object?>> read)
    {
        try
        {
            return await read(context.Http, parameter);
        }
        catch (BadHttpRequestException error)
        {
            // How ASP.NET Core's own code says that the request is at fault.
            throw HttpException.For(error.StatusCode);
        }
    }

    private static Func<HttpContext, ParameterInfo, ValueTask<object?>>? ReaderOf(Type type)
    {
        if (type.GetInterfaces().Any(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IBindableFromHttpContext<>) && each.GenericTypeArguments[0] == type))
            return (Func<HttpContext, ParameterInfo, ValueTask<object?>>)Generic(nameof(OfInterface), type);
        var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy).Where(method => method.Name == "BindAsync").ToList();
        if (methods.Count == 0)
            return null;
        var method = methods.Find(each => Takes(each, typeof(HttpContext), typeof(ParameterInfo))) ?? methods.Find(each => Takes(each, typeof(HttpContext)));
        var name = method?.ReturnType switch
        {
            { } returned when returned == typeof(ValueTask<>).MakeGenericType(type) => nameof(OfMethod),
            { } returned when type.IsValueType && returned == typeof(ValueTask<>).MakeGenericType(typeof(Nullable<>).MakeGenericType(type)) => nameof(OfNullableMethod),
            _ => throw new ViewError($"cannot take a {type.Name} as a parameter: its BindAsync cannot be called. Make it 'public static ValueTask<{type.Name}?> BindAsync(HttpContext context)', with a ParameterInfo after it or not."),
        };
        return (Func<HttpContext, ParameterInfo, ValueTask<object?>>)Generic(name, type, method);
    }

    private static bool Takes(MethodInfo method, params Type[] types) => method.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(types);

    private static object Generic(string method, Type type, params object?[] arguments) => GenericMethod.Call(typeof(CustomBinding), method, [type], arguments)!;

    private static Func<HttpContext, ParameterInfo, ValueTask<object?>> OfInterface<T>()
        where T : class, IBindableFromHttpContext<T> => async (http, parameter) => await T.BindAsync(http, parameter);

    private static Func<HttpContext, ParameterInfo, ValueTask<object?>> OfMethod<T>(MethodInfo method) => Called<T>(method);

    private static Func<HttpContext, ParameterInfo, ValueTask<object?>> OfNullableMethod<T>(MethodInfo method)
        where T : struct => Called<T?>(method);

    private static Func<HttpContext, ParameterInfo, ValueTask<object?>> Called<T>(MethodInfo method)
    {
        if (method.GetParameters().Length == 2)
        {
            var both = method.CreateDelegate<Func<HttpContext, ParameterInfo, ValueTask<T>>>();
            return async (http, parameter) => await both(http, parameter);
        }
        var one = method.CreateDelegate<Func<HttpContext, ValueTask<T>>>();
        return async (http, _) => await one(http);
    }
}

/// <summary>A view whose parameters are partly read before it is called.</summary>
internal sealed class BindingCall(IReadOnlyList<Func<Context, ValueTask>> bindings, Call call) : Call
{
    public override async ValueTask<Outcome> Invoke(Context context)
    {
        foreach (var bind in bindings)
            await bind(context);
        return await call.Invoke(context);
    }
}
