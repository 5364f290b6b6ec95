using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Retort.Configuration;
using Retort.Tests.Shared;

namespace Retort.Tests.Configuration;

public class DotEnvParserTests
{
    private static readonly string[] Pieces =
    [
        "A", "B", "x", "=", " ", "\t", "\n", "\r\n", "\r", "#", "'", "\"", "\\", "export ", "export", "${A}", "${B:-", "}", "${", ":", "-", "A=1\n", "B='", "C=\"", "\\n", "\\\"", "\\'", "é", "\u00a0",
        "\u0085", "\u001c", "\0", "日", "A=", "\n\n", " #", "$", "{",
    ];

    private static Gen<string> Texts { get; } = Gen.Choose(0, Pieces.Length - 1).Select(n => Pieces[n]).ListOf().Select(pieces => string.Concat(pieces));

    // Recorded from python-dotenv 0.21: dotenv_values(stream=StringIO(text)) with SET=env in the environment.
    [Theory]
    [InlineData("A=b", "A=b")]
    [InlineData("export A=b", "A=b")]
    [InlineData("export=b", "export=b")]
    [InlineData(" A = b ", "A=b")]
    [InlineData("A=b # comment", "A=b")]
    [InlineData("A=b#no comment", "A=b#no comment")]
    [InlineData("A=#no comment", "A=#no comment")]
    [InlineData("A= #no comment either", "A=#no comment either")]
    [InlineData("# A=b", "")]
    [InlineData("A=a b c", "A=a b c")]
    [InlineData("A", "A!")]
    [InlineData("A=", "A=")]
    [InlineData("A=''", "A=")]
    [InlineData("A='b # c'", "A=b # c")]
    [InlineData("A='b' # c", "A=b")]
    [InlineData("A='it\\'s\\n'", "A=it's\\n")]
    [InlineData("A=\"b\\nc\\t\\\"d\\\" \\x\"", "A=b\nc\t\"d\" \\x")]
    [InlineData("A=\"b\nc\"\nB=d", "A=b\nc|B=d")]
    [InlineData("A='b\nc'", "A=b\nc")]
    [InlineData("A=\\n", "A=\\n")]
    [InlineData("A=b\"c\"", "A=b\"c\"")]
    [InlineData("'A B'=c", "A B=c")]
    [InlineData("A=\"b\" c\nB=d", "B=d")]
    [InlineData("A=\"b\nB=d", "B=d")]
    [InlineData("=b\nB=d", "B=d")]
    [InlineData("A b\nB=d", "B=d")]
    [InlineData("A=\"b\\\"", "A=b\\")]
    [InlineData("A=${SET}", "A=env")]
    [InlineData("A='${SET}'", "A=env")]
    [InlineData("A=${NONE}", "A=")]
    [InlineData("A=${NONE:-d e}", "A=d e")]
    [InlineData("A=${SET:-d}", "A=env")]
    [InlineData("A=$SET", "A=$SET")]
    [InlineData("A=${SET:d}", "A=${SET:d}")]
    [InlineData("A=${SET", "A=${SET")]
    [InlineData("SET=file\nA=${SET}", "SET=file|A=file")]
    [InlineData("A=1\nA=${A}2", "A=12")]
    [InlineData("A\nB=${A:-d}", "A!|B=")]
    [InlineData("A=1\r\nB=2\rC=3", "A=1|B=2|C=3")]
    public void A_file_is_read_as_python_dotenv_reads_it(string text, string entries) => Assert.Equal(entries, Shown(Values(text)));

    [Fact]
    public void The_line_of_a_statement_that_cannot_be_read_is_known()
    {
        var (entries, unreadable) = DotEnvParser.Parse("A=1\n\n= 2\nB=\"x\ny\"\nC 3\r\nD='\nE=5");
        Assert.Equal(["A", "B", "E"], entries.Select(entry => entry.Name));
        Assert.Equal([3, 6, 7], unreadable);
    }

    [Fact]
    public void No_text_is_an_error() => Prop.ForAll(Texts.ToArbitrary(), text =>
    {
        var (entries, unreadable) = DotEnvParser.Parse(text);
        Assert.All(entries, entry => Assert.NotEmpty(entry.Name));
        Assert.All(unreadable, line => Assert.InRange(line, 1, text.Length + 1));
        _ = DotEnv.Expand(entries, _ => null);
    }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(int.Parse(Environment.GetEnvironmentVariable("RETORT_PROPERTY_RUNS") ?? "300", CultureInfo.InvariantCulture)));

    [Fact]
    public void What_is_quoted_comes_back() => Prop.ForAll(Texts.ToArbitrary(), value =>
    {
        var text = value.Replace("${", "", StringComparison.Ordinal);
        var quoted = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        // The format has no way to write a backslash before the closing quote, nor a null character.
        if (quoted.EndsWith('\\'))
            return;
        Assert.Equal([new DotEnvEntry("A", text)], DotEnvParser.Parse($"A=\"{quoted}\"").Entries);
    }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_long_file_takes_time_in_proportion()
    {
        var text = string.Concat(Enumerable.Repeat("A=\"\\\"\n'x\n${", 100_000));
        Assert.True(DotEnvParser.Parse(text).UnreadableLines.Count > 0);
    }

    [Fact]
    public void Random_files_are_read_as_the_installed_python_dotenv_reads_them()
    {
        var random = new Random(7);
        var texts = Enumerable.Range(0, 3000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Pieces[random.Next(Pieces.Length)]))).ToArray();
        const string script = """
            import io, json, logging, os, sys
            logging.disable(logging.CRITICAL)
            from dotenv import dotenv_values
            os.environ["SET"] = "env"
            for name in ("A", "B", "C"):
                os.environ.pop(name, None)
            with open(sys.argv[1], encoding="utf-8") as file:
                texts = json.load(file)
            print(json.dumps([dict(dotenv_values(stream=io.StringIO(text, newline=""))) for text in texts]))
            """;
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(texts));
            var answers = JsonSerializer.Deserialize<Dictionary<string, string?>[]>(Repository.Python(script, ["dotenv"], file))!;
            for (var i = 0; i < texts.Length; i++)
                Assert.True(Shown(answers[i]) == Shown(Values(texts[i])), $"{JsonSerializer.Serialize(texts[i])}: {Shown(answers[i])} | {Shown(Values(texts[i]))}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Dictionary<string, string?> Values(string text) => DotEnv.Expand(DotEnvParser.Parse(text).Entries, name => name == "SET" ? "env" : null);

    private static string Shown(Dictionary<string, string?> values) => string.Join('|', values.Select(entry => entry.Value is null ? entry.Key + "!" : $"{entry.Key}={entry.Value}"));
}
