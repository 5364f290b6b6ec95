using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>Answers names from outside the running template. Layers over each other; none of them changes while a template runs.</summary>
internal abstract class VariableSource
{
    public abstract bool TryGet(string name, out Value value);

    /// <summary>Adds what it knows to a dictionary, without replacing what is there.</summary>
    public abstract void CopyTo(IDictionary<string, Value> target);
}

/// <summary>The data of a render over the template's globals over the environment's.</summary>
internal sealed class GlobalsSource(VariableSource? data, GlobalsTable? template, GlobalsTable environment) : VariableSource
{
    /// <summary>With another template's globals in the place of data, as a module made for that template sees them.</summary>
    public static GlobalsSource Over(GlobalsTable data, GlobalsTable? template, GlobalsTable environment) => new(new GlobalsSource(null, null, data), template, environment);

    public override bool TryGet(string name, out Value value) =>
        (data is not null && data.TryGet(name, out value)) || (template is not null && template.TryGet(name, out value)) || environment.TryGet(name, out value);

    public override void CopyTo(IDictionary<string, Value> target)
    {
        data?.CopyTo(target);
        foreach (var (name, value) in (template?.Values ?? []).Concat(environment.Values))
            target.TryAdd(name, value);
    }
}

/// <summary>Variables over everything else that a template sees. A recursion of includes makes any number of layers, which are gone through without one.</summary>
internal abstract class LayerSource(VariableSource outer) : VariableSource
{
    private readonly VariableSource _outer = outer;

    protected abstract bool TryGetOwn(string name, out Value value);

    protected abstract void CopyOwn(IDictionary<string, Value> target);

    public sealed override bool TryGet(string name, out Value value)
    {
        VariableSource source = this;
        for (; source is LayerSource layer; source = layer._outer)
        {
            if (layer.TryGetOwn(name, out value))
                return true;
        }
        return source.TryGet(name, out value);
    }

    public sealed override void CopyTo(IDictionary<string, Value> target)
    {
        VariableSource source = this;
        for (; source is LayerSource layer; source = layer._outer)
            layer.CopyOwn(target);
        source.CopyTo(target);
    }
}

/// <summary>Local variables of an including template.</summary>
internal sealed class LocalsSource(string[] names, Value[] values, VariableSource outer) : LayerSource(outer)
{
    protected override bool TryGetOwn(string name, out Value value)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] == name && !Missing.Is(values[i]))
            {
                value = values[i];
                return true;
            }
        }
        value = default;
        return false;
    }

    protected override void CopyOwn(IDictionary<string, Value> target)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (!Missing.Is(values[i]))
                target.TryAdd(names[i], values[i]);
        }
    }
}

/// <summary>Variables set at the top level of a template.</summary>
internal sealed class ExportsSource(Dictionary<string, Value> exports, VariableSource outer) : LayerSource(outer)
{
    protected override bool TryGetOwn(string name, out Value value) => exports.TryGetValue(name, out value);

    protected override void CopyOwn(IDictionary<string, Value> target)
    {
        foreach (var (name, value) in exports)
            target.TryAdd(name, value);
    }
}
