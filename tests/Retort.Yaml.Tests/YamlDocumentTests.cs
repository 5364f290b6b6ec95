using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Retort.Tests.Shared;

namespace Retort.Yaml.Tests;

public class YamlDocumentTests
{
    private static readonly string[] Scalars =
    [
        "yes", "No", "ON", "oFf", "y", "N", "true", "TRUE", "tRue", "null", "~", "Null", "nULL", "0", "00", "0755", "-0755", "08", "0b101", "0b2", "0x1F", "-0x1f", "0o17", "1_000", "+12", "-12", "1:30", "190:20:30",
        "1:75", "1.5", "1.", ".5", "-.5", "+1.5", "1e3", "1.0e3", "1.0e+3", "1.5E-2", "1_0.5_0", "1:30.5", ".inf", "-.INF", ".iNF", ".nan", ".NaN", "2001-12-14", "2001-1-1", "2001-12-14t21:59:43.10-05:00",
        "2001-12-14 21:59:43.10 -5", "2001-12-15 2:59:43.10", "2001-12-14T21:59:43Z", "2001-12-14T21:59:43.1234567Z", "12345678901234567890", "-9223372036854775808", "9223372036854775808", "a b", "'yes'", "\"1\"",
        "!!str 12", "!!int \"12\"", "!!float 3", "!!bool \"yes\"", "!!null x", "! 12", "!!int 0b11", "1,000", "1.2.3", "-", "--- ", "+", ".", "0x", "1__2", "127.0.0.1", "12:30:45:50", "0:0", "é", "!!binary aGk=",
    ];

    [Fact]
    public void Scalars_are_what_pyyaml_reads() => AssertSame(Scalars.Select(scalar => "- " + scalar));

    [Fact]
    public void Collections_anchors_and_merges_are_what_pyyaml_reads() => AssertSame(
    [
        "", "# only a comment", "---\n", "a: 1\nb: [x, {y: z}]\n", "- - 1\n  - 2\n- {}\n- []\n", "a: |\n  one\n  two\nb: >-\n  one\n  two\n", "a: &x [1, 2]\nb: *x\n", "base: &b {x: 1, y: 2}\nd:\n  <<: *b\n  y: 3\n",
        "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b], z: 3}\n", "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc:\n  <<: *a\n  <<: *b\n", "a: {z: 1, <<: {z: 2, w: 3}}", "a: 1\na: 2\n", "1: a\n2: b\n", "yes: a\n2001-12-14: b\n", "'<<': 1\n",
        "a:\n- 1\n- 2\nb: 3\n", "? a\n: b\n", "a: \"\\u00e9\\n\\x41\"\n", "a: 'it''s'\n", "%YAML 1.1\n---\na: 1\n...\n", "!!map {a: !!seq [1]}",
    ]);

