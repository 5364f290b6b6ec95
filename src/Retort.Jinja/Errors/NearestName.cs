namespace Retort.Jinja;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>"Did you mean 'x'?" for the nearest candidate; null when none is near.</summary>
    public static string? Advice(string name, IEnumerable<string> candidates) => Find(name, candidates) is { } found ? $"Did you mean '{found}'?" : null;

    /// <summary>The candidate with the fewest edits, at most a third of the name's length; of equals the first in ordinal order.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length > 100)
            return null;
        var best = (Distance: Math.Max(1, name.Length / 3) + 1, Name: (string?)null);
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) > best.Distance)
                continue;
            var distance = Distance(name, candidate);
            // Of a name of one or two letters every other one is as near.
            if (distance >= name.Length)
                continue;
            if (distance < best.Distance || (distance == best.Distance && best.Name is not null && string.CompareOrdinal(candidate, best.Name) < 0))
                best = (distance, candidate);
        }
        return best.Name;
    }

    // Optimal string alignment: insert, delete, replace, swap neighbours; case counts for nothing.
    private static int Distance(string left, string right)
    {
        var before = new int[right.Length + 1];
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }
            (before, previous, current) = (previous, current, before);
        }
        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
