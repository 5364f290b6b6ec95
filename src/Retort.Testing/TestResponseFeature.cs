using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Retort.Testing;

/// <summary>A response in memory that calls what waits for its start and its end, as a server does.</summary>
internal sealed class TestResponseFeature(Stream body) : StreamResponseBodyFeature(body), IHttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> _completed = new();

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body { get => Stream; set => throw new NotSupportedException(); }

    public bool HasStarted { get; private set; }

    public void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    public override async Task StartAsync(CancellationToken cancellationToken = default)
    {
        while (_starting.TryPop(out var waiting))
            await waiting.Callback(waiting.State);
        HasStarted = true;
        await base.StartAsync(cancellationToken);
    }

    public override async Task CompleteAsync()
    {
        await StartAsync();
        await base.CompleteAsync();
    }

    /// <summary>Runs what waited for the end of the request, such as of its services. A server does so after an error too.</summary>
    public async Task End()
    {
        while (_completed.TryPop(out var waiting))
            await waiting.Callback(waiting.State);
    }
}
