using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>The items of a loop that are waited for. Who cannot wait gets those that are there already, and an error for one that is not.</summary>
internal sealed class AwaitedIterator(IAsyncEnumerator<Value> items) : ValueIterator, IAsyncDisposable
{
    private bool _ended;
    private Task<bool>? _left;

    public Value Current => items.Current;

    public async ValueTask<bool> MoveNextAsync()
    {
        _ended = _ended || !await items.MoveNextAsync().ConfigureAwait(false);
        return !_ended;
    }

    public override bool MoveNext(out Value item)
    {
        var moved = MoveNextAsync();
        if (!moved.IsCompleted)
        {
            _left = moved.AsTask();
            throw new TemplateRuntimeError("the rest of the loop's items is not there yet, and cannot be waited for here; ask loop.length, loop.last or loop.nextitem, which are awaited");
        }
        item = moved.GetAwaiter().GetResult() ? items.Current : default;
        return !_ended;
    }

    /// <summary>Closes the source; once it can be, where nobody waits any more for the item that it is making.</summary>
    public ValueTask DisposeAsync()
    {
        if (_left is null)
            return items.DisposeAsync();
        _ = CloseLater(_left);
        return default;
    }

    private async Task CloseLater(Task left)
    {
        await left.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await items.DisposeAsync().ConfigureAwait(false);
    }
}
