using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;

namespace Retort.Http;

// What a response can carry. A closed family: each knows its length, if it has one, and how to write itself once.

internal abstract class Body
{
    protected const int BufferSize = 64 * 1024;

    public static Body Empty { get; } = new BytesBody(ReadOnlyMemory<byte>.Empty);

    /// <summary>Bytes that will be written, or null when only writing tells.</summary>
    public abstract long? Length { get; }

    /// <summary>Whether the parts are made while they are sent.</summary>
    public virtual bool IsStreamed => false;

    /// <summary>Whether writing it turns the connection into something else, and so answers in its own way.</summary>
    public virtual bool Upgrades => false;

    public abstract Task Write(HttpResponse response, CancellationToken cancel);

    /// <summary>The whole body in memory; reads a streamed one to its end.</summary>
    public abstract ValueTask<ReadOnlyMemory<byte>> Read();

    /// <summary>Whether <see cref="Close"/> has something to do.</summary>
    public virtual bool HoldsResources => false;

    /// <summary>Gives back what the body holds; called once, after it was written or replaced.</summary>
    public virtual ValueTask Close() => ValueTask.CompletedTask;

    /// <summary>Sends as many bytes as were announced, read from where the last ones ended.</summary>
    protected static async Task Send(long length, Func<Memory<byte>, long, ValueTask<int>> readAt, HttpResponse response, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BufferSize, length));
        try
        {
            for (var sent = 0L; sent < length;)
            {
                var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - sent));
                var read = await readAt(part, sent);
                if (read == 0)
                    throw new EndOfStreamException($"the file became shorter while it was sent: {length - sent} of {length} bytes are missing.");
                await response.BodyWriter.WriteAsync(part[..read], cancel);
                sent += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

internal sealed class TextBody(string text, Encoding encoding) : Body
{
    public override long? Length { get; } = encoding.GetByteCount(text);

    public override Task Write(HttpResponse response, CancellationToken cancel) => WriteText(response, text, encoding, (int)Length!.Value, cancel);

    public override ValueTask<ReadOnlyMemory<byte>> Read() => new(encoding.GetBytes(text));

    public static Task WriteText(HttpResponse response, string text, Encoding encoding, int length, CancellationToken cancel)
    {
        var writer = response.BodyWriter;
        encoding.GetBytes(text, writer.GetSpan(length));
        writer.Advance(length);
        var flushed = writer.FlushAsync(cancel);
        return flushed.IsCompletedSuccessfully ? Task.CompletedTask : flushed.AsTask();
    }
}

internal sealed class BytesBody(ReadOnlyMemory<byte> bytes) : Body
{
    public override long? Length => bytes.Length;

    public override Task Write(HttpResponse response, CancellationToken cancel) => WriteBytes(response, bytes, cancel);

    public override ValueTask<ReadOnlyMemory<byte>> Read() => new(bytes);

    public static Task WriteBytes(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var flushed = response.BodyWriter.WriteAsync(bytes, cancel);
        return flushed.IsCompletedSuccessfully ? Task.CompletedTask : flushed.AsTask();
    }
}

/// <summary>A window of a stream; the stream is closed afterwards.</summary>
internal sealed class StreamBody(Stream stream, long? length) : Body
{
    public override long? Length => length;

    public override bool IsStreamed => length is null;

    public override bool HoldsResources => true;

    public override Task Write(HttpResponse response, CancellationToken cancel) => length is null
        ? stream.CopyToAsync(response.Body, cancel)
        : Send(length.Value, (part, _) => stream.ReadAsync(part, cancel), response, cancel);

    public override async ValueTask<ReadOnlyMemory<byte>> Read()
    {
        var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.GetBuffer().AsMemory(0, (int)Math.Min(memory.Length, length ?? long.MaxValue));
    }

    public override ValueTask Close() => stream.DisposeAsync();
}

/// <summary>A part of an open file, which is closed afterwards.</summary>
internal sealed class FileBody(SafeFileHandle file, long offset, long length) : Body
{
    public override long? Length => length;

    public override bool HoldsResources => true;

    // A small file is mostly in the system's cache: to hand its reading to another thread would take longer than to read it.
    public override Task Write(HttpResponse response, CancellationToken cancel) => Send(
        length,
        (part, at) => length <= BufferSize ? new ValueTask<int>(RandomAccess.Read(file, part.Span, offset + at)) : RandomAccess.ReadAsync(file, part, offset + at, cancel),
        response,
        cancel);

    public override async ValueTask<ReadOnlyMemory<byte>> Read()
    {
        var bytes = new byte[length];
        var read = 0;
        while (read < length && await RandomAccess.ReadAsync(file, bytes.AsMemory(read), offset + read) is > 0 and var more)
            read += more;
        return bytes.AsMemory(0, read);
    }

    public override ValueTask Close()
    {
        file.Dispose();
        return default;
    }
}

/// <summary>The connection itself, from the handshake to its end.</summary>
internal sealed class UpgradeBody(Func<HttpContext, Task> run) : Body
{
    public override long? Length => null;

    public override bool IsStreamed => true;

    public override bool Upgrades => true;

    public override Task Write(HttpResponse response, CancellationToken cancel) => run(response.HttpContext);

    public override ValueTask<ReadOnlyMemory<byte>> Read() => throw new InvalidOperationException("the answer to a WebSocket handshake has no data to read.");
}

/// <summary>Pieces of text, each sent when it was made.</summary>
internal sealed class SequenceBody(IAsyncEnumerable<ReadOnlyMemory<byte>> pieces) : Body
{
    public IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces => pieces;

    public override long? Length => null;

    public override bool IsStreamed => true;

    public override async Task Write(HttpResponse response, CancellationToken cancel)
    {
        await foreach (var piece in pieces.WithCancellation(cancel))
            await response.BodyWriter.WriteAsync(piece, cancel);
    }

    public override async ValueTask<ReadOnlyMemory<byte>> Read()
    {
        var memory = new MemoryStream();
        await foreach (var piece in pieces)
            memory.Write(piece.Span);
        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    public static SequenceBody Of(IEnumerable<string> pieces) => new(Encode(pieces));

    public static SequenceBody Of(IAsyncEnumerable<string> pieces) => new(Encode(pieces));

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Encode(IEnumerable<string> pieces)
    {
        foreach (var piece in pieces)
            yield return Encoding.UTF8.GetBytes(piece);
        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Encode(IAsyncEnumerable<string> pieces)
    {
        await foreach (var piece in pieces)
            yield return Encoding.UTF8.GetBytes(piece);
    }
}
