using System.Globalization;
using System.Runtime.CompilerServices;

namespace Retort.Jinja.Values;

/// <summary>Host objects as text: dates and times as Python writes them, everything else by its own <c>ToString</c>.</summary>
internal static class HostText
{
    public static string Str(object value) => value switch
    {
        _ when BuiltinMethods.HasOwnMembers(value) => Dates.IsoFormat(value, ' '),
        IHtml html => html.ToString() ?? html.ToHtml(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => OwnText(value) ?? Awaiting.Refuse(value) ?? Address(value),
    };

    public static string Repr(object value) => value switch
    {
        _ when BuiltinMethods.HasOwnMembers(value) => Dates.Repr(value),
        Guid => $"UUID('{value}')",
        _ => OwnText(value) is not { } text ? Address(value) : value is IHtml or IFormattable ? Str(value) : text,
    };

    /// <summary>The name in Python's own messages; types that are written in C have the name of their module in it.</summary>
    public static string TypeName(object value) => value switch
    {
        DateTime or DateTimeOffset => "datetime.datetime",
        DateOnly => "datetime.date",
        TimeOnly => "datetime.time",
        TimeSpan => "datetime.timedelta",
        Guid => "UUID",
        _ => PlainName(value.GetType()),
    };

    public static string FullTypeName(object value) => value switch
    {
        _ when BuiltinMethods.HasOwnMembers(value) => TypeName(value),
        Guid => "uuid.UUID",
        _ => (value.GetType().Namespace is { } space ? space + "." : string.Empty) + PlainName(value.GetType()),
    };

    /// <summary>A type as C# writes it: <c>List&lt;Int32&gt;</c>.</summary>
    public static string TypeName(Type type) => !type.IsGenericType ? type.Name
        : $"{PlainName(type)}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>";

    private static string Address(object value) => $"<{FullTypeName(value)} object at 0x{TemplateObject.Identify(value):x12}>";

    // What does not say itself how it is written gives the name of its type. Types of the reflection world print as an object, too: their text would name what is out of reach.
    private static string? OwnText(object value)
    {
        var text = HostType.Of(value).IsForbidden ? null : value.ToString() ?? string.Empty;
        return text == value.GetType().ToString() ? null : text;
    }

    private static string PlainName(Type type)
    {
        if (type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            return "object";
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : type.Name[..tick];
    }
}
