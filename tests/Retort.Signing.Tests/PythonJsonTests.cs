using System.Buffers;
using System.Numerics;
using System.Text;

namespace Retort.Signing.Tests;

public class PythonJsonTests
{
    [Fact]
    public void Spaced_JSON_is_that_of_json_dumps() =>
        Assert.Equal("{\"b\": [1, \"\\u00e9\"], \"a\": {}}", Dumps(PythonJson.Spaced, new { b = new object[] { 1, "é" }, a = new { } }));

    [Fact]
    public void Compact_JSON_keeps_text_as_UTF8_and_the_order_of_keys() =>
        Assert.Equal(
            "{\"b\":[1,\"é\ud83d\ude00\u007f\\u0001\"],\"a\":[]}",
            Dumps(PythonJson.Compact, new { b = new object[] { 1, "é\ud83d\ude00\u007f\u0001" }, a = (int[])[] }));

    [Fact]
    public void Half_a_surrogate_pair_has_no_UTF8()
    {
        var error = Assert.Throws<NotSupportedException>(() => Dumps(PythonJson.Compact, new { a = "\ud800" }));
        Assert.Equal("The value at 'a' holds half a surrogate pair, which has no UTF-8; repair the text first.", error.Message);
    }

    [Fact]
    public void A_tuple_is_a_list_where_there_are_no_tags() => Assert.Equal("[1, 2]", Dumps(PythonJson.Spaced, (1, 2)));

    public static TheoryData<string, object?> Texts => new()
    {
        { " 1 ", 1L },
        { "-0", 0L },
        { "9223372036854775807", long.MaxValue },
        { "9223372036854775808", BigInteger.Pow(2, 63) },
        { "1.0", 1.0 },
        { "1E5", 100000.0 },
        { "-1.5e-7", -1.5e-7 },
        { "1e999", double.PositiveInfinity },
        { "NaN", double.NaN },
        { "-Infinity", double.NegativeInfinity },
        { "\"\\u00e9\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\\\\\\"\"", "é\ud83d\ude00/\b\f\n\r\t\\\"" },
        { "\"\\ud800\"", "\ud800" },
        { "[ ]", new List<object?>() },
        { "[null , true,false]", new List<object?> { null, true, false } },
        { "{ \"a\" : 1 , \"b\":2,\"a\":3}", new OrderedDictionary<string, object?> { ["a"] = 3L, ["b"] = 2L } },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_is_read_as_json_loads_reads_it(string text, object? value) => Assert.Equal(value, Loads(text));

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("nul")]
    [InlineData("\"")]
    [InlineData("\"\n\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\u+123\"")]
    [InlineData("\"\\u12")]
    [InlineData("\"\\")]
    [InlineData("[1,]")]
    [InlineData("[1")]
    [InlineData("[")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("{1:1}")]
    [InlineData("1 2")]
    [InlineData("\ufeff1")]
    public void Text_that_json_loads_refuses_is_refused(string text) => Assert.Throws<FormatException>(() => Loads(text));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused() => Assert.Throws<FormatException>(() => PythonJson.Compact.Loads([(byte)'"', 0xff, (byte)'"']));

    [Fact]
    public void An_integer_may_have_4300_digits_as_in_Python()
    {
        Assert.IsType<BigInteger>(Loads(new string('9', 4300)));
        Assert.Throws<FormatException>(() => Loads(new string('9', 4301)));
    }

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e23, "1e+23")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(1e100, "1e+100")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(100.5, "100.5")]
    [InlineData(0.5, "0.5")]
    public void Floats_are_written_as_Python_prints_them(double value, string text) => Assert.Equal(text, Dumps(PythonJson.Compact, value));

    private static string Dumps(PythonJson json, object? value)
    {
        var output = new ArrayBufferWriter<byte>();
        json.Dumps(value, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static object? Loads(string text) => PythonJson.Compact.Loads(Encoding.UTF8.GetBytes(text));
}
