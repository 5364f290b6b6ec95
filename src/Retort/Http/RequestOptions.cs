using System.Text.Json;

namespace Retort.Http;

/// <summary>What a request has to know of its app: limits and how JSON is read.</summary>
internal sealed record RequestOptions
{
    /// <summary>The largest body in bytes; null for no limit. MAX_CONTENT_LENGTH.</summary>
    public long? MaxContentLength { get; init; }

    /// <summary>The largest total size of text fields in a multipart form, in bytes; null for no limit. MAX_FORM_MEMORY_SIZE.</summary>
    public long? MaxFormMemorySize { get; init; }

    /// <summary>The largest number of fields in a multipart form; null for no limit. MAX_FORM_PARTS.</summary>
    public int? MaxFormParts { get; init; }

    /// <summary>Whether error descriptions may say what was wrong in detail.</summary>
    public bool Debug { get; init; }

    /// <summary>Reads JSON; throws <see cref="JsonException"/>.</summary>
    public required Func<ReadOnlyMemory<byte>, object?> LoadJson { get; init; }

    /// <summary>Options for reading JSON as a type.</summary>
    public required Func<JsonSerializerOptions> JsonOptions { get; init; }
}
