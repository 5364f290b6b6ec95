using System.Globalization;

namespace Retort.Cli.Tests;

/// <summary>Browsers that ask without a pause which process answers them.</summary>
internal sealed class Load : IDisposable
{
    private const int Browsers = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<int> _seen = [];
    private readonly List<string> _failures = [];
    private readonly Task[] _browsers;
    private int _answers;

    public Load(HttpClient client, int port) =>
        _browsers = [.. Enumerable.Range(0, Browsers).Select(_ => Task.Run(() => Ask(client, new Uri($"http://127.0.0.1:{port}/process"))))];

    public int Answers => Volatile.Read(ref _answers);

    /// <summary>What was no answer.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_failures)
                return [.. _failures];
        }
    }

    public Task Until(int answers) => Wait(() => Answers >= answers);

    /// <summary>Waits until each of these has answered since now.</summary>
    public Task UntilAnsweredBy(IEnumerable<ServedProcess> apps)
    {
        var wanted = apps.Select(app => app.Id).ToList();
        lock (_seen)
            _seen.Clear();
        return Wait(() =>
        {
            lock (_seen)
                return _seen.IsSupersetOf(wanted);
        });
    }

    public async Task End()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_browsers);
    }

    public void Dispose()
    {
        _end.Cancel();
        Task.WaitAll(_browsers);
        _end.Dispose();
    }

    private async Task Wait(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            Assert.False(patience.IsCancellationRequested, $"it did not come to it in {Patience}; failures: {string.Join('\n', Failures)}");
            await Task.Delay(10);
        }
    }

    private async Task Ask(HttpClient client, Uri address)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var answer = await client.GetAsync(address);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode)
                {
                    lock (_seen)
                        _seen.Add(int.Parse(text, CultureInfo.InvariantCulture));
                    Interlocked.Increment(ref _answers);
                    continue;
                }
                Note($"{answer.StatusCode} {text}");
            }
            catch (HttpRequestException error)
            {
                Note(error.Message);
            }
        }
    }

    private void Note(string failure)
    {
        lock (_failures)
            _failures.Add(failure);
    }
}