    [Theory]
    [InlineData("a: 1\nb: [1, 2\nc: 3\n", "line 3, column 1: ")]
    [InlineData("a: !python/object:os.system [x]", "line 1, column 4: the tag !python/object:os.system does not make a value of this. Leave it out: only YAML's own types are read.")]
    [InlineData("a: !!python/name:os.system ''", "line 1, column 4: the tag !!python/name:os.system does not make a value of this. Leave it out: only YAML's own types are read.")]
    [InlineData("a: *b", "line 1, column 4: ")]
    [InlineData("a: &a [*a]", "line 1, column 8: the alias *a stands for a collection around it.")]
    [InlineData("a: 1\n---\nb: 2\n", "line 2, column 1: another document begins here, where one is expected. Keep one document in a file.")]
    [InlineData("a: 1\nb: 2001-02-30\n", "line 2, column 4: '2001-02-30' is no date: write a day that exists, or quotes around it.")]
    [InlineData("a: !!int x", "line 1, column 4: 'x' is no whole number: write digits.")]
    [InlineData("a: !!float x", "line 1, column 4: 'x' is no number: write digits with a point.")]
    [InlineData("a: !!bool maybe", "line 1, column 4: 'maybe' is no truth value: write one of true, false, yes, no, on, off.")]
    [InlineData("a: !!binary '*'", "line 1, column 4: '*' is no base64 text: write letters, digits, '+' and '/', filled up with '='.")]
    [InlineData("~: 1", "line 1, column 1: a key cannot be null. Write quotes around it.")]
    [InlineData("? [a]\n: 1", "line 1, column 3: a key cannot be a collection. Use text, a number, a truth value or a date.")]
    [InlineData("a: {<<: 1}", "line 1, column 9: '<<' takes in a mapping or a list of mappings; this is none.")]
    [InlineData("a: {<<: [[{x: 1}]]}", "line 1, column 9: '<<' takes in a mapping or a list of mappings; this is none.")]
    [InlineData("a: \tb: c", "line 1, column ")]
    public void What_cannot_be_read_is_an_error_with_its_place(string text, string message) => Assert.StartsWith(message, Assert.Throws<YamlError>(() => YamlDocument.Load(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_bomb_of_aliases_is_refused_at_the_line_that_sets_it_off()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
            text.AppendLine(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        var error = Assert.Throws<YamlError>(() => YamlDocument.Load(text.ToString()));
        Assert.Equal((6, "this holds more than 1000000 values once its aliases are written out."), (error.Line, error.Message.Split(": ", 2)[1]));
    }

    [Fact]
    public void A_document_nested_deeper_than_the_stack_is_an_error() =>
        Assert.Contains("deeper in each other than 512", Assert.Throws<YamlError>(() => YamlDocument.Load(new string('[', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_number_too_long_to_be_meant_is_an_error() => Assert.Throws<YamlError>(() => YamlDocument.Load(new string('9', 100_000)));

    [Fact]
    public void Streams_are_read_in_utf8_and_utf16()
    {
        Assert.Equal("é", YamlDocument.Load(new MemoryStream(Encoding.UTF8.GetBytes("é"))));
        Assert.Equal("é", YamlDocument.Load(new MemoryStream([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("é")])));
    }

    [Fact]
    public void No_text_gives_anything_but_values_or_its_own_error()
    {
        string[] pieces =
        [
            "a", "b: ", ": ", "- ", "\n", "\n  ", "  ", "[", "]", "{", "}", ",", "&x ", "*x", "!!int ", "!!map ", "! ", "!<x> ", "|\n", ">-\n ", "\"", "'", "#", "? ", "<<: ", "~", "1", "0x", "%YAML 1.1\n", "---\n", "...\n",
            "\t", "\\", "\\u12", "é", "\0", "\u0085", "@", "`", "%", "=", "2001-01-01", "\ufeff", "\ud800",
        ];
        var texts = Gen.Choose(0, pieces.Length - 1).Select(n => pieces[n]).ListOf().Select(chosen => string.Concat(chosen));
        var runs = int.Parse(Environment.GetEnvironmentVariable("RETORT_PROPERTY_RUNS") ?? "500", CultureInfo.InvariantCulture);
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            try
            {
                YamlDocument.Load(text);
            }
            catch (YamlError error)
            {
                Assert.InRange(error.Line, 1, text.Length + 2);
            }
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(runs));
    }

    /// <summary>Compares with the installed PyYAML, both shown in one notation; what one refuses the other has to refuse.</summary>
    private static void AssertSame(IEnumerable<string> documents)
    {
        var texts = documents.ToArray();
        const string script = """
            import datetime, json, sys, yaml
            def shown(v):
                if v is None: return "null"
                if isinstance(v, bool): return "true" if v else "false"
                if isinstance(v, int): return "i%d" % v
                if isinstance(v, float): return "f" + ("nan" if v != v else "inf" if v == float("inf") else "-inf" if v == -float("inf") else "%.12g" % v)
                if isinstance(v, str): return "\"" + v + "\""
                if isinstance(v, bytes): return "b" + v.hex()
                if isinstance(v, datetime.datetime): return "t" + v.strftime("%Y-%m-%dT%H:%M:%S.%f") + ("" if v.tzinfo is None else "%+d" % (v.utcoffset().total_seconds() / 60))
                if isinstance(v, datetime.date): return "d" + v.isoformat()
                if isinstance(v, list): return "[" + ", ".join(map(shown, v)) + "]"
                return "{" + ", ".join(shown(k) + ": " + shown(x) for k, x in v.items()) + "}"
            def load(text):
                try: return shown(yaml.safe_load(text))
                except Exception: return "error"
            with open(sys.argv[1], encoding="utf-8") as file:
                print(json.dumps([load(text) for text in json.load(file)]))
            """;
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(texts));
            var answers = JsonSerializer.Deserialize<string[]>(Repository.Python(script, ["yaml"], file))!;
            Assert.Equal(texts.Zip(answers), texts.Select(text => (text, Loaded(text))));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Loaded(string text)
    {
        try
        {
            return Shown(YamlDocument.Load(text));
        }
        catch (YamlError)
        {
            return "error";
        }
    }

    private static string Shown(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        long or BigInteger => $"i{value}",
        double number => "f" + (double.IsNaN(number) ? "nan" : double.IsInfinity(number) ? number > 0 ? "inf" : "-inf" : number.ToString("G12", CultureInfo.InvariantCulture)),
        string text => "\"" + text + "\"",
        byte[] bytes => "b" + Convert.ToHexStringLower(bytes),
        DateOnly day => "d" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => "t" + time.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateTimeOffset time => "t" + time.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture) + ((int)time.Offset.TotalMinutes).ToString("+0;-0", CultureInfo.InvariantCulture),
        List<object?> list => $"[{string.Join(", ", list.Select(Shown))}]",
        IDictionary dictionary => $"{{{string.Join(", ", dictionary.Keys.Cast<object>().Select(key => $"{Shown(key)}: {Shown(dictionary[key])}"))}}}",
        _ => throw new InvalidOperationException($"no plain value: {value.GetType()}"),
    };
}
