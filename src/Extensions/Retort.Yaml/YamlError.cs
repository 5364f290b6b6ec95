namespace Retort.Yaml;

/// <summary>A text that is no YAML document, or one that holds what cannot be read safely. The message begins with the place.</summary>
public sealed class YamlError : Exception
{
    internal YamlError(long line, long column, string message, Exception? inner = null)
        : base($"line {line}, column {column}: {message}", inner)
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line, the first being 1.</summary>
    public long Line { get; }

    /// <summary>The column, the first being 1.</summary>
    public long Column { get; }
}
