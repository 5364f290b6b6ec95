using System.Collections;
using System.Diagnostics.CodeAnalysis;
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
        var inner = Nullable.GetUnderlyingType(type);
        if (value.IsNone && type != typeof(Value))
            return !type.IsValueType || inner is not null;
        result = Convert(value, inner ?? type);
        return result is not null;
    }

    // Null if the value does not fit.
    private static object? Convert(in Value value, Type type)
    {
        if (type == typeof(Value))
            return value;
        if (type == typeof(object))
            return value.ToObject();
        if (type == typeof(string))
            return value.Kind is ValueKind.List or ValueKind.Dict or ValueKind.Set or ValueKind.Iterator ? null : Text.Str(value);
        // A strict undefined says itself what is wrong.
        if (type == typeof(bool))
            return Operators.IsTrue(value) is var truth && (value.IsNumber || value.IsText) ? truth : null;
        if (type.IsEnum)
            return value.IsInt ? Enum.ToObject(type, value.AsLong) : value.AsText is { } name && Enum.TryParse(type, name, ignoreCase: true, out var member) ? member : null;
        if (type == typeof(char))
            return value.AsText is { Length: 1 } text ? text[0] : null;
        if (type.IsPrimitive || type == typeof(decimal) || type == typeof(BigInteger) || type == typeof(Half) || type == typeof(Int128))
            return value.IsNumber ? ToNumber(value, type) : null;
        return ToObject(value, type) ?? ToTuple(value, type) ?? ToDictionary(value, type) ?? ToCollection(value, type);
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

    private static object? ToNumber(in Value value, Type type) =>
        type == typeof(double) ? Numbers.ToDouble(value)
        : type == typeof(float) ? (float)Numbers.ToDouble(value)
        : type == typeof(Half) ? (Half)Numbers.ToDouble(value)
        : type == typeof(decimal) ? ToDecimal(value)
        : ToInteger(value, type);

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
            return type == typeof(Int128) ? checked((Int128)number) : System.Convert.ChangeType(value.IsInt ? (object)value.AsLong : (decimal)number, type, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is OverflowException or InvalidCastException)
        {
            return null;
        }
    }

    private static object? ToObject(in Value value, Type type)
    {
        var own = value.Kind is ValueKind.Bool or ValueKind.Int or ValueKind.Float ? null : value.Reference is FunctionValue { Host: { } function } ? function : value.Reference;
        if (type.IsInstanceOfType(own))
            return own;
        if (type == typeof(Markup) || type == typeof(IHtml))
            return Text.Escape(value);
        if (type == typeof(JinjaFunction) && Calls.IsCallable(value))
        {
            var callee = value;
            return (JinjaFunction)((context, arguments) => context.Call(callee, arguments));
        }
        return type == typeof(Guid) && Guid.TryParse(value.AsText, out var guid) ? guid : null;
    }

    private static object? ToTuple(in Value value, Type type)
    {
        if (value.Reference is not TupleValue tuple || !typeof(ITuple).IsAssignableFrom(type) || type.GetGenericArguments() is not { } types || types.Length != tuple.Items.Length)
            return null;
        var items = new object?[types.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryConvert(tuple.Items[i], types[i], out items[i]))
                return null;
        }
        return Activator.CreateInstance(Trimming.Kept(type), items);
    }

    private static object? ToDictionary(in Value value, Type type)
    {
        if (value.Kind != ValueKind.Dict || !type.IsGenericType || type.GetGenericArguments() is not [var key, var item])
            return null;
        if (Make(type, [key, item]) is not IDictionary dictionary)
            return null;
        foreach (var (from, to) in Mappings.Items(value))
        {
            if (!TryConvert(from, key, out var newKey) || newKey is null || !TryConvert(to, item, out var newItem))
                return null;
            dictionary[newKey] = newItem;
        }
        return dictionary;
    }

    private static object? ToCollection(in Value value, Type type)
    {
        var item = type.IsSZArray ? type.GetElementType() : type.IsGenericType && type.GetGenericArguments() is [var only] ? only : type == typeof(IEnumerable) ? typeof(object) : null;
        if (item is null || value.IsText || !Iteration.IsIterable(value))
            return null;
        if ((type.IsSZArray ? new List<object?>() : Make(type, [item])) is not IList list)
            return null;
        foreach (var element in Iteration.ToList(value))
        {
            if (!TryConvert(element, item, out var converted))
                return null;
            list.Add(converted);
        }
        if (!type.IsSZArray)
            return list;
        var array = Array.CreateInstanceFromArrayType(type, list.Count);
        list.CopyTo(array, 0);
        return array;
    }

    // Null if a parameter takes no such collection.
    [DynamicDependency(nameof(OfNumbers))]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Of classes and of numbers there is code. For a struct in an interface's place, as in IEnumerable<Point>, README.md says what to do.")]
    private static object? Make(Type type, Type[] arguments)
    {
        var made = (arguments.Length == 1 ? typeof(List<>) : typeof(Dictionary<,>)).MakeGenericType(arguments);
        return type.IsAssignableFrom(made) ? Activator.CreateInstance(made) : null;
    }

    // What an app compiled natively may have nowhere else, for parameters like IEnumerable<decimal>.
    private static object[] OfNumbers() =>
    [
        new List<int>(), new List<long>(), new List<double>(), new List<decimal>(),
        new Dictionary<string, int>(), new Dictionary<string, long>(), new Dictionary<string, double>(), new Dictionary<string, decimal>(),
    ];
}
