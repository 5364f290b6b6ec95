using Retort.Http.Exceptions;
using Retort.Routing;

namespace Retort.Views;

/// <summary>Sources of URL variables: converted from their place in the path, without boxing, unless a preprocessor has read them before.</summary>
internal static class VariableSources
{
    /// <summary>The source for a parameter of the given type, or null when the converter gives another.</summary>
    public static object? Make(Type type, RouteVariable variable, int index) =>
        Generic(nameof(Typed), Nullable.GetUnderlyingType(type) ?? type, variable, index) is { } typed
            ? Nullable.GetUnderlyingType(type) is { } inner ? Generic(nameof(MakeNullable), inner, typed) : typed
            : type == typeof(object) ? (Source<object?>)(context => context.Request.ViewArgs[variable.Name]) : null;

    /// <summary>The source of a value the rule gives by default, or null when it is of another type.</summary>
    public static object? MakeDefault(Type type, string name, object? value) => Generic(nameof(Fixed), type, name, value);

    /// <summary>The source of a parameter's own default, for a rule that has no such variable.</summary>
    public static object MakeOptional(Type type, object? value) => Generic(nameof(Constant), type, value)!;

    /// <summary>What a converter gives, in words.</summary>
    public static string Gives(Converter converter)
    {
        for (var type = converter.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Converter<>))
                return type.GetGenericArguments()[0] == typeof(string) ? "text" : "a " + type.GetGenericArguments()[0].Name;
        }
        return "another value";
    }

    /// <summary>The converter that gives a type, if there is one.</summary>
    public static string? ConverterFor(Type type) =>
        type == typeof(int) || type == typeof(long) ? "int" : type == typeof(double) ? "float" : type == typeof(Guid) ? "uuid" : null;

    private static object? Generic(string method, Type type, params object?[] arguments) => GenericMethod.Call(typeof(VariableSources), method, [type], arguments);

    private static Source<T>? Typed<T>(RouteVariable variable, int index)
    {
        if (variable.Converter.As<T>() is not { } converter)
            return null;
        return context =>
        {
            if (context.ViewArgsIfRead is { } read)
                return Read<T>(read, variable.Name);
            // A number that the rule allows can still be too large for the parameter: there is no such page.
            return converter.TryConvert(context.Match.Text(index, context.Path), out var value) ? value : throw new NotFound();
        };
    }

    private static Source<T?> MakeNullable<T>(Source<T> source)
        where T : struct => context => source(context);

    private static Source<T>? Fixed<T>(string name, object? value)
    {
        object? converted = value is null && default(T) is null ? null : value is T ? value : Widen<T>(value);
        if (converted is null && (value is not null || default(T) is not null))
            return null;
        return context => context.ViewArgsIfRead is { } read ? Read<T>(read, name) : (T)converted!;
    }

    private static Source<T?> Constant<T>(object? value)
    {
        var constant = value is T typed ? typed : default;
        return _ => constant;
    }

    private static object? Widen<T>(object? value)
    {
        var wanted = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return value is int or long && (wanted == typeof(long) || wanted == typeof(int) || wanted == typeof(double)) ? Convert.ChangeType(value, wanted, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    private static T Read<T>(IDictionary<string, object?> read, string name)
    {
        if (!read.TryGetValue(name, out var value))
            throw new ViewError($"the view's parameter '{name}' has no value: a URL value preprocessor took it out. Leave it in, or take the parameter away.");
        return value is T typed ? typed : value is null ? default! : (T)(Widen<T>(value) ?? throw new ViewError(
            $"the view's parameter '{name}' is a {typeof(T).Name}, but a URL value preprocessor set it to a {value.GetType().Name}. Set it to a {typeof(T).Name}."));
    }
}
