namespace Retort.Examples.Tests;

/// <summary>A command as a page shows it: <c>NAME=value dotnet run [--project] TARGET -- ARGUMENTS</c>.</summary>
internal sealed record CommandLine(IReadOnlyList<(string Name, string Value)> Environment, bool IsProject, string Target, IReadOnlyList<string> Arguments)
{
    public static CommandLine Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var environment = words.TakeWhile(word => word.Contains('=', StringComparison.Ordinal)).Select(word => word.Split('=', 2)).Select(pair => (pair[0], pair[1])).ToList();
        var separator = Array.IndexOf(words, "--");
        var arguments = separator < 0 ? [] : words[(separator + 1)..];
        return words[environment.Count..(separator < 0 ? words.Length : separator)] switch
        {
            ["dotnet", "run", "--project", var project] => new(environment, true, project, arguments),
            ["dotnet", "run", var file] => new(environment, false, file, arguments),
            _ => throw new FormatException($"cannot run '{line}': an example is started by 'dotnet run FILE.cs -- ...' or 'dotnet run --project FOLDER -- ...'"),
        };
    }

    public override string ToString() => $"dotnet run {(IsProject ? "--project " : "")}{Target} -- {string.Join(' ', Arguments)}";
}
