namespace Retort.Http;

/// <summary>How a file is sent: the arguments of Flask's <c>send_file</c>.</summary>
public sealed record SendFileOptions
{
    /// <summary>The media type; null guesses it from the name.</summary>
    public string? Mimetype { get; init; }

    /// <summary>Whether browsers shall save it rather than show it.</summary>
    public bool AsAttachment { get; init; }

    /// <summary>The name browsers save it under; null takes the file's own.</summary>
    public string? DownloadName { get; init; }

    /// <summary>Whether <c>If-</c> headers and ranges are answered.</summary>
    public bool Conditional { get; init; } = true;

    /// <summary>The tag to send, without quotes; null makes one from the file's path, size and time.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether a tag is sent at all.</summary>
    public bool UseETag { get; init; } = true;

    /// <summary>The date of the content; null takes the file's.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Seconds it may be cached without asking; null makes clients ask each time.</summary>
    public int? MaxAge { get; init; }
}
