using System.Globalization;

namespace Retort.Configuration;

/// <summary>Reads a setting as the type its user asks for: files and the environment hold text and numbers only.</summary>
internal static class SettingConverter
{
    public static object Convert(string key, object value, Type type)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        try
        {
            return ToWanted(value, wanted) ?? throw Refused(key, value, wanted, null);
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
            throw Refused(key, value, wanted, error);
        }
    }

    private static object? ToWanted(object value, Type wanted)
    {
        if (wanted.IsInstanceOfType(value))
            return value;
        if (wanted == typeof(TimeSpan))
            return TimeSpan.FromSeconds(System.Convert.ToDouble(value, CultureInfo.InvariantCulture));
        if (wanted == typeof(bool) && value is string text)
            return Truth(text);
        if (wanted.IsEnum && value is string name)
            return Enum.TryParse(wanted, name, ignoreCase: true, out var member) ? member : null;
        if (wanted == typeof(IReadOnlyList<string>))
            return value is IEnumerable<object?> items ? items.Select(item => item?.ToString() ?? "").ToArray() : value is IEnumerable<string> texts ? texts.ToArray() : null;
        return value is IConvertible ? System.Convert.ChangeType(value, wanted, CultureInfo.InvariantCulture) : null;
    }

    private static object? Truth(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" or "" => false,
        _ => null,
    };

    private static ConfigError Refused(string key, object value, Type wanted, Exception? inner) =>
        new($"config['{key}'] cannot be used: a {wanted.Name} is needed, the value is a {value.GetType().Name}. Set app.Config[\"{key}\"] to a {wanted.Name}.", inner);
}
