using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Retort.Signing.Tests;

public class TaggedJsonTests
{
    private readonly TaggedJson _json = new();

    public static TheoryData<object?, string> Written => new()
    {
        { null, "null" },
        { true, "true" },
        { 7, "7" },
        { long.MinValue, "-9223372036854775808" },
        { (byte)7, "7" },
        { ulong.MaxValue, "18446744073709551615" },
        { BigInteger.Pow(10, 30), "1000000000000000000000000000000" },
        { 1.0, "1.0" },
        { 1e16, "1e+16" },
        { 0.1f, "0.1" },
        { double.NaN, "NaN" },
        { double.NegativeInfinity, "-Infinity" },
        { 9.90m, "\"9.90\"" },
        { DayOfWeek.Friday, "5" },
        { 'x', "\"x\"" },
        { "é\ud83d\ude00\u007f\n\"\\/", "\"\\u00e9\\ud83d\\ude00\\u007f\\n\\\"\\\\/\"" },
        { "\ud800", "\"\\ud800\"" },
        { new[] { 1, 2 }, "[1,2]" },
        { new List<string>(), "[]" },
        { Enumerable.Range(1, 2), "[1,2]" },
        { (1, "a"), "{\" t\":[1,\"a\"]}" },
        { ValueTuple.Create(), "{\" t\":[]}" },
        { Tuple.Create(1), "{\" t\":[1]}" },
        { new JsonTuple([1, (2, 3)]), "{\" t\":[1,{\" t\":[2,3]}]}" },
        { new byte[] { 0, 255 }, "{\" b\":\"AP8=\"}" },
        { Guid.Parse("0b8ef6b4-8a3e-4f0c-9e55-1f6a2f7f0c11"), "{\" u\":\"0b8ef6b48a3e4f0c9e551f6a2f7f0c11\"}" },
        { new DateTimeOffset(2024, 2, 29, 14, 30, 45, TimeSpan.FromHours(2)), "{\" d\":\"Thu, 29 Feb 2024 12:30:45 GMT\"}" },
        { new DateTime(2024, 2, 29, 12, 30, 45), "{\" d\":\"Thu, 29 Feb 2024 12:30:45 GMT\"}" },
        { new DateOnly(2024, 2, 29), "\"Thu, 29 Feb 2024 00:00:00 GMT\"" },
        { new Dictionary<string, object?> { ["b"] = 1, ["a"] = 2, ["B"] = 3 }, "{\"B\":3,\"a\":2,\"b\":1}" },
        { new Dictionary<string, int> { ["\ud83d\ude00"] = 1, ["\uffff"] = 2 }, "{\"\\uffff\":2,\"\\ud83d\\ude00\":1}" },
        { new Dictionary<int, bool> { [2] = true }, "{\"2\":true}" },
        { new Dictionary<DayOfWeek, int> { [DayOfWeek.Monday] = 1 }, "{\"1\":1}" },
        { new ConcurrentDictionary<string, string> { ["a"] = "b" }, "{\"a\":\"b\"}" },
        { ImmutableDictionary<string, int>.Empty.Add("a", 1), "{\"a\":1}" },
        { new GenericOnly(), "{\"a\":1}" },
        { new { name = "jo", tags = new[] { "x" } }, "{\"name\":\"jo\",\"tags\":[\"x\"]}" },
        { new Point(1, 2), "{\"X\":1,\"Y\":2}" },
        { new Size(3), "{\"Width\":3}" },
        { new Dictionary<string, object?> { [" t"] = 1 }, "{\" di\":{\" t__\":1}}" },
        { new Dictionary<string, object?> { [" di"] = (1, 2) }, "{\" di\":{\" di__\":{\" t\":[1,2]}}}" },
        { new Dictionary<string, object?> { [" q"] = 1 }, "{\" q\":1}" },
        { new Dictionary<string, object?> { [" t"] = 1, ["x"] = 2 }, "{\" t\":1,\"x\":2}" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Values_are_written_as_Flask_writes_them(object? value, string json) => Assert.Equal(json, _json.Dumps(value));

    public static TheoryData<string, object?> Read => new()
    {
        { "{\" t\":[1,{\" t\":[]}]}", new JsonTuple([1L, new JsonTuple([])]) },
        { "{\" t\":\"ab\"}", new JsonTuple(["a", "b"]) },
        { "{\" t\":{\"a\":1,\"b\":2}}", new JsonTuple(["a", "b"]) },
        { "{\" b\":\"AP8=\"}", new byte[] { 0, 255 } },
        { "{\" b\":\"*\"}", Array.Empty<byte>() },
        { "{\" u\":\"{0b8ef6b4-8a3e-4f0c-9e55-1f6a2f7f0c11}\"}", Guid.Parse("0b8ef6b4-8a3e-4f0c-9e55-1f6a2f7f0c11") },
        { "{\" d\":\"Thu, 29 Feb 2024 12:30:45 GMT\"}", new DateTimeOffset(2024, 2, 29, 12, 30, 45, TimeSpan.Zero) },
        { "{\" d\":\"Mon, 29 Feb 2024 14:30:45 +0200\"}", new DateTimeOffset(2024, 2, 29, 12, 30, 45, TimeSpan.Zero) },
        { "{\" d\":\"yesterday\"}", null },
        { "{\" d\":null}", null },
        { "{\" di\":{\" t__\":1}}", new OrderedDictionary<string, object?> { [" t"] = 1L } },
        { "{\" q\":1}", new OrderedDictionary<string, object?> { [" q"] = 1L } },
        { "{\" t\":[1],\"x\":2}", new OrderedDictionary<string, object?> { [" t"] = new List<object?> { 1L }, ["x"] = 2L } },
    };

    [Theory]
    [MemberData(nameof(Read))]
    public void Tags_are_read_as_Flask_reads_them(string json, object? value) => Assert.Equal(value, _json.Loads(json));

    [Theory]
    [InlineData("{\" u\":\"zz\"}")]
    [InlineData("{\" u\":1}")]
    [InlineData("{\" b\":\"A\"}")]
    [InlineData("{\" b\":\"é\"}")]
    [InlineData("{\" b\":1}")]
    [InlineData("{\" t\":1}")]
    [InlineData("{\" d\":1}")]
    [InlineData("{\" di\":1}")]
    [InlineData("{\" di\":{}}")]
    public void A_tag_with_other_content_is_refused(string json) => Assert.Throws<FormatException>(() => _json.Loads(json));

    [Fact]
    public void A_tuple_that_was_read_matches_tuple_patterns() =>
        Assert.True(_json.Loads("{\" t\":[\"error\",\"Bad\"]}") is (string and "error", string and "Bad"));

    [Fact]
    public void A_value_without_JSON_form_is_refused_with_its_place_and_type()
    {
        var session = new Dictionary<string, object?> { ["cart"] = new { items = new object[] { 1, new MemoryStream() } } };
        var error = Assert.Throws<NotSupportedException>(() => _json.Dumps(session));
        Assert.Equal(
            "The value at 'cart.items[1]' is a System.IO.MemoryStream, which has no JSON form; "
            + "store text, numbers, lists, dictionaries or records, or register a JsonTag.",
            error.Message);
    }

    [Fact]
    public void A_key_without_text_is_refused()
    {
        var error = Assert.Throws<NotSupportedException>(() => _json.Dumps(new Dictionary<Version, int> { [new Version(1, 0)] = 1 }));
        Assert.Equal("A dictionary key of type System.Version has no JSON form; use text or whole numbers as keys.", error.Message);
    }

    [Fact]
    public void A_value_that_contains_itself_is_refused()
    {
        var list = new List<object?>();
        list.Add(list);
        Assert.Contains("nested deeper than 256 levels", Assert.Throws<NotSupportedException>(() => _json.Dumps(list)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_deepest_value_that_is_written_can_be_read()
    {
        object? value = 1L;
        for (var i = 0; i < 256; i++)
            value = new JsonTuple([value]);
        Assert.Equal(value, _json.Loads(_json.Dumps(value)));
    }

    [Fact]
    public void Text_nested_without_end_is_refused() => Assert.Throws<FormatException>(() => _json.Loads(new string('[', 100_000)));

    [Fact]
    public void A_registered_tag_writes_and_reads_its_type()
    {
        _json.Register(new VersionTag());
        Assert.Equal("[{\" v\":[1,{\" t\":[2]}]}]", _json.Dumps(new[] { new Version(1, 2) }));
        Assert.Equal(new Version(1, 2), _json.Loads("{\" v\":[1,{\" t\":[2]}]}"));
        Assert.Equal("{\" di\":{\" v__\":1}}", _json.Dumps(new Dictionary<string, object?> { [" v"] = 1 }));
    }

    [Fact]
    public void A_taken_key_is_registered_only_by_force()
    {
        _json.Register(new VersionTag());
        var error = Assert.Throws<ArgumentException>(() => _json.Register(new VersionTag()));
        Assert.StartsWith("The tag ' v' is already registered; choose another key, or replace it with force: true.", error.Message, StringComparison.Ordinal);
        _json.Register(new VersionTag(), force: true);
    }

    [Fact]
    public void A_tag_registered_first_is_asked_before_those_of_Flask()
    {
        _json.Register(new FirstTag(), index: 0);
        Assert.Equal("{\" 1\":\"(1, 2)\"}", _json.Dumps((1, 2)));
    }

    [Fact]
    public void The_culture_decides_nothing()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "~";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            Assert.Equal("[-1,-1.5,-1.5,\"-1.5\",-1,-1e-07]", _json.Dumps(new object[] { -1, -1.5, -1.5f, -1.5m, (Sign)(-1), -1e-7 }));
            Assert.Equal(new List<object?> { -1L, -1.5, new BigInteger(-1e30) }, _json.Loads("[-1,-1.5,-1000000000000000019884624838656]"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private enum Sign
    {
        None,
    }

    private sealed record Point(int X, int Y);

    private readonly record struct Size(int Width);

    private sealed class GenericOnly : IEnumerable<KeyValuePair<string, int>>
    {
        public IEnumerator<KeyValuePair<string, int>> GetEnumerator()
        {
            yield return new("a", 1);
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class VersionTag : JsonTag
    {
        public override string Key => " v";

        public override bool Check(object value) => value is Version;

        public override object ToJson(object value) => new object[] { ((Version)value).Major, ValueTuple.Create(((Version)value).Minor) };

        public override object FromJson(object? value) => value is List<object?> and [long major, JsonTuple and [long minor]]
            ? new Version((int)major, (int)minor)
            : throw new FormatException("the content of tag ' v' is no version");
    }

    private sealed class FirstTag : JsonTag
    {
        public override string Key => " 1";

        public override bool Check(object value) => value is ValueTuple<int, int>;

        public override object? ToJson(object value) => value.ToString();

        public override object? FromJson(object? value) => value;
    }
}
