using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>
/// The <c>attribute</c> argument of filters: names divided by dots, numbers as indices, read as <c>item[part]</c> by the environment's rules.
/// </summary>
internal sealed class AttributePath
{
    private readonly EvalContext _context;
    private readonly Value[] _parts;

    // For each part that is a name.
    private readonly MemberSite?[] _sites;
    private readonly Value _default;
    private readonly bool _ignoreCase;

    public AttributePath(EvalContext context, in Value attribute, bool ignoreCase = false, Value fallback = default)
    {
        _context = context;
        _parts = Parts(attribute);
        _sites = Array.ConvertAll(_parts, part => part.AsText is { Length: > 0 } name ? new MemberSite(name) : null);
        _ignoreCase = ignoreCase;
        _default = fallback;
    }

    /// <summary>One path for each of several attributes divided by commas; the key is a tuple of them unless there is only one.</summary>
    public static Func<Value, Value> Several(EvalContext context, in Value attribute, bool ignoreCase)
    {
        if (attribute.AsText is not { } text || !text.Contains(','))
            return new AttributePath(context, attribute, ignoreCase).Read;
        var paths = Array.ConvertAll(text.Split(','), part => new AttributePath(context, Value.From(part), ignoreCase));
        return item => Value.From(new TupleValue(Array.ConvertAll(paths, path => path.Read(item))));
    }

    public Value Read(Value item)
    {
        Budget.Walk();
        for (var i = 0; i < _parts.Length; i++)
        {
            item = _sites[i] is { } site ? site.GetItem(_context, item) : _context.GetItem(item, _parts[i]);
            if (!_default.IsNone && item.IsUndefined)
                item = _default;
        }
        return _ignoreCase && item.AsText is { } text ? Value.From(CaseMapping.Lower(text)) : item;
    }

    private static Value[] Parts(in Value attribute)
    {
        if (attribute.IsNone)
            return [];
        return attribute.AsText is not { } text ? [attribute] : Array.ConvertAll(text.Split('.'), Part);
    }

    private static Value Part(string name) =>
        name.Length > 0 && name.All(character => PythonChar.IsDigit(character)) ? Value.From(IntegerText.Parse(name, 10)) : Value.From(name);
}
