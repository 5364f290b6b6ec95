namespace Retort.Cli;

/// <summary>Something that cannot be done, told in one line with what to do about it.</summary>
internal sealed class CliError(string message, int exitCode = 1) : Exception(message)
{
    /// <summary>What the process ends with: 2 for words not understood, else 1.</summary>
    public int ExitCode { get; } = exitCode;
}
