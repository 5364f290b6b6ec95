namespace Retort.Http;

/// <summary>The answer to send.</summary>
/// <param name="Status">200, 206, 304 or 412.</param>
/// <param name="Headers">All headers.</param>
/// <param name="Offset">Where to begin.</param>
/// <param name="Count">How many bytes; null for all there are.</param>
public sealed record FileAnswer(int Status, Headers Headers, long Offset, long? Count);
