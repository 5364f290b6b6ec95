using System.Buffers;
using Microsoft.AspNetCore.Http;
using Retort.Http.Exceptions;

namespace Retort.Http;

/// <content>The body: taken in before the view runs, with what is wrong about it kept until someone asks.</content>
public sealed partial class Request
{
    // A small form is kept as it came, to be parsed when it is asked for; a larger one is parsed as it comes, so that its files go to disk.
    private const int KeptMultipart = 64 * 1024;

    private ReadOnlyMemory<byte> _body;
    private Form? _form;
    private HttpException? _bodyError;

    /// <summary>
    /// The largest body this request may have, in bytes; null for no limit. Default MAX_CONTENT_LENGTH. A larger one is a 413 when it is asked for.
    /// </summary>
    public long? MaxContentLength { get; set; }

    /// <summary>The largest size of a form's text field in bytes; null for no limit. Default MAX_FORM_MEMORY_SIZE. Multipart forms beyond 64 KiB are read by the app's own limit.</summary>
    public long? MaxFormMemorySize { get; set; }

    /// <summary>The largest number of a form's fields; null for no limit. Default MAX_FORM_PARTS. Multipart forms beyond 64 KiB are read by the app's own limit.</summary>
    public int? MaxFormParts { get; set; }

    /// <summary>The text fields of a form that was posted. Reading one that is not there is a 400.</summary>
    public MultiDict Form => ReadForm().Fields;

    /// <summary>The files of a form that was posted.</summary>
    public MultiDict<FileStorage> Files => _options.Debug ? DebugFilesKeyError.Explain(this, ReadForm().Files) : ReadForm().Files;

    /// <summary>The body as bytes; empty when it is a form.</summary>
    public ReadOnlyMemory<byte> Data => FormParser.IsForm(ContentType) ? ReadOnlyMemory<byte>.Empty : GetData();

    /// <summary>The body as bytes, also when it is a form. A multipart form beyond 64 KiB is not kept and gives nothing.</summary>
    public ReadOnlyMemory<byte> GetData()
    {
        CheckBody();
        return _body;
    }

    /// <summary>The body as a stream from its beginning. It was taken in before the view ran, so reading it never waits. Source: werkzeug.Request.stream.</summary>
    public Stream Stream => new MemoryStream(GetData().ToArray(), writable: false);

    /// <summary>Whether the body is of a kind that <see cref="Form"/> and <see cref="Files"/> read.</summary>
    public bool WantFormDataParsed => FormParser.IsForm(ContentType);

    private FormLimits Limits => new() { MaxContentLength = MaxContentLength, MaxMemorySize = MaxFormMemorySize, MaxParts = MaxFormParts };

    /// <summary>
    /// Takes the body in, so that it can be read at once and nothing blocks on the network. Large files of a form go to temporary files.
    /// What is wrong with it comes out where it is asked for.
    /// </summary>
    internal async ValueTask LoadBody()
    {
        try
        {
            if (MimeType == "multipart/form-data" && ContentLength is null or > KeptMultipart)
                _form = await FormParser.ParseAsync(Http.Request.Body, ContentType, ContentLength, Limits, Http.RequestAborted);
            else if (await ReadAll() is { } bytes)
                _body = bytes;
            else
                _bodyError = new RequestEntityTooLarge();
        }
        catch (HttpException error)
        {
            _bodyError = error;
        }
        catch (BadHttpRequestException error)
        {
            _bodyError = HttpException.For(error.StatusCode);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            _bodyError = new ClientDisconnected();
        }
    }

    /// <summary>Whether there may be a body: it has a length or comes in chunks.</summary>
    internal static bool MayHaveBody(HttpRequest request) => request.ContentLength is > 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count > 0);

    /// <summary>Deletes what the body left in temporary files.</summary>
    internal void CloseBody() => _form?.Dispose();

    private async ValueTask<ReadOnlyMemory<byte>?> ReadAll()
    {
        if (ContentLength > MaxContentLength)
            return null;
        var buffer = new ArrayBufferWriter<byte>((int)Math.Min(ContentLength ?? 4096, 64 * 1024) + 1);
        var reader = Http.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(Http.RequestAborted);
            foreach (var segment in result.Buffer)
                buffer.Write(segment.Span);
            reader.AdvanceTo(result.Buffer.End);
            if (buffer.WrittenCount > MaxContentLength)
                return null;
            if (result.IsCompleted)
                return buffer.WrittenMemory;
        }
    }

    private void CheckBody()
    {
        if (_bodyError is not null)
            throw _bodyError;
        if ((ContentLength ?? _body.Length) > MaxContentLength)
            throw new RequestEntityTooLarge();
    }

    private Form ReadForm()
    {
        CheckBody();
        if (_form is not null)
            return _form;
        // The body is in memory, so the parser never waits.
        var parsing = FormParser.ParseAsync(new MemoryStream(_body.ToArray(), writable: false), ContentType, _body.Length, Limits);
        return _form = parsing.GetAwaiter().GetResult();
    }
}
