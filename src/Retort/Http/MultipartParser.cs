using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Retort.Http.Exceptions;

namespace Retort.Http;

// Microsoft.AspNetCore.WebUtilities.MultipartReader does not fit the recorded forms: it wants CRLF where browsers' libraries send LF,
// refuses preambles without a line break, boundaries over 100 bytes and headers without a colon, and takes a boundary line of other text for the end.

/// <summary>
/// Reads a multipart form in one pass: fields into one reused buffer, files to disk beyond a threshold, so that memory does not grow with the body.
/// A line may end with CRLF, LF or CR. Source: werkzeug.sansio.multipart, werkzeug.formparser.
/// </summary>
internal sealed class MultipartParser : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly Stream _body;
    private readonly FormLimits _limits;
    private readonly MultipartDelimiter _delimiter;
    private readonly ArrayBufferWriter<byte> _field = new();
    private readonly byte[] _buffer;
    private int _start;
    private int _end;
    private bool _ended;
    private long _received;
    private long _fieldBytes;
    private long _memoryForFiles = 4 * UploadStream.Threshold;
    private bool _complete;

    public MultipartParser(Stream body, byte[] boundary, FormLimits limits)
    {
        _body = body;
        _limits = limits;
        _delimiter = new MultipartDelimiter(boundary);
        _buffer = ArrayPool<byte>.Shared.Rent(BufferSize + 2 * boundary.Length);
    }

    public Form Form { get; } = new(new MultiDict(), new MultiDict<FileStorage>());

    private Span<byte> Window => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads to the end of the body; false when it is not a well-formed form.</summary>
    public async Task<bool> ParseAsync(CancellationToken cancellation)
    {
        var next = await SkipPreambleAsync(cancellation).ConfigureAwait(false);
        for (var parts = 1; next == Boundary.Next; parts++)
        {
            var headers = await ReadHeadersAsync(cancellation).ConfigureAwait(false);
            if (headers?.Get("Content-Disposition") is not { } disposition) return false;
            if (parts > _limits.MaxParts) throw new RequestEntityTooLarge();

            var options = OptionsHeader.Parse(disposition);
            next = options.Get("filename") is { } fileName
                ? await ReadFileAsync(options.Get("name") ?? "", fileName, headers, cancellation).ConfigureAwait(false)
                : await ReadFieldAsync(options.Get("name") ?? "", headers, cancellation).ConfigureAwait(false);
        }
        if (next != Boundary.Last) return false;

        while (!_ended)
        {
            _start = _end = 0;
            await FillAsync(cancellation).ConfigureAwait(false);
        }
        return _complete = true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        if (!_complete) Form.Dispose();
    }

    private async Task<Boundary> SkipPreambleAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var found = _delimiter.Find(Window, needsLineBreak: false, _ended);
            _start += found.Consumed;
            if (found.Kind != Boundary.None || _ended) return found.Kind;
            await FillAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task<Headers?> ReadHeadersAsync(CancellationToken cancellation)
    {
        var searched = 0;
        int blank;
        while ((blank = IndexOfBlankLine(Window[searched..])) < 0)
        {
            if (_ended) return null;
            searched = Math.Max(0, Window.Length - 3);
            await FillAsync(cancellation).ConfigureAwait(false);
        }
        blank += searched;
        var headers = Utf8.IsValid(Window[..blank]) ? ParseHeaders(Encoding.UTF8.GetString(Window[..blank])) : null;
        // The second line break of the blank line may belong to the delimiter that follows an empty part, so it stays.
        _start += blank + (Window[blank] == '\r' && Window[blank + 1] == '\n' ? 2 : 1);
        return headers;
    }

    private static int IndexOfBlankLine(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var skip = text[i..].IndexOfAny((byte)'\r', (byte)'\n');
            if (skip < 0) return -1;
            i += skip;
            var rest = text[i..];
            if (rest.StartsWith("\r\n\r\n"u8) || rest.StartsWith("\n\n"u8) || rest.StartsWith("\r\r"u8)) return i;
        }
        return -1;
    }

    private static Headers ParseHeaders(string block)
    {
        var headers = new Headers();
        // A line that begins with a blank continues the one before.
        var lines = block.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            .Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal);
        foreach (var line in lines.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) headers.AddReceived(line, "");
            else headers.AddReceived(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }
        return headers;
    }

    private async Task<Boundary> ReadFieldAsync(string name, Headers headers, CancellationToken cancellation)
    {
        _field.ResetWrittenCount();
        var end = await ReadContentAsync(AppendToField, cancellation).ConfigureAwait(false);
        if (end == Boundary.None) return end;

        var charset = OptionsHeader.Parse(headers.Get("Content-Type")).Get("charset")?.ToLowerInvariant();
        Form.Fields.Add(name, (OptionsHeader.AcceptedEncoding(charset) ?? Encoding.UTF8).GetString(_field.WrittenSpan));
        return end;
    }

    private ValueTask AppendToField(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        _fieldBytes += data.Length;
        if (_field.WrittenCount + data.Length > _limits.MaxMemorySize || _fieldBytes > 4 * _limits.MaxMemorySize) throw new RequestEntityTooLarge();
        _field.Write(data.Span);
        return ValueTask.CompletedTask;
    }

    private async Task<Boundary> ReadFileAsync(string name, string fileName, Headers headers, CancellationToken cancellation)
    {
        var upload = new UploadStream(_memoryForFiles);
        Form.Files.Add(name, new FileStorage(upload, fileName, name, headers: headers));
        var end = await ReadContentAsync(upload.WriteAsync, cancellation).ConfigureAwait(false);
        _memoryForFiles -= upload.BytesInMemory;
        upload.Position = 0;
        return end;
    }

    private async Task<Boundary> ReadContentAsync(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, CancellationToken cancellation)
    {
        var lineBreak = await LengthOfLineBreakAsync(cancellation).ConfigureAwait(false);
        while (true)
        {
            var found = _delimiter.Find(Window, needsLineBreak: true, _ended);
            var content = _buffer.AsMemory(_start + lineBreak, Math.Max(0, found.ContentEnd - lineBreak));
            if (content.Length > 0) await write(content, cancellation).ConfigureAwait(false);
            lineBreak = Math.Max(0, lineBreak - found.Consumed);
            _start += found.Consumed;
            if (found.Kind != Boundary.None || _ended) return found.Kind;
            await FillAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task<int> LengthOfLineBreakAsync(CancellationToken cancellation)
    {
        while (Window.Length < 2 && !_ended) await FillAsync(cancellation).ConfigureAwait(false);
        return Window.StartsWith("\r\n"u8) ? 2 : 1;
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            Window.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        // Headers, or blanks after a boundary, that fill the whole buffer are no browser's doing.
        if (_end == _buffer.Length) throw new RequestEntityTooLarge();

        var read = await _body.ReadAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
        _end += read;
        _received += read;
        _ended = read == 0;
        if (_received > _limits.MaxContentLength) throw new RequestEntityTooLarge();
    }
}
