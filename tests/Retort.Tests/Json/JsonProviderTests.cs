using System.Numerics;
using System.Text;
using System.Text.Json;
using Retort.Jinja;
using Retort.Json;
using Retort.Tests.Shared;

namespace Retort.Tests.Json;

public sealed class JsonProviderTests
{
    private readonly JsonProvider _json = new();

    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(1e22, "1e+22")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(1e16, "1e+16")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(double.NaN, "NaN")]
    public void Floats_are_pythons(double value, string text) => Assert.Equal(text, _json.Dumps(value));

    [Fact]
    public void Dates_decimals_and_ids_are_flasks()
    {
        var time = new DateTime(2024, 2, 29, 12, 30, 45, DateTimeKind.Utc);
        Assert.Equal("\"Thu, 29 Feb 2024 12:30:45 GMT\"", _json.Dumps(time));
        Assert.Equal("\"Thu, 29 Feb 2024 10:30:45 GMT\"", _json.Dumps(new DateTimeOffset(2024, 2, 29, 12, 30, 45, TimeSpan.FromHours(2))));
        Assert.Equal("\"Thu, 29 Feb 2024 00:00:00 GMT\"", _json.Dumps(new DateOnly(2024, 2, 29)));
        Assert.Equal("\"12.340\"", _json.Dumps(12.340m));
        Assert.Equal("\"12345678-1234-5678-1234-567812345678\"", _json.Dumps(Guid.Parse("12345678-1234-5678-1234-567812345678")));
        Assert.Equal("[1,[2,\"x\"]]", _json.Dumps((1, (2, "x"))));
        Assert.Equal("12345678901234567890123", _json.Dumps(BigInteger.Parse("12345678901234567890123", null)));
    }

    [Fact]
    public void Text_is_escaped_as_pythons_json_does()
    {
        const string text = "\"\\/\b\f\n\r\t\u0001\u007fé日😀\u2028<a href='x'>&</a>";
        Assert.Equal("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\\u00e9\\u65e5\\ud83d\\ude00\\u2028<a href='x'>&</a>\"", _json.Dumps(text));
        _json.EnsureAscii = false;
        Assert.Equal("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007fé日😀\u2028<a href='x'>&</a>\"", _json.Dumps(text));
    }

    [Fact]
    public void Random_text_and_floats_equal_pythons()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 500).Select(_ => new
        {
            text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => new Rune(random.Next(4) == 0 ? random.Next(0xE000, 0x10FFFF) : random.Next(0x180)).ToString())),
            number = BitConverter.Int64BitsToDouble(random.NextInt64()) is var d && double.IsFinite(d) ? d : 0.5,
        }).ToList();
        var ours = _json.Dumps(values);
        var theirs = Repository.Python("import json,sys\nprint(json.dumps(json.load(open(sys.argv[1])), separators=(',', ':')))", ["json"], WriteTemporary(ours));
        Assert.Equal(theirs.TrimEnd('\n'), ours);
    }

    [Fact]
    public void Keys_are_sorted_when_asked_numbers_by_value()
    {
        _json.SortKeys = true;
        Assert.Equal("{\"a\":{\"x\":1,\"y\":2},\"b\":1}", _json.Dumps(new { b = 1, a = new { y = 2, x = 1 } }));
        Assert.Equal("{\"1\":\"a\",\"2\":\"b\",\"10\":\"c\"}", _json.Dumps(new Dictionary<int, string> { [10] = "c", [2] = "b", [1] = "a" }));
    }

    [Fact]
    public void Text_keys_are_sorted_by_code_point_and_members_by_name()
    {
        _json.SortKeys = true;
        Assert.Equal(
            "{\"10\":1,\"9\":2,\"\\ufffd\":3,\"\\ud83d\\ude00\":4}",
            _json.Dumps(new Dictionary<string, object?> { ["😀"] = 4, ["\uFFFD"] = 3, ["9"] = 2, ["10"] = 1 }));
        Assert.Equal("{\"A\":1,\"_\":2,\"a\":{\"y\":1,\"z\":NaN}}", _json.Dumps(new { a = new OrderedDictionary<string, double> { ["z"] = double.NaN, ["y"] = 1 }, A = 1, _ = 2 }).Replace("1.0", "1", StringComparison.Ordinal));
        Assert.Equal(1, _json.Loads<Dictionary<string, int>>("{\"b\":1}"u8)!["b"]);
    }

    [Fact]
    public void What_gives_its_own_html_is_that_text() => Assert.Equal("[\"<b>\"]", _json.Dumps(new object[] { new Markup("<b>") }));

    [Fact]
    public void Bytes_have_no_json()
    {
        var error = Assert.Throws<JsonWriteError>(() => _json.Dumps(new { bytes = new byte[] { 1 } }));
        Assert.Contains("JSON has no bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("[-Infinity]")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"b\":1,\"a\":-0.0}")]
    public void What_python_reads_is_written_back_as_it_was(string text) => Assert.Equal(text, _json.Dumps(_json.Loads(Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void The_encoding_is_told_by_the_first_bytes(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = encoding.GetBytes("[\"ü\"]");
        Assert.Equal(["ü"], (List<object?>)_json.Loads(text)!);
        Assert.Equal(["ü"], (List<object?>)_json.Loads([.. encoding.GetPreamble(), .. text])!);
    }

    [Fact]
    public void Lists_may_be_nested_deeply_and_not_for_ever()
    {
        var text = new string('[', 400) + new string(']', 400);
        Assert.Equal(text, _json.Dumps(_json.Loads(Encoding.ASCII.GetBytes(text))));
        Assert.Throws<JsonException>(() => _json.Loads(Encoding.ASCII.GetBytes(new string('[', 100_000))));
    }

    [Fact]
    public void In_debug_mode_it_is_indented_unless_told_otherwise()
    {
        _json.Debug = true;
        Assert.Equal("{\n  \"a\": 1\n}", _json.Dumps(new { a = 1 }));
        _json.Compact = true;
        Assert.Equal("{\"a\":1}", _json.Dumps(new { a = 1 }));
    }

    [Fact]
    public void What_json_cannot_write_is_named()
    {
        var error = Assert.Throws<JsonWriteError>(() => _json.Dumps(new { stream = new Action(() => { }) }));
        Assert.StartsWith("cannot write a <>f__AnonymousType", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Return plain values, or add a converter to app.Json.Options.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_match_without_regard_to_case_when_read_and_may_differ_in_it_when_written()
    {
        Assert.Equal("{\"url\":1,\"Url\":2}", _json.Dumps(new { url = 1, Url = 2 }));
        Assert.Equal("t", _json.Loads<Note>("""{"title": "t"}"""u8)!.Title);
    }

    [Fact]
    public void Text_is_read_as_plain_values()
    {
        var value = (OrderedDictionary<string, object?>)_json.Loads("""{"a": [1, 2.0, "x", null, true], "b": 123456789012345678901}"""u8)!;
        Assert.Equal([1L, 2.0, "x", null, true], (List<object?>)value["a"]!);
        Assert.Equal(BigInteger.Parse("123456789012345678901", null), value["b"]);
        Assert.ThrowsAny<JsonException>(() => _json.Loads("{"u8));
        Assert.ThrowsAny<JsonException>(() => _json.Loads("1 2"u8));
        Assert.ThrowsAny<JsonException>(() => _json.Loads(Encoding.UTF8.GetBytes(new string('[', 100))));
    }

    private sealed record Note(string Title);

    private static string WriteTemporary(string text)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "values.json");
        File.WriteAllText(path, text);
        return path;
    }
}
