using System.Text.RegularExpressions;

namespace Retort.Development.Reloading;

/// <summary>A mistake that keeps a program from being compiled.</summary>
/// <param name="File">Its file; empty when the mistake is in none.</param>
/// <param name="Line">Its line, from 1; 0 when not known.</param>
/// <param name="Column">Its column, from 1; 0 when not known.</param>
/// <param name="Code">Its code, such as CS1026.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record BuildError(string File, int Line, int Column, string Code, string Message)
{
    /// <summary>As the compiler writes it.</summary>
    public override string ToString() => $"{(File.Length == 0 ? "" : Line > 0 ? $"{File}({Line},{Column}): " : File + ": ")}error {Code}: {Message}";
}

/// <summary>
/// Reads what <c>dotnet watch</c> prints, which is all it tells of what it does: keeps the mistakes that it found, and leaves to the terminal what the app printed, the mistakes,
/// and one line for each reload.
/// </summary>
internal sealed partial class WatchOutput
{
    private const string Mark = "dotnet watch";
    private readonly List<BuildError> _errors = [];

    // Those of a build, which the start of the program proves to be over; those of a patch may come before it has started.
    private readonly HashSet<BuildError> _ofBuild = [];
    private bool _isBuilding;

    /// <summary>The mistakes in the program as it is written now; empty when it compiles.</summary>
    public IReadOnlyList<BuildError> Errors => [.. _errors];

    /// <summary>Whether <c>dotnet watch</c> has failed on its own and will not follow any more changes until it is started again.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>When the program began to be built, in UTC: what was written later may not be in it.</summary>
    public DateTime BuildBegan { get; private set; } = DateTime.UtcNow;

    /// <summary>Takes in one line.</summary>
    /// <returns>What to show in the terminal for it, or null for nothing.</returns>
    public string? Read(string line)
    {
        if (Mistake().Match(line) is { Success: true } match)
            return Add(match, isPatch: line.StartsWith(Mark, StringComparison.Ordinal));
        if (!line.StartsWith(Mark, StringComparison.Ordinal))
            return IsOfBuild(line) ? null : line;
        if (Change().Match(line) is { Success: true } change)
            return IsSource(change.Groups["file"].Value) ? $" * Detected change in '{change.Groups["file"].Value}', reloading" : null;
        IsStuck |= Stuck().IsMatch(line);
        // The old mistakes are over with the edit that follows them, whatever comes of it.
        if (line.Contains("changes applied", StringComparison.Ordinal) || line.Contains("No managed code changes", StringComparison.Ordinal)
            || line.Contains("Unable to apply changes", StringComparison.Ordinal) || line.Contains("Restart is needed", StringComparison.Ordinal))
            _errors.Clear();
        return line.Contains("Exited with error code", StringComparison.Ordinal) ? " * The app ended; waiting for a change" : null;
    }

    /// <summary>Forgets all mistakes: everything begins anew.</summary>
    public void Clear()
    {
        _errors.Clear();
        IsStuck = false;
        BuildBegan = DateTime.UtcNow;
    }

    /// <summary>Forgets the mistakes of builds: the program has been built, and started.</summary>
    public void Started()
    {
        _errors.RemoveAll(_ofBuild.Contains);
        _isBuilding = false;
    }

    // A build begins and ends with these lines; the empty ones between are its own.
    private bool IsOfBuild(string line)
    {
        if (line.StartsWith("  Determining projects to restore", StringComparison.Ordinal))
            (BuildBegan, _isBuilding) = (DateTime.UtcNow, true);
        else if (line.StartsWith("Time Elapsed", StringComparison.Ordinal))
            _isBuilding = false;
        return Chatter().IsMatch(line) || (_isBuilding && line.Length == 0);
    }

    private string? Add(Match match, bool isPatch)
    {
        var error = new BuildError(match.Groups["file"].Value, Number(match.Groups["line"]), Number(match.Groups["column"]), match.Groups["code"].Value, match.Groups["message"].Value);
        // The build tells each mistake when it finds it, and again at its end.
        if (_errors.Contains(error))
            return null;
        _errors.Add(error);
        _ = isPatch ? _ofBuild.Remove(error) : _ofBuild.Add(error);
        return error.ToString();
    }

    // Of any other file that changes, such as a database beside the program, nothing comes.
    private static bool IsSource(string file) => Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".targets" or ".resx";

    private static int Number(Group group) => int.TryParse(group.Value, out var number) ? number : 0;

    [GeneratedRegex(@"^(dotnet watch (: |❌ )?)?\s*((?<file>[^\s:(][^(]*?)(\((?<line>\d{1,9}),(?<column>\d{1,9})(,\d+,\d+)?\))?\s?: )?error (?<code>[A-Z]+[0-9]+): (?<message>.*?)( \[[^\]]+\.(cs|csproj)\])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Mistake();

    [GeneratedRegex(@"File (updated|added|deleted): (?<file>.+)$", RegexOptions.NonBacktracking)]
    private static partial Regex Change();

    // Up to the SDK 10.0.4xx at least, an app of one file is taken for a project 'app.cs.csproj' once a file is added beside it.
    [GeneratedRegex(@"Failed to restore project '.*\.cs\.csproj'|The file watcher observing .* encountered an error", RegexOptions.NonBacktracking)]
    private static partial Regex Stuck();

    // What the build says of each project, and its closing lines.
    [GeneratedRegex(@"^(  \S+ -> \S.*|  (Determining projects to restore|All projects are up-to-date|Restored |\d+ of \d+ projects are up-to-date).*|(Build succeeded|Build FAILED|The build failed).*|    \d+ (Warning|Error)\(s\)|Time Elapsed .*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Chatter();
}
