namespace Retort.Architecture.Tests;

/// <summary>
/// Who may use whom, in the arrows of a design: <c>"A, B -> C"</c>. What is allowed is what can be reached along the arrows, and a name may always use itself.
/// </summary>
internal sealed class Directions
{
    private readonly Dictionary<string, HashSet<string>> _reachable = new(StringComparer.Ordinal);

    public Directions(params string[] arrows)
    {
        foreach (var (left, right) in arrows.Select(Parse))
        {
            foreach (var name in left.Concat(right))
                _reachable.TryAdd(name, [name]);
            foreach (var name in left)
                _reachable[name].UnionWith(right);
        }
        Close();
    }

    public bool Know(string name) => _reachable.ContainsKey(name);

    public bool Allow(string from, string to) => _reachable.TryGetValue(from, out var allowed) && allowed.Contains(to);

    /// <summary>The rule in words, for a message.</summary>
    public string Describe(string from)
    {
        var others = _reachable[from].Where(name => name != from).Order(StringComparer.Ordinal).ToList();
        return others.Count == 0 ? $"{from} uses no other of them" : $"{from} may use {string.Join(", ", others)}";
    }

    private static (string[] Left, string[] Right) Parse(string arrow)
    {
        var sides = arrow.Split("->");
        return (Names(sides[0]), Names(sides[1]));

        static string[] Names(string side) => side.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private void Close()
    {
        bool grown;
        do
        {
            grown = false;
            foreach (var allowed in _reachable.Values)
            {
                var before = allowed.Count;
                allowed.UnionWith(allowed.SelectMany(name => _reachable[name]).ToList());
                grown |= allowed.Count > before;
            }
        }
        while (grown);
    }
}
