namespace Retort.Toolbar;

/// <summary>What the last requests did, for the panels that are opened later. In memory alone, and bounded: the oldest makes room.</summary>
internal sealed class RecordStore
{
    private const int MostRecords = 50;
    private const int MostCharacters = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly LinkedList<RequestRecord> _records = [];
    private long _characters;

    public void Add(RequestRecord record)
    {
        lock (_lock)
        {
            _records.AddLast(record);
            _characters += record.Length;
            while (_records.Count > MostRecords || (_characters > MostCharacters && _records.Count > 1))
            {
                _characters -= _records.First!.Value.Length;
                _records.RemoveFirst();
            }
        }
    }

    public RequestRecord? Find(string id)
    {
        lock (_lock)
            return _records.LastOrDefault(record => record.Id == id);
    }

    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
            _characters = 0;
        }
    }
}

/// <summary>What one request did.</summary>
/// <param name="Id">Random; nobody can guess it.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Path">Its path, with the query.</param>
/// <param name="Status">The status it was answered with.</param>
/// <param name="Panels">What the panels wrote.</param>
internal sealed record RequestRecord(string Id, string Method, string Path, string Status, IReadOnlyList<PanelRecord> Panels)
{
    public long Length { get; } = Panels.Sum(panel => (long)panel.Html.Length);
}

/// <summary>What one panel has of one request.</summary>
/// <param name="Panel">The panel.</param>
/// <param name="Subtitle">The fact beside its title.</param>
/// <param name="Html">What it wrote; empty for a panel that writes when it is opened.</param>
/// <param name="Later">What takes longer than the request; null when all is there.</param>
internal sealed record PanelRecord(DebugPanel Panel, string? Subtitle, string Html, Task<string>? Later = null);
