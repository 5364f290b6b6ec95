namespace Retort.Configuration;

/// <summary>Finds the valid name that a wrong one was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>The sentence <c> Did you mean 'x'?</c> with a leading space, or nothing when no name is near.</summary>
    public static string Suggest(string wrong, IEnumerable<string> names)
    {
        var best = names.Select(name => (name, distance: Distance(wrong, name))).OrderBy(pair => pair.distance).FirstOrDefault();
        return best.name is not null && best.distance <= Math.Max(2, wrong.Length / 3) ? $" Did you mean '{best.name}'?" : "";
    }

    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[b.Length];
    }
}
