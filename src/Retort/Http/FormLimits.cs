namespace Retort.Http;

/// <summary>How much of a body a form may take: the three limits of Flask's configuration. Null lifts a limit; passing one is a 413.</summary>
public sealed record FormLimits
{
    /// <summary>Bytes of the whole body: <c>MAX_CONTENT_LENGTH</c>.</summary>
    public long? MaxContentLength { get; init; }

    /// <summary>
    /// Bytes of one field that is no file, or of a whole urlencoded body: <c>MAX_FORM_MEMORY_SIZE</c>. All fields of a multipart form together may take four
    /// times as much.
    /// </summary>
    public long? MaxMemorySize { get; init; } = 500_000;

    /// <summary>Parts of a multipart form: <c>MAX_FORM_PARTS</c>. An urlencoded form may have this many fields, and 1,024 in any case.</summary>
    public int? MaxParts { get; init; } = 1000;
}
