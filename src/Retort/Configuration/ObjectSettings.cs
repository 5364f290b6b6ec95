using System.Reflection;

namespace Retort.Configuration;

/// <summary>Reads the members of an object, or the static ones of a class, as settings.</summary>
internal static class ObjectSettings
{
    public static IEnumerable<KeyValuePair<string, object?>> Of(object settings)
    {
        var type = settings as Type ?? settings.GetType();
        var instance = settings is Type ? null : settings;
        var which = BindingFlags.Public | BindingFlags.FlattenHierarchy | BindingFlags.Static | (instance is null ? 0 : BindingFlags.Instance);
        foreach (var property in type.GetProperties(which))
        {
            if (property.GetIndexParameters().Length == 0 && property.CanRead)
                yield return KeyValuePair.Create(property.Name, property.GetValue(instance));
        }
        foreach (var field in type.GetFields(which))
            yield return KeyValuePair.Create(field.Name, field.GetValue(instance));
    }
}
