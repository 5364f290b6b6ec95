using System.Text;
using Retort.Tests.Shared;

namespace Retort.Jinja.Tests.Builtins;

public class GettextCatalogTests
{
    private const string Po = """
        # A comment
        msgid ""
        msgstr ""
        "Language: pl\n"
        "Plural-Forms: nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;\n"

        msgid "Hello \"you\"\n"
        msgstr "Cześć "
        "ty\n"

        msgctxt "month"
        msgid "May"
        msgstr "maj"

        #, fuzzy
        msgid "Guess"
        msgstr "Zgadnij"

        msgid "%(num)s file"
        msgid_plural "%(num)s files"
        msgstr[0] "%(num)s plik"
        msgstr[1] "%(num)s pliki"
        msgstr[2] "%(num)s plików"

        msgid "Untranslated"
        msgstr ""
        """;

    private static GettextCatalog Catalog => GettextCatalog.FromPo(new StringReader(Po));

    [Fact]
    public void A_text_catalogue_gives_messages_contexts_and_plurals()
    {
        Assert.Equal("pl", Catalog.Headers["language"]);
        Assert.Equal("Cześć ty\n", Catalog.Gettext("Hello \"you\"\n"));
        Assert.Equal("maj", Catalog.PGettext("month", "May"));
        Assert.Equal("May", Catalog.Gettext("May"));
        Assert.Equal("Guess", Catalog.Gettext("Guess"));
        Assert.Equal("Untranslated", Catalog.Gettext("Untranslated"));
        Assert.Equal(["plik", "pliki", "plików", "plików", "pliki"], new long[] { 1, 3, 5, 12, 22 }.Select(n => Catalog.NGettext("%(num)s file", "%(num)s files", n).Split(' ')[1]));
        Assert.Equal("dogs", Catalog.NGettext("dog", "dogs", 2));
        Assert.Equal("dog", Catalog.NPGettext("animal", "dog", "dogs", 1));
    }

    [Fact]
    public void A_binary_catalogue_made_by_Python_gives_the_same()
    {
        const string script = """
            import sys, struct
            messages = {b"": b"Plural-Forms: nplurals=2; plural=(n > 1);\n", b"ctx\x04a": "é".encode(), b"one\x00many": b"un\x00plusieurs"}
            keys = sorted(messages)
            ids, strs, offsets = b"", b"", []
            for key in keys:
                offsets.append((len(key), len(ids), len(messages[key]), len(strs)))
                ids += key + b"\0"
                strs += messages[key] + b"\0"
            start = 28 + 16 * len(keys)
            table = b"".join(struct.pack("<II", l, o + start) for l, o, _, _ in offsets) + b"".join(struct.pack("<II", l, o + start + len(ids)) for _, _, l, o in offsets)
            data = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0) + table + ids + strs
            print(data.hex())
            """;
        var catalog = GettextCatalog.FromMo(Convert.FromHexString(Repository.Python(script, []).Trim()));
        Assert.Equal("é", catalog.PGettext("ctx", "a"));
        Assert.Equal(["un", "un", "plusieurs"], new long[] { 0, 1, 2 }.Select(n => catalog.NGettext("one", "many", n)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello, this is no catalogue")]
    [InlineData("\u00de\u0012\u0004\u0095\0\0\0\0\u00ff\u00ff\u00ff\u007f\0\0\0\0\0\0\0\0")]
    public void Bytes_that_are_no_catalogue_are_refused(string bytes) => Assert.Throws<FormatException>(() => GettextCatalog.FromMo(Encoding.Latin1.GetBytes(bytes)));

    [Theory]
    [InlineData("msgid \"a", "line 1: the text is not in double quotes")]
    [InlineData("msgstr \"a\"", "line 1: msgstr stands before msgid")]
    [InlineData("\n\"a\"", "line 2: a string stands before any keyword")]
    [InlineData("what", "line 1: the keyword is not msgctxt, msgid, msgid_plural or msgstr")]
    public void A_text_catalogue_that_is_not_valid_names_its_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => GettextCatalog.FromPo(new StringReader(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("n != 1", 1, 0)]
    [InlineData("n>1", 5, 1)]
    [InlineData("!n ? 7 : n % 3", 0, 7)]
    [InlineData("(n==0 || n==1) && 2 - 1", 1, 1)]
    [InlineData("n / 0", 1, 0)]
    [InlineData("0", 9, 0)]
    public void Plural_rules_are_expressions_of_C(string rule, long n, int expected) => Assert.Equal(expected, PluralRule.Parse(rule).FormOf(n));

    [Fact]
    public void A_plural_rule_nested_too_deeply_is_refused()
    {
        Assert.Throws<FormatException>(() => PluralRule.Parse(new string('(', 400) + "n" + new string(')', 400)));
        Assert.Throws<FormatException>(() => PluralRule.Parse(new string('!', 900) + "n"));
        Assert.Throws<FormatException>(() => PluralRule.Parse("n +"));
    }
}
