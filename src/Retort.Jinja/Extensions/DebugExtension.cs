using Retort.Jinja.Runtime;
using Retort.Jinja.Syntax;
using Retort.Jinja.Values;

namespace Retort.Jinja.Extensions;

/// <summary><c>{% debug %}</c>: prints the variables, filters and tests that are there.</summary>
public sealed class DebugExtension : Extension
{
    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Tags { get; } = ["debug"];

    /// <inheritdoc/>
    public override IReadOnlyList<Statement> Parse(Parser parser)
    {
        ArgumentNullException.ThrowIfNull(parser);
        var at = parser.Stream.ExpectName("debug").At;
        return [new Syntax.Output([CallFunction(Describe, at)], at)];
    }

    private static Value Describe(EvalContext context, Arguments arguments)
    {
        var running = (RenderContext)context;
        var variables = new DictValue();
        foreach (var (name, value) in running.All().OrderBy(pair => pair.Key, StringComparer.Ordinal))
            variables.Set(Value.From(name), value);
        var result = new DictValue();
        result.Set(Value.From("context"), Value.From(variables));
        result.Set(Value.From("filters"), Names(running.Engine.Filters));
        result.Set(Value.From("tests"), Names(running.Engine.Tests));
        return context.CallFilter("pprint", new Arguments([Value.From(result)]));
    }

    private static Value Names(FunctionTable table) => Value.From(new ListValue([.. table.Names.Order(StringComparer.Ordinal).Select(name => Value.From(name))]));
}
