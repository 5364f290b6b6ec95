using System.Reflection;

namespace Retort.Development;

/// <summary>A value that a console knows by a name.</summary>
internal sealed record ConsoleVariable(string Name, object? Value);

/// <summary>What an evaluation came to.</summary>
/// <param name="Output">What was written to the console meanwhile.</param>
/// <param name="Value">The value of an expression as text; null for statements.</param>
/// <param name="Error">What was wrong, with its place; null when nothing was.</param>
internal sealed record Evaluation(string Output, string? Value, string? Error);

/// <summary>Evaluates C#. What one evaluation declares the next one knows.</summary>
internal abstract class EvaluationConsole : IDisposable
{
    /// <summary>How long an evaluation in a page may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Evaluates an expression or statements.</summary>
    /// <param name="code">The code; <c>await</c> is allowed.</param>
    /// <param name="limit">After this time it is cut off.</param>
    /// <param name="enter">Is called on the thread that evaluates, before it does.</param>
    public abstract Evaluation Evaluate(string code, TimeSpan limit, Action enter);

    /// <summary>Whether the code is whole, or a further line belongs to it.</summary>
    public abstract bool IsComplete(string code);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>
/// The way to the package that holds the compiler. It is found by its name, so that this one depends on no compiler and an app in production never loads one.
/// </summary>
internal abstract class Consoles
{
    private const string Package = "Retort.Scripting";

    /// <summary>What to do when the package is not there.</summary>
    public static string Advice { get; } = $"To evaluate C# here add the package {Package}: dotnet add package {Package}, or in a one-file app the line #:package {Package}@{Version}.";

    private static string Version => typeof(Consoles).Assembly.GetName().Version!.ToString(3);

    /// <summary>A console that knows these variables and namespaces.</summary>
    public abstract EvaluationConsole Open(IReadOnlyList<ConsoleVariable> variables, IReadOnlyList<string> usings);

    /// <summary>The package's consoles; null when the package is not there, or not of this version.</summary>
    public static Consoles? Find()
    {
        try
        {
            var assembly = Assembly.Load(Package);
            return assembly.GetName().Version == typeof(Consoles).Assembly.GetName().Version && assembly.GetType($"{Package}.ScriptConsoles") is { } type
                ? (Consoles)Activator.CreateInstance(type)!
                : null;
        }
        catch (Exception error) when (error is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }
}
