namespace Retort.Toolbar;

/// <summary>
/// Tells a query from the same one heard a second time: Entity Framework Core tells of its command, and the driver below it of the statement. In whichever order they come, one of each
/// belongs together.
/// </summary>
internal sealed class QueryMatching
{
    private readonly Dictionary<string, int> _ahead = new(StringComparer.Ordinal);

    /// <summary>Whether a statement that this side tells of is the other side's that was told before.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isDriver">Which side tells it.</param>
    public bool IsKnown(string statement, bool isDriver)
    {
        lock (_ahead)
        {
            var lead = _ahead.GetValueOrDefault(statement);
            _ahead[statement] = lead + (isDriver ? 1 : -1);
            return isDriver ? lead < 0 : lead > 0;
        }
    }
}
