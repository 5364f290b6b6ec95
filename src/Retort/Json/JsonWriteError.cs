namespace Retort.Json;

/// <summary>A value that JSON has no form for was to be written.</summary>
public sealed class JsonWriteError(object? value, Exception inner) : Exception(
    $"cannot write a {value?.GetType().Name ?? "null"} as JSON: {inner.Message} Return plain values, or add a converter to app.Json.Options.", inner);
