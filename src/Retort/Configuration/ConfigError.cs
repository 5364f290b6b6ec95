namespace Retort.Configuration;

/// <summary>A setting that is missing or cannot be read as what it has to be. The message names the key, what was found and what to set.</summary>
public sealed class ConfigError(string message, Exception? inner = null) : Exception(message, inner);
