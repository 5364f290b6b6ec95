using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Views;

/// <summary>Where a parameter's text comes from.</summary>
internal enum TextOrigin
{
    Query,
    Form,
    Header,
}

/// <summary>Sources of parameters that carry one of ASP.NET Core's binding attributes, and of services.</summary>
internal static class ParameterSources
{
    public static object Service(ParameterInfo parameter) => Generic(nameof(ServiceOf), [parameter.ParameterType], parameter.HasDefaultValue);

    public static object KeyedService(ParameterInfo parameter, object key) => Generic(nameof(KeyedServiceOf), [parameter.ParameterType], key, parameter.HasDefaultValue);

    public static object Body(ParameterInfo parameter) =>
        GenericMethod.Call(typeof(BodySource), nameof(BodySource.Of), [parameter.ParameterType], parameter.Name, IsRequired(parameter))!;

    /// <summary>A file of a form, or all files of one name.</summary>
    public static object? File(ParameterInfo parameter, string name)
    {
        var type = parameter.ParameterType;
        if (type == typeof(FileStorage))
            return FileOf(name, IsRequired(parameter));
        return type.IsAssignableFrom(typeof(FileStorage[])) && type != typeof(object) ? Generic(nameof(FilesOf), [type], name) : null;
    }

    private static Source<FileStorage?> FileOf(string name, bool required) => context =>
        context.Request.Files.Get(name) ?? (required ? throw Missing("file", name) : null);

    private static Source<T> FilesOf<T>(string name) => context => (T)(object)context.Request.Files.GetList(name).ToArray();

    /// <summary>A value from the query, the form or a header: text, anything that can be parsed, or an array of either.</summary>
    public static object Text(ParameterInfo parameter, string name, TextOrigin origin, string view)
    {
        var type = parameter.ParameterType;
        var fallback = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        if (type.IsArray && ParserOf(type.GetElementType()!) is { } item)
            return Generic(nameof(ListOf), [type.GetElementType()!], name, origin, item);
        if (type.IsGenericType && type.GetGenericArguments() is [var element] && type.IsAssignableFrom(typeof(List<>).MakeGenericType(element)) && ParserOf(element) is { } each)
            return Generic(nameof(CollectionOf), [type, element], name, origin, each);
        var parse = ParserOf(Nullable.GetUnderlyingType(type) ?? type)
            ?? throw new ViewError($"cannot use {view}: its parameter '{parameter.Name}' is a {type.Name}, which text cannot become. Use text, a number, a bool, an enum, a type with Parse, or an array of these.");
        return Generic(nameof(ValueOf), [type], name, origin, IsRequired(parameter), fallback, parse);
    }

    private static object Generic(string method, Type[] types, params object?[] arguments) => GenericMethod.Call(typeof(ParameterSources), method, types, arguments)!;

    private static Source<T?> ServiceOf<T>(bool optional) =>
        optional ? context => context.Services.GetService<T>() : context => (T)context.Services.GetRequiredService(typeof(T));

    private static Source<T?> KeyedServiceOf<T>(object key, bool optional)
        where T : notnull => optional ? context => context.Services.GetKeyedService<T>(key) : context => context.Services.GetRequiredKeyedService<T>(key);

    /// <summary>Whether a parameter has to be given: it has no default and cannot be null.</summary>
    public static bool IsRequired(ParameterInfo parameter) => !parameter.HasDefaultValue && new NullabilityInfoContext().Create(parameter).WriteState != NullabilityState.Nullable;

    public static BadRequest Missing(string what, string name) => new($"The {what} '{name}' is missing.") { Errors = new Dictionary<string, string[]> { [name] = ["is missing."] } };

    private static Source<T?> ValueOf<T>(string name, TextOrigin origin, bool required, object? fallback, Func<string, object?> parse) => context =>
    {
        if (First(context.Request, name, origin) is not { } text)
            return required ? throw Missing(Named(origin), name) : (T?)fallback;
        return (T?)Parsed(text, name, origin, typeof(T), parse);
    };

    private static Source<T[]> ListOf<T>(string name, TextOrigin origin, Func<string, object?> parse) => context =>
        [.. Texts(context.Request, name, origin).Select(text => (T)Parsed(text, name, origin, typeof(T), parse)!)];

    private static object? Parsed(string text, string name, TextOrigin origin, Type type, Func<string, object?> parse) =>
        parse(text) ?? throw new BadRequest($"The {Named(origin)} '{name}' is no {(Nullable.GetUnderlyingType(type) ?? type).Name}.")
        {
            Errors = new Dictionary<string, string[]> { [name] = [$"is no {(Nullable.GetUnderlyingType(type) ?? type).Name}."] },
        };

    private static Source<TList> CollectionOf<TList, T>(string name, TextOrigin origin, Func<string, object?> parse) => context =>
        (TList)(object)Texts(context.Request, name, origin).Select(text => (T)Parsed(text, name, origin, typeof(T), parse)!).ToList();

    private static string? First(Request request, string name, TextOrigin origin) => origin switch
    {
        TextOrigin.Query => request.Args.Get(name),
        TextOrigin.Form => request.Form.Get(name),
        _ => request.Headers[name] is { Count: > 0 } sent ? sent[0] : null,
    };

    private static IReadOnlyList<string> Texts(Request request, string name, TextOrigin origin) => origin switch
    {
        TextOrigin.Query => request.Args.GetList(name),
        TextOrigin.Form => request.Form.GetList(name),
        _ => [.. request.Headers[name].OfType<string>()],
    };

    private static string Named(TextOrigin origin) => origin switch
    {
        TextOrigin.Query => "query value",
        TextOrigin.Form => "form field",
        _ => "header",
    };

    /// <summary>Reads a text as the type; gives null for a text that is no value of it. Null when the type cannot be read from text.</summary>
    private static Func<string, object?>? ParserOf(Type type)
    {
        if (type == typeof(string))
            return text => text;
        if (type == typeof(bool))
            return text => text.ToLowerInvariant() switch { "true" or "1" or "on" or "yes" => true, "false" or "0" or "off" or "no" => false, _ => null };
        if (type.IsEnum)
            return text => Enum.TryParse(type, text, ignoreCase: true, out var member) && Enum.IsDefined(type, member) ? member : null;
        return type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>) && i.GetGenericArguments()[0] == type)
            ? (Func<string, object?>)Generic(nameof(Parser), [type])
            : null;
    }

    private static Func<string, object?> Parser<T>()
        where T : IParsable<T> => text => T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
}
