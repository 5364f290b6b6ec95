using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>What <c>namespace()</c> makes: an object whose attributes a template may set from inner scopes.</summary>
internal sealed class NamespaceValue : TemplateObject
{
    private readonly OrderedDictionary<string, Value> _attributes = new(StringComparer.Ordinal);

    /// <summary>The global function: takes what Python's <c>dict()</c> takes.</summary>
    public static Value Create(EvalContext context, Arguments arguments)
    {
        var made = new NamespaceValue();
        if (arguments.Positional.Length > 1)
            throw PythonError.Type($"dict expected at most 1 argument, got {arguments.Positional.Length}");
        if (arguments.Positional.Length == 1)
            made.AddAll(arguments.Positional[0]);
        for (var i = 0; i < arguments.Names.Length; i++)
            made.Set(arguments.Names[i], arguments.Named[i]);
        return Value.From(made);
    }

    public override string TypeName => "jinja2.utils.Namespace";

    public override bool IsTrue => true;

    public void Set(string name, in Value value) => _attributes[name] = value;

    public override bool TryGetMember(EvalContext context, string name, out Value value) => _attributes.TryGetValue(name, out value);

    public override bool TryGetItem(in Value key, out Value value)
    {
        value = default;
        return key.AsText is { } name && _attributes.TryGetValue(name, out value);
    }

    public override string Repr() => Text.Repr(Value.From(this));

    internal override (string Name, IReadOnlyDictionary<string, Value> Values)? ReprAttributes => ("Namespace", _attributes);

    private void AddAll(in Value source)
    {
        var items = new DictValue();
        DictMethods.AddAll(Value.From(items), source);
        foreach (var (name, value) in items.Items)
            Set(Text.Str(name), value);
    }
}
