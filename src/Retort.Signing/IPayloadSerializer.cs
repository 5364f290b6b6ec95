using System.Buffers;

namespace Retort.Signing;

/// <summary>Turns values into the bytes that a <see cref="Serializer"/> signs, and back: <see cref="PythonJson"/> or <see cref="TaggedJson"/>.</summary>
public interface IPayloadSerializer
{
    /// <summary>Writes a value.</summary>
    void Dumps(object? value, IBufferWriter<byte> output);

    /// <summary>Reads a value. Whatever it throws becomes the cause of a <see cref="BadPayload"/>.</summary>
    object? Loads(ReadOnlySpan<byte> payload);
}
