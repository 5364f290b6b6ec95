namespace Retort.Architecture.Tests;

/// <summary>What was added to and removed from a surface, under the type it belongs to.</summary>
internal static class SurfaceDifference
{
    public static IReadOnlyList<string> Between(string accepted, string actual)
    {
        var (before, after) = (Read(accepted), Read(actual));
        var changes = before.Except(after).Select(entry => (entry.Type, Sign: '-', entry.Line)).Concat(after.Except(before).Select(entry => (entry.Type, Sign: '+', entry.Line)));
        return
        [
            .. changes.GroupBy(change => change.Type).OrderBy(group => group.Key, StringComparer.Ordinal)
                .SelectMany(group => group.Select(change => $"{change.Sign} {change.Line}").Prepend($"  {group.Key}")),
        ];
    }

    private static List<(string Type, string Line)> Read(string text)
    {
        var entries = new List<(string, string)>();
        var type = "";
        foreach (var line in text.Split('\n').Where(line => line.Length > 0))
        {
            if (!line.StartsWith(' '))
                type = line;
            entries.Add((type, line.Trim()));
        }
        return entries;
    }
}
