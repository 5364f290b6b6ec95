namespace Retort.Routing;

/// <summary>How alike two texts are, as Python's <c>difflib.SequenceMatcher.ratio</c> measures it: 1 for equal ones, 0 with nothing in common.</summary>
internal static class Similarity
{
    public static double Ratio(string one, string other) =>
        one.Length + other.Length == 0 ? 1 : 2.0 * Matching(one, other) / (one.Length + other.Length);

    public static string Nearest(string name, IEnumerable<string> names) => names.MaxBy(known => Ratio(known, name)) ?? "";

    // The longest common run, the earliest of equals, and then what matches left and right of it.
    private static int Matching(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.IsEmpty || other.IsEmpty)
            return 0;
        var (start, otherStart, longest) = (0, 0, 0);
        var runs = new int[other.Length + 1];
        for (var i = 0; i < one.Length; i++)
        {
            for (var j = other.Length - 1; j >= 0; j--)
                runs[j + 1] = one[i] == other[j] ? runs[j] + 1 : 0;
            for (var j = 0; j < other.Length; j++)
            {
                if (runs[j + 1] > longest)
                    (start, otherStart, longest) = (i - runs[j + 1] + 1, j - runs[j + 1] + 1, runs[j + 1]);
            }
        }
        return longest == 0 ? 0 : longest + Matching(one[..start], other[..otherStart]) + Matching(one[(start + longest)..], other[(otherStart + longest)..]);
    }
}
