using System.Collections;
using System.Runtime.CompilerServices;

namespace Retort;

/// <summary>Messages in the session, as Flask keeps them: tuples of category and message in the list <c>_flashes</c>.</summary>
internal static class Flashes
{
    private const string Key = "_flashes";

    public static void Add(Context context, object message, string category)
    {
        // A new list each time, so that the session sees the change.
        List<object?> flashes = context.Session.TryGetValue(Key, out var kept) && kept is IEnumerable<object?> list ? [.. list] : [];
        flashes.Add((category, message));
        context.Session[Key] = flashes;
        context.App.Signals.RaiseFlashed(context, message, category);
    }

    public static IEnumerable<(string Category, object Message)> Take(Context context, IReadOnlyCollection<string> categories)
    {
        var flashes = context.G.SetDefault(Key, () => Read(context.Session.Count == 0 ? null : context.Session.ContainsKey(Key) ? context.Session.Pop<object>(Key) : null));
        return categories.Count == 0 ? flashes : flashes.Where(flash => categories.Contains(flash.Category));
    }

    private static List<(string Category, object Message)> Read(object? kept)
    {
        var found = new List<(string, object)>();
        foreach (var entry in kept as IEnumerable ?? Array.Empty<object>())
        {
            if (entry is ITuple { Length: 2 } pair)
                found.Add((pair[0]?.ToString() ?? "", pair[1] ?? ""));
            else if (entry is IReadOnlyList<object?> { Count: 2 } list)
                found.Add((list[0]?.ToString() ?? "", list[1] ?? ""));
        }
        return found;
    }
}
