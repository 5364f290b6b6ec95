using System.Dynamic;
using System.Runtime.CompilerServices;

namespace Retort.Scripting;

/// <summary>Objects of anonymous types cannot be named in another assembly: a console gets an object with the same members.</summary>
internal static class Presentation
{
    /// <summary>The value as a console may hold it.</summary>
    public static object? Of(object? value)
    {
        if (!IsDynamic(value))
            return value;
        IDictionary<string, object?> copy = new ExpandoObject();
        foreach (var property in value!.GetType().GetProperties())
            copy[property.Name] = Of(property.GetValue(value));
        return copy;
    }

    /// <summary>Whether the value is of an anonymous type.</summary>
    public static bool IsDynamic(object? value) =>
        value?.GetType() is { } type && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.Name.Contains("AnonymousType", StringComparison.Ordinal);
}
