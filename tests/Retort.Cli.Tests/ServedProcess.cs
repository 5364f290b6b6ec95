using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Retort.Cli.Tests;

/// <summary>A program that serves on a port, with what it writes.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly List<string> _error = [];

    private ServedProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public int Id => _process.Id;

    public IReadOnlyList<string> Output => Copy(_output);

    public IReadOnlyList<string> Error => Copy(_error);

    /// <summary>Starts a program in an environment that holds what is given and the search path alone, and waits until it has said where it serves.</summary>
    public static async Task<ServedProcess> Start(string folder, IReadOnlyList<string> command, IEnumerable<KeyValuePair<string, string>> environment, int port)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name is not ("PATH" or "HOME" or "DOTNET_ROOT")).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var served = new ServedProcess(Process.Start(start)!, port);
        served._process.OutputDataReceived += (_, line) => Add(served._output, line.Data);
        served._process.ErrorDataReceived += (_, line) => Add(served._error, line.Data);
        served._process.BeginOutputReadLine();
        served._process.BeginErrorReadLine();
        var watch = Stopwatch.StartNew();
        while (!served.Error.Contains("Press CTRL+C to quit"))
        {
            Assert.True(!served._process.HasExited && watch.Elapsed < Patience, $"{string.Join(' ', command)} does not serve on {port}:\n{string.Join('\n', served.Error)}");
            await Task.Delay(20);
        }
        return served;
    }

    /// <summary>Whether somebody takes connections there.</summary>
    public static async Task<bool> Listens(int port)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Sends it a signal, such as <c>TERM</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> End()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static void Add(List<string> lines, string? line)
    {
        lock (lines)
        {
            if (line is not null)
                lines.Add(line);
        }
    }

    private static List<string> Copy(List<string> lines)
    {
        lock (lines)
            return [.. lines];
    }
}
