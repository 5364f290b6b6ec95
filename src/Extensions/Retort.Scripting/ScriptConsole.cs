using Microsoft.CodeAnalysis;
using Retort.Development;

namespace Retort.Scripting;

/// <summary>
/// A console: each evaluation is compiled as a further submission of one script, so that it sees the variables, functions and types of those before.
/// </summary>
internal sealed class ScriptConsole : EvaluationConsole
{
    private static readonly string[] Usings = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];

    private readonly Lock _lock = new();
    private readonly SubmissionCompiler _compiler = new();
    private readonly SubmissionLoader _loader = new();
    private readonly string? _problem;
    private object?[] _state = new object?[16];

    /// <param name="variables">What it knows from the start.</param>
    /// <param name="usings">Namespaces whose types it knows by their names, besides those of every app.</param>
    public ScriptConsole(IReadOnlyList<ConsoleVariable> variables, IReadOnlyList<string> usings)
    {
        _state[0] = new ConsoleValues([.. variables.Select(variable => Presentation.Of(variable.Value))]);
        _problem = Declare(variables, [.. Usings, .. usings]);
    }

    /// <inheritdoc/>
    public override Evaluation Evaluate(string code, TimeSpan limit, Action enter)
    {
        lock (_lock)
        {
            if (_problem is not null)
                return new Evaluation("", null, _problem);
            var (submission, error) = _compiler.Compile(code);
            if (submission is null)
                return new Evaluation("", null, error);
            var run = LimitedRun.Of(() => Run(submission), limit, enter);
            if (run.Error is null)
                _compiler.Accept(submission);
            return new Evaluation(run.Output, run.Error is null && submission.HasValue ? Shown(run.Value) : null, run.Error);
        }
    }

    /// <inheritdoc/>
    public override bool IsComplete(string code) => SubmissionCompiler.IsComplete(code);

    /// <inheritdoc/>
    public override void Dispose() => _loader.Unload();

    /// <summary>Declares the given variables with their own types.</summary>
    /// <returns>What went wrong, or null.</returns>
    private string? Declare(IReadOnlyList<ConsoleVariable> variables, IReadOnlyList<string> usings)
    {
        var (submission, error) = _compiler.Compile(Declarations.Of(variables, usings));
        if (submission is null)
            return error;
        Run(submission).GetAwaiter().GetResult();
        _compiler.Accept(submission);
        return null;
    }

    private Task<object?> Run(Submission submission)
    {
        if (submission.Number + 2 > _state.Length)
            Array.Resize(ref _state, _state.Length * 2);
        return _loader.Load(submission)(_state);
    }

    private static string Shown(object? value)
    {
        try
        {
            return ValueText.Of(value);
        }
        catch (Exception error)
        {
            return $"({value!.GetType().Name} that cannot be shown: {error.GetType().Name}: {error.Message})";
        }
    }
}

/// <summary>Holds the values that the first submission declares its variables with.</summary>
public sealed class ConsoleValues
{
    internal ConsoleValues(object?[] values) => Values = values;

    /// <summary>The values in the order of the variables.</summary>
    public IReadOnlyList<object?> Values { get; }
}
