using Retort.Jinja.Syntax;

namespace Retort.Jinja.Extensions;

/// <summary><c>{% break %}</c> and <c>{% continue %}</c>.</summary>
public sealed class LoopControlsExtension : Extension
{
    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Tags { get; } = ["break", "continue"];

    /// <inheritdoc/>
    public override IReadOnlyList<Statement> Parse(Parser parser)
    {
        ArgumentNullException.ThrowIfNull(parser);
        var token = parser.Stream.Next();
        return [token.Text == "break" ? new Break(token.At) : new Continue(token.At)];
    }
}
