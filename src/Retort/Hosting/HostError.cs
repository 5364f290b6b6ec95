namespace Retort.Hosting;

/// <summary>The server cannot start; the message says why and what to do.</summary>
public sealed class HostError(string message, Exception? inner = null) : Exception(message, inner);
