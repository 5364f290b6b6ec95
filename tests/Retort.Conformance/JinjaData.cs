using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Retort.Jinja;
using Retort.Jinja.Values;

namespace Retort.Conformance;

/// <summary>Python values as the recorded cases write them in JSON.</summary>
internal static class JinjaData
{
    public static DictValue DecodeObject(JsonElement element)
    {
        var dict = new DictValue();
        foreach (var property in element.EnumerateObject())
            dict.Set(Value.From(property.Name), Decode(property.Value));
        return dict;
    }

    public static Value Decode(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => Value.None,
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        JsonValueKind.String => Value.From(element.GetString()),
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.Array => Value.From(new ListValue(Items(element))),
        _ => Object(element),
    };

    private static Value Object(JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
            return property.Name.StartsWith('$') ? Special(property.Name, property.Value) : Value.From(DecodeObject(element));
        return Value.From(new DictValue());
    }

    private static List<Value> Items(JsonElement list) => [.. list.EnumerateArray().Select(Decode)];

    private static Value Number(string text) => text.AsSpan().ContainsAny(".eE")
        ? Value.From(double.Parse(text, CultureInfo.InvariantCulture))
        : Value.From(BigInteger.Parse(text, CultureInfo.InvariantCulture));

    private static Value Special(string kind, JsonElement value) => kind switch
    {
        "$tuple" => Value.From(new TupleValue([.. Items(value)])),
        "$set" => Value.From(new SetValue(Items(value))),
        "$dict" => Pairs(value),
        "$markup" => Value.From(new Markup(value.GetString())),
        "$bytes" => Value.From(value.GetBytesFromBase64()),
        "$float" => Value.From(value.GetString() switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, _ => double.NegativeInfinity }),
        "$range" => Value.From(new RangeValue(value[0].GetInt64(), value[1].GetInt64(), value[2].GetInt64())),
        "$iter" => Value.From(new SequenceIterator(Items(value).GetEnumerator(), "list_iterator")),
        "$datetime" => Moment(value.GetString()!),
        "$undefined" => Value.From(new Undefined(UndefinedOrigin.Variable(value.GetString()!))),
        "$namedtuple" => NamedTuple(value),
        "$object" => Value.From(new JinjaCaseObject(value)),
        "$fn" => JinjaHostFunctions.Global(value),
        _ => throw new ArgumentException($"unknown value {kind}"),
    };

    private static Value Moment(string text) => text[10..].AsSpan().ContainsAny("+-Z")
        ? Value.FromObject(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture))
        : Value.FromObject(DateTime.Parse(text, CultureInfo.InvariantCulture));

    private static Value Pairs(JsonElement pairs)
    {
        var dict = new DictValue();
        foreach (var pair in pairs.EnumerateArray())
            dict.Set(Decode(pair[0]), Decode(pair[1]));
        return Value.From(dict);
    }

    private static Value NamedTuple(JsonElement value)
    {
        var fields = value.GetProperty("fields").EnumerateObject().ToArray();
        return Value.From(new TupleValue(
            [.. fields.Select(field => Decode(field.Value))],
            [.. fields.Select(field => field.Name)],
            value.GetProperty("type").GetString()));
    }
}

/// <summary>An object of the host with exactly the abilities a case gives it.</summary>
internal sealed class JinjaCaseObject(JsonElement description) : TemplateObject
{
    private readonly Dictionary<string, Value> _attributes = description.TryGetProperty("attrs", out var attributes)
        ? attributes.EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => JinjaData.Decode(attribute.Value))
        : [];

    private readonly DictValue? _items = description.TryGetProperty("items", out var items) ? (DictValue)JinjaData.Decode(items).Reference : null;
    private readonly List<Value>? _iterated = description.TryGetProperty("iter", out var iterated) ? [.. iterated.EnumerateArray().Select(JinjaData.Decode)] : null;
    private readonly string? _text = description.TryGetProperty("str", out var text) ? text.GetString() : null;
    private readonly string? _html = description.TryGetProperty("html", out var html) ? html.GetString() : null;
    private readonly bool _callable = description.TryGetProperty("call", out _);

    public override string TypeName => "app." + description.GetProperty("type").GetString();

    public override bool IsTrue => _iterated is not { Count: 0 };

    public override int Length => _iterated?.Count ?? -1;

    public override bool IsCallable => _callable;

    // What has items can be iterated by Python's older protocol: item 0, item 1 and so on.
    public override bool IsIterable => _iterated is not null || _items is not null;

    public override bool TryGetMember(EvalContext context, string name, out Value value) => _attributes.TryGetValue(name, out value);

    public override bool TryGetItem(in Value key, out Value value)
    {
        value = default;
        return _items is not null && _items.TryGetItem(key, out value);
    }

    public override Value Call(EvalContext context, Arguments arguments) =>
        _callable ? JinjaData.Decode(description.GetProperty("call")) : base.Call(context, arguments);

    public override ValueIterator GetIterator() =>
        _iterated is not null ? new SequenceIterator(_iterated.GetEnumerator()) : _items is null ? base.GetIterator() : new SequenceIterator(Numbered().GetEnumerator());

    private IEnumerable<Value> Numbered()
    {
        for (var i = 0; ; i++)
            yield return TryGetItem(Value.From(i), out var item) ? item : throw new PythonError(PythonErrorKind.KeyError, $"{i}");
    }

    public override string Str() => _text ?? Repr();

    public override string Repr() => $"<{TypeName} object at 0x{Identity:x12}>";

    public override bool TryGetHtml([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? html)
    {
        html = _html;
        return html is not null;
    }
}
