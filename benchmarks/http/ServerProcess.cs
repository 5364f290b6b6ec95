using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Retort.Benchmarks.Http;

/// <summary>A server in a process of its own, with the processes it starts itself.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private ServerProcess(string name, int port, Process process)
    {
        Name = name;
        BaseUrl = $"http://127.0.0.1:{port}";
        _process = process;
        process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public string BaseUrl { get; }

    /// <summary>User and system time of the server until now.</summary>
    public TimeSpan CpuTime => Tree().Aggregate(TimeSpan.Zero, (sum, process) => sum + process.TotalProcessorTime);

    /// <summary>Resident memory in bytes. What several processes share counts for each.</summary>
    public long Memory => Tree().Sum(process => process.WorkingSet64);

    /// <summary>Starts a server and waits for its first answer.</summary>
    public static async Task<(ServerProcess Server, TimeSpan Wall, TimeSpan Cpu)> Start(string name, HttpClient client)
    {
        var port = FreePort();
        var watch = Stopwatch.StartNew();
        var server = new ServerProcess(name, port, Process.Start(CommandFor(name, port))!);
        while (!await server.Answers(client))
            await Task.Delay(1);
        return (server, watch.Elapsed, server.CpuTime);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static ProcessStartInfo CommandFor(string name, int port)
    {
        var command = name == "flask"
            ? new ProcessStartInfo("gunicorn", ["--workers", "2", "--bind", $"127.0.0.1:{port}", "--chdir", Path.Combine(AppContext.BaseDirectory, "Servers"), "flask_server:app"])
            : new ProcessStartInfo(Environment.ProcessPath!, ["serve", name, port.ToString(CultureInfo.InvariantCulture)]);
        command.RedirectStandardError = true;
        return command;
    }

    private async Task<bool> Answers(HttpClient client)
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"the server '{Name}' did not start:\n{_errors}");
        try
        {
            using var answer = await client.GetAsync($"{BaseUrl}/plaintext");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private IEnumerable<Process> Tree()
    {
        var path = $"/proc/{_process.Id}/task/{_process.Id}/children";
        var children = File.Exists(path) ? File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return children.Select(id => Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture))).Prepend(Process.GetProcessById(_process.Id));
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
