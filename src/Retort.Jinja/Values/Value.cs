using System.Numerics;
using System.Runtime.CompilerServices;

namespace Retort.Jinja.Values;

/// <summary>
/// Any value a template can see, with Python's meaning. Two words: a reference, and eight bytes that hold a number itself or else the kind of the
/// reference. The default is <c>None</c>.
/// </summary>
public readonly struct Value : IEquatable<Value>
{
    // A scalar keeps its kind in the reference and its payload in the bits; everything else the other way round.
    private sealed class Scalar(ValueKind kind)
    {
        public readonly ValueKind Kind = kind;
    }

    private static readonly Scalar BoolTag = new(ValueKind.Bool);
    private static readonly Scalar IntTag = new(ValueKind.Int);
    private static readonly Scalar FloatTag = new(ValueKind.Float);

    private readonly object? _reference;
    private readonly long _bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Value(object? reference, long bits)
    {
        _reference = reference;
        _bits = bits;
    }

    /// <summary>Python's <c>None</c>.</summary>
    public static Value None => default;

    /// <summary>Python's <c>True</c>.</summary>
    public static Value True => new(BoolTag, 1);

    /// <summary>Python's <c>False</c>.</summary>
    public static Value False => new(BoolTag, 0);

    /// <summary>The empty string.</summary>
    public static Value Empty => new(string.Empty, (long)ValueKind.String);

    /// <summary>What it is.</summary>
    public ValueKind Kind
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _reference is Scalar scalar ? scalar.Kind : (ValueKind)_bits;
    }

    /// <summary>Whether it is <c>None</c>.</summary>
    public bool IsNone => _reference is null;

    /// <summary>Whether it is undefined.</summary>
    public bool IsUndefined => _bits == (long)ValueKind.Undefined && _reference is Undefined;

    internal bool IsInt
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(_reference, IntTag);
    }

    internal bool IsFloat
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(_reference, FloatTag);
    }

    internal bool IsBool
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(_reference, BoolTag);
    }

    /// <summary>Whether it is text that carries no promise of being safe.</summary>
    internal bool IsPlainString => _reference is string;

    /// <summary>Whether Python's <c>isinstance(value, str)</c> holds: a string or a Markup.</summary>
    internal bool IsText => _reference is string or Markup;

    /// <summary>Whether Python's <c>isinstance(value, int)</c> holds.</summary>
    internal bool IsIntegral => IsInt || IsBool || _reference is BigInteger;

    /// <summary>Whether Python's <c>isinstance(value, Number)</c> holds.</summary>
    internal bool IsNumber => _reference is Scalar or BigInteger or decimal;

    // The payloads; each may be read only for its own kind.
    internal long AsLong => _bits;
    internal bool AsBool => _bits != 0;
    internal double AsDouble => BitConverter.Int64BitsToDouble(_bits);
    internal object Reference => _reference!;

    /// <summary>The text of a string or Markup, else null.</summary>
    internal string? AsText => _reference as string ?? (_reference as Markup)?.ToString();

    /// <summary>An integer of whatever size; bools count as 0 and 1.</summary>
    internal BigInteger AsBigInteger => _reference is BigInteger big ? big : _bits;

    /// <summary>A bool.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value From(bool value) => new(BoolTag, value ? 1 : 0);

    /// <summary>An integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value From(int value) => new(IntTag, value);

    /// <summary>An integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value From(long value) => new(IntTag, value);

    /// <summary>A float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value From(double value) => new(FloatTag, BitConverter.DoubleToInt64Bits(value));

    /// <summary>An integer of any size.</summary>
    public static Value From(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? From((long)value) : new(value, (long)ValueKind.BigInt);

    /// <summary>A decimal.</summary>
    public static Value From(decimal value) => new(value, (long)ValueKind.Decimal);

    /// <summary>Text; null becomes <c>None</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value From(string? value) => value is null ? default : new(value, (long)ValueKind.String);

    /// <summary>Safe text; null becomes <c>None</c>.</summary>
    public static Value From(Markup? value) => value is null ? default : new(value, (long)ValueKind.Markup);

    /// <summary>Bytes; null becomes <c>None</c>.</summary>
    public static Value From(byte[]? value) => value is null ? default : new(value, (long)ValueKind.Bytes);

    /// <summary>An object of the engine; null becomes <c>None</c>.</summary>
    public static Value From(TemplateObject? value) => value is null ? default : new(value, (long)value.Kind);

    /// <summary>
    /// Any object of the host. Numbers and text become their own kinds, the rest is kept as it is and read as the template asks for it.
    /// Never copies a collection.
    /// </summary>
    public static Value FromObject(object? value) => HostValues.From(value);

    /// <summary>An object of the host whose kind is already known.</summary>
    internal static Value FromHost(object value, ValueKind kind) => new(value, (long)kind);

    /// <summary>The value whose words are a <see cref="Reference"/> and what <see cref="AsLong"/> gave beside it.</summary>
    internal static Value FromWords(object? reference, long bits) => new(reference, bits);

    /// <summary>
    /// The value for C#: null, bool, long, BigInteger, double, decimal, string, <see cref="Markup"/>, byte[], <c>List&lt;object?&gt;</c>,
    /// <c>object?[]</c> for a tuple, <c>Dictionary&lt;string, object?&gt;</c> (or with object keys), a host object as it came, or the engine's own object.
    /// </summary>
    public object? ToObject() => HostValues.ToObject(this);

    /// <summary>Equal as Python's <c>==</c> sees it: <c>1</c>, <c>1.0</c> and <c>True</c> are.</summary>
    public bool Equals(Value other) => Equality.AreEqual(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equality.AreEqual(this, other);

    /// <summary>Python's <c>hash()</c> in spirit: equal values have equal codes. Throws a TypeError for lists and dictionaries.</summary>
    public override int GetHashCode() => Equality.Hash(this);

    /// <summary>Python's <c>str()</c>.</summary>
    public override string ToString() => Text.Str(this);

    /// <summary>Equal as Python's <c>==</c> sees it.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Not equal as Python's <c>==</c> sees it.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>The same object, or the same scalar: Python's <c>is</c>.</summary>
    internal bool IsSameAs(in Value other) =>
        ReferenceEquals(_reference, other._reference) ? _bits == other._bits : _reference is BigInteger or decimal && Kind == other.Kind && Equals(other);
}
