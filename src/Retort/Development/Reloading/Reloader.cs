using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace Retort.Development.Reloading;

/// <summary>
/// Runs the program under <c>dotnet watch</c>, which compiles and patches or restarts it after each change, and stands by: it holds the port while the program cannot, answering
/// with what does not compile, and restarts the program when a patch alone would not show, as for a route that was added. Source: werkzeug._reloader, whose parent process does as much.
/// </summary>
/// <param name="target">The program.</param>
/// <param name="words">What it is given on its command line.</param>
/// <param name="port">The port; 0 for any.</param>
/// <param name="listen">Serves a function on a port until what it gives back is disposed, and tells the port.</param>
internal sealed class Reloader(ReloadTarget target, IReadOnlyList<string> words, int port, Func<RequestDelegate, int, (IAsyncDisposable Server, int Port)> listen) : IDisposable
{
    private const int MostTries = 20;
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(50);

    private readonly string _name = ReloadChannel.NewName();
    private readonly WatchOutput _output = new();
    private readonly Lock _lock = new();
    private readonly List<FileSystemWatcher> _extra = [];
    private int _port = port;
    private DateTime _missed;
    private Process? _watch;
    private ReloadChannel? _app;
    private IAsyncDisposable? _standIn;
    private bool _isRestarting;
    private volatile bool _isEnding;

    /// <summary>Files besides the source, and files in folders, after whose change the program is started again.</summary>
    public IReadOnlyList<string> ExtraFiles { get; init; } = [];

    /// <summary>Those of them whose changes do not count.</summary>
    public FilePatterns Excluded { get; init; } = new([]);

    /// <summary>The debugger's PIN, which stays the same when the app is started again; null for the app's own choice.</summary>
    public string? Pin { get; init; }

    /// <summary>The certificate that was made for this run, which the app goes on with when it is started again, so that a browser that has accepted it does not ask anew; null for none.</summary>
    public byte[]? Certificate { get; init; }

    /// <summary>Runs until <c>dotnet watch</c> ends or the process is asked to stop.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="ReloadError"><c>dotnet</c>, or what is to be followed, is not there.</exception>
    public int Run()
    {
        Console.Error.WriteLine(" * Restarting with dotnet watch");
        StandIn();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        new Thread(Listen) { IsBackground = true, Name = "Retort reloader" }.Start();
        foreach (var file in ExtraFiles)
            Watch(file);
        while (true)
        {
            var watch = Start();
            watch.WaitForExit();
            lock (_lock)
            {
                if (!_isRestarting || _isEnding)
                    return _isEnding ? 0 : watch.ExitCode;
                _isRestarting = false;
            }
        }
    }

