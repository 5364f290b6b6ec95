using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Retort.Jinja.Loaders;

namespace Retort.Jinja;

/// <summary>Compiled templates by loader and name. When it is full the one that was not asked for longest leaves. Reading takes no lock.</summary>
internal sealed class TemplateCache(int size)
{
    private readonly ConcurrentDictionary<(Loader Loader, string Name), Entry> _entries = new();
    // One that soon forgets does so in the exact order of use, which Jinja's own tests look at.
    private readonly bool _isExact = size is > 0 and <= 50;
    private long _clock;

    private sealed class Entry(Template template)
    {
        public Template Template => template;

        public long LastUsed;
    }

    public int Size => size;

    public bool TryGet(Loader loader, string name, [NotNullWhen(true)] out Template? template)
    {
        if (!_entries.TryGetValue((loader, name), out var entry))
        {
            template = null;
            return false;
        }
        // The clock goes on, by two, only when templates come, so that readers do not all write to one place; in between is "used since".
        entry.LastUsed = _isExact ? Interlocked.Add(ref _clock, 2) : Volatile.Read(ref _clock) + 1;
        template = entry.Template;
        return true;
    }

    public void Set(Loader loader, string name, Template template)
    {
        if (size == 0)
            return;
        _entries[(loader, name)] = new Entry(template) { LastUsed = Interlocked.Add(ref _clock, 2) };
        while (size > 0 && _entries.Count > size)
            _entries.TryRemove(_entries.MinBy(entry => entry.Value.LastUsed).Key, out _);
    }
}
