using System.Buffers;
using System.Text;

namespace Retort.Signing;

/// <summary>How a serializer's bytes become the text that is signed, and back.</summary>
internal abstract class Payload(IPayloadSerializer serializer)
{
    /// <summary>The text of a value in a rented array, and its length.</summary>
    public (char[] Rented, int Length) Write(object? value)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        serializer.Dumps(value, bytes);
        return Encode(bytes.WrittenSpan);
    }

    /// <summary>The value of a verified text.</summary>
    public SigningResult<object?> Read(ReadOnlySpan<char> text, DateTimeOffset? dateSigned = null)
    {
        try
        {
            return new(Decode(text), dateSigned);
        }
        catch (Exception error)
        {
            return new(new BadPayload($"The payload cannot be read, because {error.Message}; another serializer or version wrote it.", error));
        }
    }

    /// <summary>Reads the value even if the signature was refused.</summary>
    public (bool Signed, object? Value) Salvage(SigningResult<object?> result) => result.Error switch
    {
        null => (true, result.Value),
        BadSignature { Payload: { } text } => (false, Read(text).Value),
        _ => (false, null),
    };

    protected object? Loads(ReadOnlySpan<byte> bytes) => serializer.Loads(bytes);

    protected abstract (char[] Rented, int Length) Encode(ReadOnlySpan<byte> bytes);

    protected abstract object? Decode(ReadOnlySpan<char> text);
}

/// <summary>The serializer's text as it is.</summary>
internal sealed class PlainPayload(IPayloadSerializer serializer) : Payload(serializer)
{
    protected override (char[] Rented, int Length) Encode(ReadOnlySpan<byte> bytes)
    {
        var text = ArrayPool<char>.Shared.Rent(bytes.Length);
        return (text, Encoding.UTF8.GetChars(bytes, text));
    }

    protected override object? Decode(ReadOnlySpan<char> text)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[512]);
        return utf8.IsValid ? Loads(utf8.Bytes) : throw new FormatException("it holds half a surrogate pair");
    }
}
