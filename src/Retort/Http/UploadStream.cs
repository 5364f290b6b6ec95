namespace Retort.Http;

/// <summary>An upload: in memory while it is small, in a temporary file, which nobody else can open, once it is not.</summary>
/// <param name="memory">What it may take of memory, up to <see cref="Threshold"/>.</param>
internal sealed class UploadStream(long memory) : Stream
{
    /// <summary>An upload of more bytes goes to disk.</summary>
    public const int Threshold = 500 * 1024;

    private Stream _inner = new MemoryStream();

    /// <summary>What the upload takes of memory.</summary>
    public long BytesInMemory => _inner is MemoryStream ? _inner.Length : 0;

    public override bool CanRead => _inner.CanRead;

    public override bool CanSeek => _inner.CanSeek;

    public override bool CanWrite => _inner.CanWrite;

    public override long Length => _inner.Length;

    public override long Position { get => _inner.Position; set => _inner.Position = value; }

    public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => _inner.Read(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        MoveToDiskBeyond(buffer.Length);
        _inner.Write(buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        MoveToDiskBeyond(buffer.Length);
        return _inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => _inner.Seek(offset, origin);

    public override void SetLength(long value) => _inner.SetLength(value);

    public override void Flush() => _inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }

    private void MoveToDiskBeyond(int more)
    {
        if (_inner is not MemoryStream small || small.Length + more <= Math.Min(Threshold, memory)) return;
        _inner = OpenTemporaryFile();
        _inner.Write(small.GetBuffer(), 0, (int)small.Length);
        small.Dispose();
    }

    private static FileStream OpenTemporaryFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"retort-upload-{Guid.NewGuid():N}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // Where an open file may be unlinked, not even a killed process leaves it behind.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return file;
    }
}
