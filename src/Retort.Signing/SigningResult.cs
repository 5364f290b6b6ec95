using System.Diagnostics.CodeAnalysis;

namespace Retort.Signing;

/// <summary>What came of checking something signed: the value, or the error that the throwing form would throw.</summary>
public readonly struct SigningResult<T>
{
    internal SigningResult(T value, DateTimeOffset? dateSigned = null) => (Value, DateSigned) = (value, dateSigned);

    internal SigningResult(BadData error) => Error = error;

    /// <summary>Whether the signature, the age and the payload are good.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Error is null;

    /// <summary>The verified value; default when not <see cref="Ok"/>.</summary>
    public T? Value { get; }

    /// <summary>When the value was signed, in UTC; null for formats without a timestamp.</summary>
    public DateTimeOffset? DateSigned { get; }

    /// <summary>Why the value was refused. It has not been thrown.</summary>
    public BadData? Error { get; }

    /// <summary>The value. Throws <see cref="Error"/> if there is one.</summary>
    public T GetOrThrow() => Error is null ? Value! : throw Error;
}
