using System.Collections;
using System.Globalization;
using System.Numerics;
using Retort.Forms.Text;
using Retort.Jinja.Values;

namespace Retort.Forms;

/// <summary>Values between an app's objects, fields and JSON: as the type asked for where that loses nothing.</summary>
internal static class Coercion
{
    /// <summary>The value as another type; its default (null, 0) if it does not fit.</summary>
    public static T To<T>(object? value) => value is T already ? already : TryTo(value, typeof(T), out var converted) && converted is T typed ? typed : default!;

    public static bool TryTo(object? value, Type type, out object? converted)
    {
        converted = value;
        if (value is null)
            return !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        if (type.IsInstanceOfType(value))
            return true;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsInstanceOfType(value))
            return true;
        if (type == typeof(string))
        {
            converted = Text(value);
            return true;
        }
        if (type.IsEnum)
            return Enum.TryParse(type, Text(value), ignoreCase: true, out converted) && Enum.IsDefined(type, converted);
        return TryToNumberOrDate(value, type, out converted) || TryToList(value, type, out converted);
    }

    /// <summary>Python's <c>str()</c> of a value.</summary>
    public static string Text(object? value) => value as string ?? Value.FromObject(value).ToString();

    /// <summary>Text as a number, date, identifier or enumeration, as Python reads such.</summary>
    public static bool TryParse(string text, Type type, out object? value)
    {
        value = null;
        if (type == typeof(int))
            value = PythonNumbers.TryParseInteger<int>(text, out var number) ? number : null;
        else if (type == typeof(long))
            value = PythonNumbers.TryParseInteger<long>(text, out var number) ? number : null;
        else if (type == typeof(short))
            value = PythonNumbers.TryParseInteger<short>(text, out var number) ? number : null;
        else if (type == typeof(byte))
            value = PythonNumbers.TryParseInteger<byte>(text, out var number) ? number : null;
        else if (type == typeof(BigInteger))
            value = PythonNumbers.TryParseInteger<BigInteger>(text, out var number) ? number : null;
        else if (type == typeof(double))
            value = PythonNumbers.TryParseFloat(text, out var number) ? number : null;
        else if (type == typeof(decimal))
            value = PythonNumbers.TryParseDecimal(text, out var number) ? number : null;
        else if (type == typeof(Guid))
            value = Guid.TryParse(text, out var id) ? id : null;
        else if (type == typeof(bool))
            value = text switch { "True" or "true" => true, "False" or "false" => false, _ => null };
        else if (type.IsEnum)
            value = Enum.TryParse(type, text, ignoreCase: true, out var name) && Enum.IsDefined(type, name!) ? name : null;
        else
            return false;
        return value is not null;
    }

    private static bool TryToNumberOrDate(object value, Type type, out object? converted)
    {
        converted = (value, type) switch
        {
            (DateTime date, _) when type == typeof(DateOnly) => DateOnly.FromDateTime(date),
            (DateTime date, _) when type == typeof(TimeOnly) => TimeOnly.FromDateTime(date),
            (DateTimeOffset date, _) when type == typeof(DateTime) => date.DateTime,
            (DateTimeOffset date, _) when type == typeof(DateOnly) => DateOnly.FromDateTime(date.DateTime),
            (DateOnly date, _) when type == typeof(DateTime) => date.ToDateTime(TimeOnly.MinValue),
            (DateTime date, _) when type == typeof(DateTimeOffset) => new DateTimeOffset(date, TimeSpan.Zero),
            (TimeSpan time, _) when type == typeof(TimeOnly) && time >= TimeSpan.Zero && time < TimeSpan.FromDays(1) => TimeOnly.FromTimeSpan(time),
            _ => null,
        };
        if (converted is not null)
            return true;
        if (value is string text)
            return TryParse(text, type, out converted);
        if (value is not IConvertible || value is bool || !(type.IsPrimitive || type == typeof(decimal)) || type == typeof(bool) || type == typeof(char))
            return false;
        try
        {
            converted = Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
            return true;
        }
        catch (Exception error) when (error is OverflowException or InvalidCastException or FormatException)
        {
            return false;
        }
    }

    /// <summary>A list or array of the elements; false if one does not fit.</summary>
    private static bool TryToList(object value, Type type, out object? converted)
    {
        converted = null;
        var element = type.IsArray ? type.GetElementType() : type.IsGenericType && type.GetGenericArguments() is [var only] ? only : null;
        if (element is null || value is string || value is not IEnumerable items || !(type.IsArray || type.IsAssignableFrom(typeof(List<>).MakeGenericType(element))))
            return false;
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var item in items)
        {
            if (!TryTo(item, element, out var fitting))
                return false;
            list.Add(fitting);
        }
        converted = list;
        if (type.IsArray)
        {
            var array = Array.CreateInstance(element, list.Count);
            list.CopyTo(array, 0);
            converted = array;
        }
        return true;
    }
}
