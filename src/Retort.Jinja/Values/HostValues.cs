using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Retort.Jinja.Values;

/// <summary>Between C# objects and values.</summary>
internal static class HostValues
{
    /// <summary>A value of a type known at compile time; numbers and bools are not boxed.</summary>
    public static Value FromTyped<T>(T value)
    {
        HostType? latest = null;
        return FromTyped(value, ref latest);
    }

    /// <summary>The same at a place that remembers the type of the last object it saw, because most places see one type only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value FromTyped<T>(T value, ref HostType? latest)
    {
        if (typeof(T) == typeof(Value))
            return (Value)(object)value!;
        if (typeof(T) == typeof(int))
            return Value.From((int)(object)value!);
        if (typeof(T) == typeof(long))
            return Value.From((long)(object)value!);
        if (typeof(T) == typeof(bool))
            return Value.From((bool)(object)value!);
        if (typeof(T) == typeof(double))
            return Value.From((double)(object)value!);
        if (typeof(T) == typeof(float))
            return Value.From(FromSingle((float)(object)value!));
        if (typeof(T) == typeof(short))
            return Value.From((short)(object)value!);
        if (typeof(T) == typeof(byte))
            return Value.From((byte)(object)value!);
        if (typeof(T) == typeof(uint))
            return Value.From((uint)(object)value!);
        if (typeof(T) == typeof(string))
            return Value.From((string?)(object?)value);
        return value is not null && latest is { } known && known.Type == value.GetType() ? Value.FromHost(value, known.Kind) : From(value, ref latest);
    }

    public static Value From(object? value)
    {
        HostType? latest = null;
        return From(value, ref latest);
    }

    private static Value From(object? value, ref HostType? latest) => value switch
    {
        null => default,
        string text => Value.From(text),
        int number => Value.From(number),
        bool flag => Value.From(flag),
        long number => Value.From(number),
        double number => Value.From(number),
        Value already => already,
        Markup markup => Value.From(markup),
        TemplateObject own => Value.From(own),
        decimal number => Value.From(number),
        _ => FromOther(value, ref latest),
    };

    private static Value FromOther(object value, ref HostType? latest)
    {
        switch (value)
        {
            case byte[] bytes: return Value.From(bytes);
            case char character: return Value.From(CodePoints.Single(character));
            case float number: return Value.From(FromSingle(number));
            case byte or sbyte or short or ushort or uint: return Value.From(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
            case ulong number: return Value.From((BigInteger)number);
            case Int128 number: return Value.From((BigInteger)number);
            case UInt128 number: return Value.From((BigInteger)number);
            case Half number: return Value.From((double)number);
            case BigInteger number: return Value.From(number);
            case Enum name: return Value.From(name.ToString());
            case DBNull: return default;
            case JsonElement element: return JsonValues.From(element);
            case JsonDocument document: return JsonValues.From(document.RootElement);
            case JsonValue node: return JsonValues.From(node);
            case ITuple tuple: return FromTuple(tuple);
            case ReadOnlyMemory<char> or Memory<char>: return Value.From(value.ToString());
            case ReadOnlyMemory<byte> memory: return Value.From(memory.ToArray());
            case Memory<byte> memory: return Value.From(memory.ToArray());
            case JinjaFunction function: return Value.From(new FunctionValue(function, function.Method.Name));
            case Delegate function: return Value.From(Calls.Function(function));
            default:
                var type = HostType.Of(value);
                if (type.Unwrap is { } unwrap)
                    return unwrap(value);
                latest = type;
                return Value.FromHost(value, type.Kind);
        }
    }

    // The double that prints as the float does, so that 0.1f is 0.1 and not 0.10000000149011612.
    private static double FromSingle(float number) =>
        float.IsFinite(number) ? double.Parse(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture) : number;

    private static Value FromTuple(ITuple tuple)
    {
        Depth.EnsureStack("while converting a value of the host");
        var items = new Value[tuple.Length];
        for (var i = 0; i < items.Length; i++)
            items[i] = From(tuple[i]);
        return Value.From(new TupleValue(items, ItemNames(items.Length)));
    }

    // Of a C# tuple's names only these are there at run time.
    private static string[] ItemNames(int count) => count < Names.Length ? Names[count] : [];

    private static readonly string[][] Names =
        [.. Enumerable.Range(0, 8).Select(count => Enumerable.Range(1, count).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Item{i}")).ToArray())];

    public static object? ToObject(in Value value) => ToObject(value, 0);

    private static object? ToObject(in Value value, int depth)
    {
        Depth.EnsureLevel(depth, "while converting a value for the host");
        Budget.Walk();
        return value.Kind switch
        {
            ValueKind.None => null,
            ValueKind.Bool => value.AsBool,
            ValueKind.Int => value.AsLong,
            ValueKind.Float => value.AsDouble,
            _ => value.Reference switch
            {
                ListValue list => list.Items.ConvertAll(item => ToObject(item, depth + 1)),
                TupleValue tuple => Array.ConvertAll(tuple.Items, item => ToObject(item, depth + 1)),
                DictValue dict => ToDictionary(dict, depth),
                FunctionValue { Host: { } function } => function,
                SetValue set => set.Items.Select(item => ToObject(item, depth + 1)).ToHashSet(),
                var other => other,
            },
        };
    }

    private static object ToDictionary(DictValue dict, int depth)
    {
        if (dict.Items.Keys.All(key => key.IsText))
        {
            var named = new Dictionary<string, object?>(dict.Items.Count);
            foreach (var (key, item) in dict.Items)
                named.Add(key.AsText!, ToObject(item, depth + 1));
            return named;
        }
        var result = new Dictionary<object, object?>(dict.Items.Count);
        foreach (var (key, item) in dict.Items)
            result[ToObject(key, depth + 1) ?? DBNull.Value] = ToObject(item, depth + 1);
        return result;
    }
}

/// <summary>JSON of System.Text.Json: scalars become values, arrays and objects stay what they are.</summary>
internal static class JsonValues
{
    public static Value From(JsonValue node) => node.GetValue<object>() is JsonElement element ? From(element) : HostValues.From(node.GetValue<object>());

    public static Value From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Value.From(JsonStrings.Read(element)),
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        JsonValueKind.Number => Number(element),
        JsonValueKind.Array => Value.FromHost(element, ValueKind.List),
        JsonValueKind.Object => Value.FromHost(element, ValueKind.Dict),
        _ => default,
    };

    // As Python's json: an integer of any size, unless there is a point or an exponent.
    private static Value Number(JsonElement element)
    {
        if (element.TryGetInt64(out var number))
            return Value.From(number);
        var text = element.GetRawText();
        return text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0 ? Value.From(element.GetDouble()) : Value.From(BigInteger.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
    }
}
