using Retort.Development;

namespace Retort.Scripting;

/// <summary>Opens consoles. The framework finds this class by its name.</summary>
internal sealed class ScriptConsoles : Consoles
{
    /// <inheritdoc/>
    public override EvaluationConsole Open(IReadOnlyList<ConsoleVariable> variables, IReadOnlyList<string> usings) => new ScriptConsole(variables, usings);
}