    /// <summary>Ends the program and starts it again.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            if (_isRestarting || _isEnding)
                return;
            _isRestarting = true;
            Kill();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isEnding = true;
        _extra.ForEach(watcher => watcher.Dispose());
        Kill();
        _watch?.Dispose();
        _app?.Dispose();
        Release();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _isEnding = true;
        Kill();
    }

    private void Kill()
    {
        try
        {
            _watch?.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return;
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet", target.Arguments(words))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Environment.CurrentDirectory,
        };
        start.Environment[ReloadChannel.Variable] = _name;
        start.Environment["DOTNET_WATCH_SUPPRESS_EMOJIS"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        if (target.Excluded() is { } excluded)
            start.Environment["DefaultItemExcludes"] = start.Environment.TryGetValue("DefaultItemExcludes", out var given) ? $"{given};{excluded}" : excluded;
        if (Pin is not null)
            start.Environment["RETORT_DEBUG_PIN"] = Pin;
        Process watch;
        try
        {
            watch = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new ReloadError("cannot reload: the program 'dotnet' is not on the path. Install the .NET SDK, or use --no-reload.", error);
        }
        lock (_lock)
        {
            _watch = watch;
            _output.Clear();
        }
        watch.OutputDataReceived += (_, line) => Show(line.Data, Console.Out);
        watch.ErrorDataReceived += (_, line) => Show(line.Data, Console.Error);
        watch.BeginOutputReadLine();
        watch.BeginErrorReadLine();
        if (_isEnding)
            Kill();
        return watch;
    }

    private void Show(string? line, TextWriter to)
    {
        if (line is null)
            return;
        lock (_lock)
        {
            var before = _output.Errors;
            if (_output.Read(line) is { } shown)
                to.WriteLine(shown);
            if (!before.SequenceEqual(_output.Errors))
                _app?.Send(new ReloadMessage("errors") { Errors = _output.Errors });
            if (_output.IsStuck)
                Restart();
        }
    }

    /// <summary>Waits for the app to connect, gives it the port, and hears what it says until it is gone.</summary>
    private void Listen()
    {
        while (!_isEnding)
        {
            using var pipe = new NamedPipeServerStream(_name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.CurrentUserOnly | PipeOptions.Asynchronous);
            pipe.WaitForConnection();
            using var app = new ReloadChannel(pipe);
            if (app.Receive() is not { Kind: "hello" })
                continue;
            if (IsOutdated())
            {
                Restart();
                continue;
            }
            lock (_lock)
            {
                _output.Started();
                Release();
                _app = app;
                app.Send(new ReloadMessage("listen") { Port = _port, Certificate = Certificate });
                if (_output.Errors is { Count: > 0 } errors)
                    app.Send(new ReloadMessage("errors") { Errors = errors });
            }
            while (app.Receive() is { } message)
            {
                if (message.Kind == "restart")
                    Restart();
            }
            lock (_lock)
            {
                _app = null;
                if (!_isEnding)
                    StandIn();
            }
        }
    }

    /// <summary>Whether the source was written while the program was being built and started, which <c>dotnet watch</c> does not notice before it has begun to watch. Once for each such edit.</summary>
    private bool IsOutdated()
    {
        var written = target.LastWritten();
        lock (_lock)
        {
            if (written <= _output.BuildBegan || written == _missed || written > DateTime.UtcNow)
                return false;
            _missed = written;
            return true;
        }
    }

    /// <summary>Holds the port in the app's place.</summary>
    private void StandIn()
    {
        for (var tries = 0; _standIn is null; tries++)
        {
            try
            {
                (_standIn, _port) = listen(http => BuildErrorPage.Write(http, _output.Errors, DebuggerHosts.IsTrusted(http, [])), _port);
            }
            catch (Exception) when (_watch is not null)
            {
                // The app that has just ended may hold the port for a moment; without a stand-in the next one still gets it.
                if (tries == MostTries)
                    return;
                Thread.Sleep(Settle);
            }
        }
    }

    private void Release()
    {
        _standIn?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _standIn = null;
    }

    private void Watch(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Directory.Exists(full) ? full : Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            throw new ReloadError($"cannot watch '{path}': the folder '{folder}' is not there. Correct --extra-files.");
        var watcher = new FileSystemWatcher(folder, Directory.Exists(full) ? "*" : Path.GetFileName(full)) { IncludeSubdirectories = Directory.Exists(full) };
        void Changed(string name)
        {
            if (Excluded.Match(name))
                return;
            Console.Error.WriteLine($" * Detected change in '{name}', reloading");
            Restart();
        }
        watcher.Changed += (_, change) => Changed(change.FullPath);
        watcher.Created += (_, change) => Changed(change.FullPath);
        watcher.Deleted += (_, change) => Changed(change.FullPath);
        watcher.Renamed += (_, change) => Changed(change.FullPath);
        watcher.EnableRaisingEvents = true;
        _extra.Add(watcher);
    }
}

/// <summary>The reloader cannot do what was asked, and what to do about it.</summary>
internal sealed class ReloadError(string message, Exception? inner = null) : Exception(message, inner);
