namespace Retort.Development;

/// <summary>Names and values under a heading.</summary>
internal sealed record ValueTable(string Title, IReadOnlyList<ConsoleVariable> Rows)
{
    /// <summary>The rows as they are shown: secrets are hidden.</summary>
    public IEnumerable<(string Name, string Text)> Shown => Rows.Select(row => (row.Name, ValueText.Of(row.Name, row.Value)));
}

/// <summary>What is known of the request that failed.</summary>
internal sealed record FailedRequest
{
    /// <summary>Its method.</summary>
    public required string Method { get; init; }

    /// <summary>Its address.</summary>
    public required string Url { get; init; }

    /// <summary>The app's folder, against which file names are shown.</summary>
    public required string RootPath { get; init; }

    /// <summary>The request, the session, the configuration and so on, in the order they are shown.</summary>
    public IReadOnlyList<ValueTable> Tables { get; init; } = [];

    /// <summary>The values that belong to a frame: a view's arguments, what it captured, what a template was given.</summary>
    public Func<Traceback, TracebackFrame, IReadOnlyList<ValueTable>> ValuesOf { get; init; } = (_, _) => [];

    /// <summary>What every console knows, besides the values of its frame.</summary>
    public IReadOnlyList<ConsoleVariable> Variables { get; init; } = [];

    /// <summary>Namespaces a console begins with.</summary>
    public IReadOnlyList<string> Usings { get; init; } = [];

    /// <summary>Makes the request current again on the thread that calls it.</summary>
    public Action Enter { get; init; } = () => { };

    /// <summary>A file's name, from the app's folder when it lies in it.</summary>
    public string Short(string file)
    {
        var root = RootPath.EndsWith(Path.DirectorySeparatorChar) ? RootPath : RootPath + Path.DirectorySeparatorChar;
        return file.StartsWith(root, StringComparison.Ordinal) ? file[root.Length..] : file;
    }
}
