using System.Text.Json;
using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>The data given to one render: a dictionary or the properties of an object, over variables that are looked up when a template asks.</summary>
internal sealed class ModelSource : VariableSource
{
    private readonly object? _model;
    private readonly HostType? _type;
    private readonly ITemplateVariables? _ambient;

    private ModelSource(object? model, ITemplateVariables? ambient)
    {
        _model = model;
        _ambient = ambient;
        if (model is not (null or IReadOnlyDictionary<string, object?> or DictValue))
            _type = HostType.Of(model);
    }

    /// <summary>Null if there is no data at all.</summary>
    public static ModelSource? Of(object? model, ITemplateVariables? ambient)
    {
        if (model is null && ambient is null)
            return null;
        if (model is JsonDocument document)
            model = document.RootElement;
        if (model is string || (model is ValueType and not JsonElement { ValueKind: JsonValueKind.Object } && (model is Enum || model.GetType().Namespace is "System" or "System.Text.Json")))
            throw HasNone(model);
        var source = new ModelSource(model, ambient);
        if (source._type is { IsForbidden: true } or { Kind: ValueKind.List or ValueKind.Set })
            throw HasNone(model!);
        return source;
    }

    private static ArgumentException HasNone(object model) =>
        new($"A {HostText.TypeName(model.GetType())} has no variables; pass a dictionary, an anonymous object or a record.", nameof(model));

    public override bool TryGet(string name, out Value value)
    {
        if (TryGetOwn(name, out value))
            return true;
        if (_ambient is not null && _ambient.TryGet(name, out var found))
        {
            value = Value.FromObject(found);
            return true;
        }
        return false;
    }

    private bool TryGetOwn(string name, out Value value)
    {
        value = default;
        switch (_model)
        {
            case null:
                return false;
            case IReadOnlyDictionary<string, object?> dictionary:
                if (!dictionary.TryGetValue(name, out var item))
                    return false;
                value = Value.FromObject(item);
                return true;
            case DictValue dict:
                return dict.TryGetItem(Value.From(name), out value);
        }
        if (_type!.Mapping is not null)
            return Mappings.TryGet(Value.FromObject(_model), name, out value);
        if (!_type.Members.TryGetValue(name, out var member) || member.IsMethod)
            return false;
        value = member.Get(_model);
        return true;
    }

    public override void CopyTo(IDictionary<string, Value> target)
    {
        foreach (var name in OwnNames().Concat(_ambient?.Names ?? []))
        {
            if (!target.ContainsKey(name) && TryGet(name, out var value))
                target[name] = value;
        }
    }

    private IEnumerable<string> OwnNames()
    {
        if (_model is null)
            return [];
        if (_model is IReadOnlyDictionary<string, object?> dictionary)
            return dictionary.Keys;
        return _type is { Mapping: null }
            ? _type.Members.Where(member => !member.Value.IsMethod && member.Key == member.Value.Name).Select(member => member.Key)
            : Iteration.ToList(Value.FromObject(_model)).Select(key => key.AsText).OfType<string>();
    }
}
