using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Retort.Development.Reloading;

/// <summary>What the reloader and the app it runs say to each other: a line of JSON each, over a pipe that has a name only these two know.</summary>
/// <param name="Kind"><c>hello</c> and <c>restart</c> from the app; <c>listen</c> and <c>errors</c> to it.</param>
internal sealed record ReloadMessage(string Kind)
{
    /// <summary>The port to listen on, with <c>listen</c>.</summary>
    public int Port { get; init; }

    /// <summary>The certificate that was made for this run, with its key, with <c>listen</c>; null for none. The pipe is this user's alone.</summary>
    public byte[]? Certificate { get; init; }

    /// <summary>The mistakes in the source as it is now, with <c>errors</c>.</summary>
    public IReadOnlyList<BuildError> Errors { get; init; } = [];
}

/// <summary>One end of the pipe.</summary>
internal sealed class ReloadChannel(PipeStream pipe) : IDisposable
{
    // Named, because the SDK switches the default off in apps of one file, which it makes ready for native compilation.
    private static readonly JsonSerializerOptions Options = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private readonly StreamReader _reader = new(pipe, new UTF8Encoding(false));
    private readonly Lock _writing = new();

    /// <summary>The name of a pipe, for <see cref="Variable"/>.</summary>
    public static string NewName() => "retort-" + Secrets.Token();

    /// <summary>The environment variable that names the pipe to the app, and by which it knows that it runs under the reloader.</summary>
    public const string Variable = "RETORT_RELOADER";

    /// <summary>Sends a message. What cannot be sent is lost: the other end is gone then.</summary>
    public void Send(ReloadMessage message)
    {
        try
        {
            lock (_writing)
                pipe.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message, Options) + "\n"));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return;
        }
    }

    /// <summary>Waits for the next message; null when the other end is gone.</summary>
    public ReloadMessage? Receive()
    {
        try
        {
            return _reader.ReadLine() is { } line ? JsonSerializer.Deserialize<ReloadMessage>(line, Options) : null;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => pipe.Dispose();
}
