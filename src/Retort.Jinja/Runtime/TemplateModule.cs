using System.Diagnostics.CodeAnalysis;
using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>What an import gives: the exported names of a template as members, and as text what the template printed.</summary>
public sealed class TemplateModule : TemplateObject
{
    private readonly CompiledTemplate _template;
    private readonly Dictionary<string, Value> _exports;
    private readonly Value[]? _natives;
    private readonly string _text;

    internal TemplateModule(CompiledTemplate template, RenderContext context, Output output)
    {
        _template = template;
        _exports = context.Exports();
        _natives = output.Natives?.ToArray();
        _text = _natives is null ? output.Text() : string.Concat(_natives.Select(value => Text.Str(value)));
    }

    /// <inheritdoc/>
    public override string TypeName => "jinja2.environment.TemplateModule";

    /// <inheritdoc/>
    public override bool IsTrue => true;

    /// <summary>Name of the template; null for one made from a string.</summary>
    public string? Name => _template.Name;

    /// <summary>Names of the exported macros and variables.</summary>
    public IEnumerable<string> Names => _exports.Keys;

    /// <summary>An exported variable. Throws a <see cref="KeyNotFoundException"/> if there is none of that name.</summary>
    public object? this[string name] => Find(name).ToObject();

    /// <summary>Calls an exported macro and returns what it prints. Throws a <see cref="KeyNotFoundException"/> if there is none of that name.</summary>
    public string Call(string name, params ReadOnlySpan<object?> arguments)
    {
        var values = new Value[arguments.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Value.FromObject(arguments[i]);
        var context = _template.NewContext(null, new RenderState(isAsync: false, _template.Engine.NewBudget() ?? Budget.Current));
        using var budget = Budget.Enter(context.State.Budget);
        return Text.Str(context.Call(Find(name), new Arguments(values)));
    }

    /// <summary>The same, awaiting what the macro meets.</summary>
    public async Task<string> CallAsync(string name, params object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var context = _template.NewContext(null, new RenderState(isAsync: true, _template.Engine.NewBudget() ?? Budget.Current));
        using var budget = Budget.Enter(context.State.Budget);
        AwaitingLevels.Begin();
        return Text.Str(await context.CallAsync(Find(name), Array.ConvertAll(arguments, Value.FromObject)).ConfigureAwait(false));
    }

    private Value Find(string name) => _exports.TryGetValue(name, out var value)
        ? value
        : throw new KeyNotFoundException($"The template exports no '{name}'. {NearestName.Advice(name, Names)}".TrimEnd());

    /// <summary>Prints again what the template printed.</summary>
    internal void CopyTo(Output output)
    {
        if (_natives is not null)
            output.Natives!.AddRange(_natives);
        else
            output.Write(_text, escape: false);
    }

    /// <inheritdoc/>
    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        if (_exports.TryGetValue(name, out value))
            return true;
        value = name == "__name__" ? Value.From(_template.Name) : default;
        return name == "__name__";
    }

    /// <inheritdoc/>
    public override bool TryGetHtml([NotNullWhen(true)] out string? html)
    {
        html = _text;
        return true;
    }

    /// <inheritdoc/>
    public override string Str() => _text;

    /// <inheritdoc/>
    public override string Repr() => _template.Name is { } name ? $"<TemplateModule {Text.Repr(Value.From(name))}>" : $"<TemplateModule memory:{Identity:x}>";
}
