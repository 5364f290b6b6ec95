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
        foreach (var table in template is null ? [environment] : new[] { template, environment })
        {
            foreach (var name in table.Names)
            {
                if (table.TryGet(name, out var value))
                    target.TryAdd(name, value);
            }
        }
    }
}

/// <summary>Local variables of an including template over everything that template sees.</summary>
internal sealed class LocalsSource(string[] names, Value[] values, VariableSource outer) : VariableSource
{
    public override bool TryGet(string name, out Value value)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] == name && !Missing.Is(values[i]))
            {
                value = values[i];
                return true;
            }
        }
        return outer.TryGet(name, out value);
    }

    public override void CopyTo(IDictionary<string, Value> target)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (!Missing.Is(values[i]))
                target.TryAdd(names[i], values[i]);
        }
        outer.CopyTo(target);
    }
}

/// <summary>Variables set at the top level of a template over what that template was given.</summary>
internal sealed class ExportsSource(Dictionary<string, Value> exports, VariableSource outer) : VariableSource
{
    public override bool TryGet(string name, out Value value) => exports.TryGetValue(name, out value) || outer.TryGet(name, out value);

    public override void CopyTo(IDictionary<string, Value> target)
    {
        foreach (var (name, value) in exports)
            target.TryAdd(name, value);
        outer.CopyTo(target);
    }
}
