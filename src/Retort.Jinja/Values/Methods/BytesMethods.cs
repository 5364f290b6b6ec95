using System.Collections.Frozen;

namespace Retort.Jinja.Values;

/// <summary>The methods of Python's <c>bytes</c> that a template has use for.</summary>
internal static class BytesMethods
{
    public static FrozenDictionary<string, BuiltinMethod> Table { get; } = new MethodTable("bytes")
        .Add("decode", static (_, in self, a) => Value.From(TextEncoding.Decode((byte[])self.Reference, a[0], a[1])), null, [("encoding", Value.From("utf-8")), ("errors", Value.From("strict"))], 0)
        .Add("hex", static (_, in self, _) => Value.From(Convert.ToHexStringLower((byte[])self.Reference)))
        .Add("startswith", static (_, in self, a) => Value.From(((byte[])self.Reference).AsSpan().StartsWith(Bytes(a[0]))), ["prefix"])
        .Add("endswith", static (_, in self, a) => Value.From(((byte[])self.Reference).AsSpan().EndsWith(Bytes(a[0]))), ["suffix"])
        .Add("find", static (_, in self, a) => Value.From(((byte[])self.Reference).AsSpan().IndexOf(Bytes(a[0]))), ["sub"])
        .Add("upper", static (_, in self, _) => Value.From(Map((byte[])self.Reference, static b => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b)))
        .Add("lower", static (_, in self, _) => Value.From(Map((byte[])self.Reference, static b => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b + 32) : b)))
        .Freeze();

    private static byte[] Bytes(in Value value) =>
        value.Kind == ValueKind.Bytes ? (byte[])value.Reference : throw PythonError.Type($"a bytes-like object is required, not '{Text.TypeName(value)}'");

    private static byte[] Map(byte[] bytes, Func<byte, byte> map) => Array.ConvertAll(bytes, item => map(item));
}
