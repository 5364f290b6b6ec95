using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Retort.Development;

namespace Retort.Toolbar.Profiling;

/// <summary>
/// Samples what the threads of one request do, by the runtime's own sampler: up to once in a millisecond it stops all threads for a moment and writes down their stacks. That slows the
/// whole process, and so there is one profile at a time.
/// </summary>
internal sealed class RequestProfile
{
    private const int BufferMegabytes = 64;

    private static readonly AsyncLocal<RequestProfile?> Flow = new(MarkThread);
    private static int _isBusy;

    private readonly TaskCompletionSource<string> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EventPipeSession _session;
    private readonly DirectoryInfo _folder;
    private readonly Task _copying;
    private int _isStopped;

    private RequestProfile()
    {
        _folder = Directory.CreateTempSubdirectory("retort-profile-");
        try
        {
            _session = new DiagnosticsClient(Environment.ProcessId).StartEventPipeSession(
            [
                new EventPipeProvider("Microsoft-DotNETCore-SampleProfiler", EventLevel.Informational),
                new EventPipeProvider(ProfileEvents.SourceName, EventLevel.Informational),
            ], requestRundown: true, BufferMegabytes);
        }
        catch
        {
            _folder.Delete(recursive: true);
            throw;
        }
        _copying = Task.Run(Copy);
    }

    /// <summary>The profile as HTML, once the request has ended and its samples are read.</summary>
    public Task<string> Result => _result.Task;

    private string TraceFile => Path.Combine(_folder.FullName, "request.nettrace");

    /// <summary>Begins to profile what the caller does from here on; null while another request is profiled, and where the runtime does not allow it.</summary>
    public static RequestProfile? TryStart()
    {
        if (Interlocked.Exchange(ref _isBusy, 1) == 1)
            return null;
        try
        {
            var profile = new RequestProfile();
            Flow.Value = profile;
            return profile;
        }
        catch (Exception)
        {
            // Switched off by DOTNET_EnableDiagnostics=0, or a system without sockets: the panel says that there is no profile.
            Volatile.Write(ref _isBusy, 0);
            return null;
        }
    }

    /// <summary>Ends the samples. They are read on another thread, and the request does not wait for it.</summary>
    public void Stop(bool isWanted)
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 1)
            return;
        Flow.Value = null;
        _ = Task.Run(() => Finish(isWanted));
    }

    private async Task Finish(bool isWanted)
    {
        var text = await Read(isWanted);
        try
        {
            _session.Dispose();
            _folder.Delete(recursive: true);
        }
        catch (Exception)
        {
            // What is left in the folder for temporary files must not keep the next request from its profile.
        }
        Volatile.Write(ref _isBusy, 0);
        // Who has this profile may ask for the next.
        _result.SetResult(text);
    }

    private async Task<string> Read(bool isWanted)
    {
        try
        {
            _session.Stop();
            await _copying;
            return isWanted ? ProfileText.Of(ProfileReader.Read(TraceFile)) : "";
        }
        catch (Exception error)
        {
            var html = new HtmlWriter();
            html.Add($"<p>The profile cannot be read: {error.Message}</p>");
            return html.ToString();
        }
    }

    private async Task Copy()
    {
        await using var file = File.Create(TraceFile);
        await _session.EventStream.CopyToAsync(file);
    }

    /// <summary>
    /// Called by the runtime whenever a thread takes up the request or leaves it, also at each wait. What a request has left running goes on to bear its profile, which is no reason to be in another's.
    /// </summary>
    private static void MarkThread(AsyncLocalValueChangedArgs<RequestProfile?> changed)
    {
        if (changed.CurrentValue is { } profile && Volatile.Read(ref profile._isStopped) == 0)
            ProfileEvents.Log.Enter();
        else
            ProfileEvents.Log.Leave();
    }
}
