namespace Retort.Http;

/// <summary>
/// An uploaded file. It lives as long as the request: save or read it before the response is sent.
/// <c>request.Files["photo"].Save(path)</c>.
/// Source: werkzeug.datastructures.FileStorage.
/// </summary>
public sealed class FileStorage : IDisposable
{
    private OptionsHeader? _contentType;

    /// <summary>A file from a stream, for tests and for apps that pass files on.</summary>
    public FileStorage(Stream? stream = null, string? fileName = null, string? name = null, string? contentType = null, Headers? headers = null)
    {
        Stream = stream ?? new MemoryStream();
        FileName = fileName;
        Name = name;
        Headers = headers ?? new Headers();
        if (contentType is not null) Headers.Set("Content-Type", contentType);
    }

    /// <summary>The form field it came in.</summary>
    public string? Name { get; }

    /// <summary>The name on the client's disk, exactly as sent: never a path to write to. Empty when the field was left empty.</summary>
    public string? FileName { get; }

    /// <summary>The headers of its part of the form.</summary>
    public Headers Headers { get; }

    /// <summary>The content, from the beginning.</summary>
    public Stream Stream { get; }

    /// <summary>The content type as the client claims it, or null.</summary>
    public string? ContentType => Headers.Get("Content-Type");

    /// <summary>The size the client claims in its part's headers, 0 if it claims none. The true size is <c>Stream.Length</c>.</summary>
    public long ContentLength => PlainInteger.Parse(Headers.Get("Content-Length")) ?? 0;

    /// <summary>The content type without parameters, in lower case.</summary>
    public string Mimetype => ParsedContentType.Value.ToLowerInvariant();

    /// <summary>The parameters of the content type.</summary>
    public IReadOnlyDictionary<string, string> MimetypeParams => ParsedContentType.Options;

    private OptionsHeader ParsedContentType => _contentType ??= OptionsHeader.Parse(ContentType);

    /// <summary>Writes the rest of the content to a file, replacing it.</summary>
    public void Save(string path)
    {
        using var file = File.Create(path);
        Stream.CopyTo(file);
    }

    /// <summary>Writes the rest of the content to a file, replacing it.</summary>
    public async Task SaveAsync(string path, CancellationToken cancellation = default)
    {
        var file = File.Create(path);
        await using (file.ConfigureAwait(false))
        {
            await Stream.CopyToAsync(file, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the rest of the content to a stream.</summary>
    public void CopyTo(Stream destination) => Stream.CopyTo(destination);

    /// <summary>Writes the rest of the content to a stream.</summary>
    public Task CopyToAsync(Stream destination, CancellationToken cancellation = default) => Stream.CopyToAsync(destination, cancellation);

    /// <summary>Closes the content; a temporary file behind it is deleted.</summary>
    public void Dispose() => Stream.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"<FileStorage: '{FileName}' ('{ContentType}')>";
}
