using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Retort.Jinja.Values;

/// <summary>Values as arguments of C# functions.</summary>
internal static class Conversion
{
    /// <summary>Converts to a parameter's type; false if the value does not fit.</summary>
    public static bool TryConvert(in Value value, Type type, out object? result)
    {
        result = null;
        if (type == typeof(Value))
        {
            result = value;
            return true;
        }
        if (type == typeof(object))
        {
            result = value.ToObject();
            return true;
        }
        if (value.IsNone)
            return !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return (result = ToText(value)) is not null;
        if (type == typeof(bool))
        {
            result = Operators.IsTrue(value);
            return value.IsNumber || value.IsText;
        }
        if (type.IsEnum)
            return TryConvertEnum(value, type, out result);
        if (type.IsPrimitive || type == typeof(decimal) || type == typeof(BigInteger) || type == typeof(Half) || type == typeof(Int128))
            return TryConvertNumber(value, type, out result);
        return TryConvertObject(value, type, out result);
    }

    /// <summary>Whether a parameter's type is the value's own, so that nothing needs converting.</summary>
    public static bool IsNatural(in Value value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return value.Kind switch
        {
            ValueKind.Bool => type == typeof(bool),
            ValueKind.Int or ValueKind.BigInt => type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte) || type == typeof(BigInteger),
            ValueKind.Float => type == typeof(double) || type == typeof(float),
            ValueKind.None => !type.IsValueType,
            _ => type.IsInstanceOfType(value.Reference) && type != typeof(object),
        };
    }

    private static string? ToText(in Value value) => value.Kind is ValueKind.List or ValueKind.Dict or ValueKind.Set or ValueKind.Iterator ? null : Text.Str(value);

    private static bool TryConvertEnum(in Value value, Type type, out object? result)
    {
        result = value.IsInt ? Enum.ToObject(type, value.AsLong) : null;
        return result is not null || (value.AsText is { } name && Enum.TryParse(type, name, ignoreCase: true, out result));
    }

    private static bool TryConvertNumber(in Value value, Type type, out object? result)
    {
        result = null;
        if (type == typeof(char))
        {
            result = value.AsText is { Length: 1 } text ? text[0] : null;
            return result is not null;
        }
        if (!value.IsNumber)
            return false;
        if (type == typeof(double))
            result = Numbers.ToDouble(value);
        else if (type == typeof(float))
            result = (float)Numbers.ToDouble(value);
        else if (type == typeof(Half))
            result = (Half)Numbers.ToDouble(value);
        else if (type == typeof(decimal))
            result = ToDecimal(value);
        else
            result = ToInteger(value, type);
        return result is not null;
    }

    private static object? ToDecimal(in Value value)
    {
        if (value.Kind == ValueKind.Decimal)
            return value.Reference;
        var number = Numbers.ToDouble(value);
        if (Math.Abs(number) >= 7.9e28 || double.IsNaN(number))
            return null;
        return value.IsIntegral ? (decimal)value.AsBigInteger : (decimal)number;
    }

    // A float fits an integer parameter only if it is whole.
    private static object? ToInteger(in Value value, Type type)
    {
        if (!value.IsIntegral && (!double.IsFinite(Numbers.ToDouble(value)) || Math.Floor(Numbers.ToDouble(value)) != Numbers.ToDouble(value)))
            return null;
        var number = value.IsIntegral ? value.AsBigInteger : new BigInteger(Numbers.ToDouble(value));
        if (type == typeof(BigInteger))
            return number;
        try
        {
            return type == typeof(Int128) ? checked((Int128)number) : Convert.ChangeType(value.IsInt ? (object)value.AsLong : (decimal)number, type, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is OverflowException or InvalidCastException)
        {
            return null;
        }
    }

    private static bool TryConvertObject(in Value value, Type type, out object? result)
    {
        result = value.Kind is ValueKind.Bool or ValueKind.Int or ValueKind.Float ? null : value.Reference is FunctionValue { Host: { } function } ? function : value.Reference;
        if (result is not null && type.IsInstanceOfType(result))
            return true;
        if (type == typeof(Markup) || type == typeof(IHtml))
        {
            result = Text.Escape(value);
            return true;
        }
        if (type == typeof(JinjaFunction) && Calls.IsCallable(value))
        {
            var callee = value;
            result = (JinjaFunction)((context, arguments) => context.Call(callee, arguments));
            return true;
        }
        if (type == typeof(Guid) && value.AsText is { } text && Guid.TryParse(text, out var guid))
        {
            result = guid;
            return true;
        }
        return TryConvertTuple(value, type, out result) || TryConvertDictionary(value, type, out result) || TryConvertCollection(value, type, out result);
    }

    private static bool TryConvertTuple(in Value value, Type type, out object? result)
    {
        result = null;
        if (value.Reference is not TupleValue tuple || !typeof(ITuple).IsAssignableFrom(type) || type.GetGenericArguments() is not { } types || types.Length != tuple.Items.Length)
            return false;
        var items = new object?[types.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryConvert(tuple.Items[i], types[i], out items[i]))
                return false;
        }
        result = Activator.CreateInstance(type, items);
        return true;
    }

    private static bool TryConvertDictionary(in Value value, Type type, out object? result)
    {
        result = null;
        if (value.Kind != ValueKind.Dict || !type.IsGenericType || type.GetGenericArguments() is not [var key, var item])
            return false;
        var target = typeof(Dictionary<,>).MakeGenericType(key, item);
        if (!type.IsAssignableFrom(target))
            return false;
        var dictionary = (IDictionary)Activator.CreateInstance(target)!;
        foreach (var (from, to) in Mappings.Items(value))
        {
            if (!TryConvert(from, key, out var newKey) || newKey is null || !TryConvert(to, item, out var newItem))
                return false;
            dictionary[newKey] = newItem;
        }
        result = dictionary;
        return true;
    }

    private static bool TryConvertCollection(in Value value, Type type, out object? result)
    {
        result = null;
        var item = type.IsSZArray ? type.GetElementType() : type.IsGenericType && type.GetGenericArguments() is [var only] ? only : type == typeof(IEnumerable) ? typeof(object) : null;
        if (item is null || value.IsText || !Iteration.IsIterable(value))
            return false;
        var target = typeof(List<>).MakeGenericType(item);
        if (!type.IsSZArray && !type.IsAssignableFrom(target))
            return false;
        var list = (IList)Activator.CreateInstance(target)!;
        foreach (var element in Iteration.ToList(value))
        {
            if (!TryConvert(element, item, out var converted))
                return false;
            list.Add(converted);
        }
        result = list;
        if (type.IsSZArray)
        {
            var array = Array.CreateInstance(item, list.Count);
            list.CopyTo(array, 0);
            result = array;
        }
        return true;
    }
}
