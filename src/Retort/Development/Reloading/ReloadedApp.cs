using System.IO.Pipes;

namespace Retort.Development.Reloading;

/// <summary>The app's side of the reloader: takes the port from it, knows what does not compile, and asks to be started again when a patch has changed how the app is set up.</summary>
internal sealed class ReloadedApp : IDisposable
{
    private const int LongestWait = 5_000;
    private readonly ReloadChannel _channel;
    private readonly SetupCode _setup;
    private volatile IReadOnlyList<BuildError> _errors = [];

    private ReloadedApp(ReloadChannel channel, SetupCode setup)
    {
        _channel = channel;
        _setup = setup;
    }

    /// <summary>The one of this process, which the runtime's patches are told to.</summary>
    public static ReloadedApp? Current { get; private set; }

    /// <summary>Whether this process runs under the reloader.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable(ReloadChannel.Variable) is { Length: > 0 };

    /// <summary>The port that the reloader has kept.</summary>
    public int Port { get; private init; }

    /// <summary>The certificate that the reloader made, with its key; null for none.</summary>
    public byte[]? Certificate { get; private init; }

    /// <summary>The mistakes in the source as it is written now, which the running program is older than.</summary>
    public IReadOnlyList<BuildError> Errors => _errors;

    /// <summary>Connects to the reloader; null when it is gone.</summary>
    /// <param name="makeSetup">Gives what tells changes of the app's setup from others.</param>
    public static ReloadedApp? Connect(Func<SetupCode> makeSetup)
    {
        var pipe = new NamedPipeClientStream(".", Environment.GetEnvironmentVariable(ReloadChannel.Variable)!, PipeDirection.InOut, PipeOptions.CurrentUserOnly | PipeOptions.Asynchronous);
        try
        {
            pipe.Connect(LongestWait);
        }
        catch (Exception error) when (error is TimeoutException or IOException or UnauthorizedAccessException)
        {
            pipe.Dispose();
            return null;
        }
        var channel = new ReloadChannel(pipe);
        channel.Send(new ReloadMessage("hello"));
        if (channel.Receive() is not { Kind: "listen" } start)
            return null;
        Current = new ReloadedApp(channel, makeSetup()) { Port = start.Port, Certificate = start.Certificate };
        new Thread(Current.Listen) { IsBackground = true, Name = "Retort reloader" }.Start();
        return Current;
    }

    /// <summary>Is told by the runtime which types a patch has changed.</summary>
    public void Patched(IReadOnlyList<Type> types)
    {
        if (_setup.HasChanged(types))
            _channel.Send(new ReloadMessage("restart"));
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private void Listen()
    {
        while (_channel.Receive() is { } message)
        {
            if (message.Kind == "errors")
                _errors = message.Errors;
        }
        // Without the reloader nothing would ever end this process.
        Environment.Exit(0);
    }
}
