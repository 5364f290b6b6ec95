using Retort.Jinja.Syntax;

namespace Retort.Jinja.Extensions;

/// <summary><c>{% do list.append(1) %}</c>: evaluates without printing.</summary>
public sealed class DoExtension : Extension
{
    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Tags { get; } = ["do"];

    /// <inheritdoc/>
    public override IReadOnlyList<Statement> Parse(Parser parser)
    {
        ArgumentNullException.ThrowIfNull(parser);
        var at = parser.Stream.Next().At;
        return [new ExpressionStatement(parser.ParseTuple(), at)];
    }
}
