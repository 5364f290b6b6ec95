using System.Buffers.Binary;
using System.Text;

namespace Retort.Jinja.Tests.Builtins;

public sealed class DamagedCatalogTests
{
    private const string Header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n";

    // A catalogue as msgfmt writes it: header, table of keys, table of translations, texts.
    private static byte[] Mo(bool little, Encoding encoding, params (string Key, string Text)[] entries)
    {
        var result = new List<byte>();
        var texts = entries.Select(entry => encoding.GetBytes(entry.Key)).Concat(entries.Select(entry => encoding.GetBytes(entry.Text))).ToArray();
        foreach (var number in new uint[] { 0x950412DE, 0u, (uint)entries.Length, 28u, (uint)(28 + (entries.Length * 8)), 0u, 0u })
            result.AddRange(Number(number));
        var offset = 28 + (texts.Length * 8);
        foreach (var text in texts)
        {
            result.AddRange([.. Number((uint)text.Length), .. Number((uint)offset)]);
            offset += text.Length + 1;
        }
        foreach (var text in texts)
            result.AddRange([.. text, 0]);
        return [.. result];

        byte[] Number(uint number)
        {
            var bytes = new byte[4];
            if (little)
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
            else
                BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
            return bytes;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Both_orders_of_bytes_are_read(bool little) =>
        Assert.Equal("Käse", GettextCatalog.FromMo(Mo(little, Encoding.UTF8, ("", Header), ("cheese", "Käse"))).Gettext("cheese"));

    [Fact]
    public void A_catalogue_is_in_the_charset_that_it_names()
    {
        var header = Header.Replace("UTF-8", "ISO-8859-1", StringComparison.Ordinal);
        Assert.Equal("Käse", GettextCatalog.FromMo(Mo(true, Encoding.Latin1, ("", header), ("cheese", "Käse"))).Gettext("cheese"));
        var path = Path.GetTempFileName() + ".po";
        try
        {
            File.WriteAllText(path, "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-1\\n\"\nmsgid \"cheese\"\nmsgstr \"Käse\"\n", Encoding.Latin1);
            Assert.Equal("Käse", GettextCatalog.Load(path).Gettext("cheese"));
            File.WriteAllText(path, "msgid \"cheese\"\nmsgstr \"Käse\"\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            Assert.Equal("Käse", GettextCatalog.Load(path).Gettext("cheese"));
            File.WriteAllText(path, "msgid \"cheese\"\nmsgstr \"Käse\"\n", Encoding.Latin1);
            Assert.Contains("says that it is utf-8, but byte", Assert.Throws<FormatException>(() => GettextCatalog.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
        Assert.Contains("charset 'klingon', which is not known", Assert.Throws<FormatException>(() => GettextCatalog.FromMo(Mo(true, Encoding.UTF8, ("", "Content-Type: text/plain; charset=klingon\n")))).Message, StringComparison.Ordinal);
        Assert.Equal("b", GettextCatalog.FromMo(Mo(true, Encoding.UTF8, ("", "Content-Type: text/plain; charset=CHARSET\n"), ("a", "b"))).Gettext("a"));
    }

    [Fact]
    public void A_binary_catalogue_cut_off_anywhere_is_refused_or_read()
    {
        var bytes = Mo(true, Encoding.UTF8, ("", Header), ("cat\0cats", "Katze\0Katzen"), ("menu\u0004cat", "K"));
        for (var length = 0; length < bytes.Length - 1; length++)
            Assert.Throws<FormatException>(() => GettextCatalog.FromMo(bytes.AsSpan(0, length)));
        Assert.Equal("Katzen", GettextCatalog.FromMo(bytes).NGettext("cat", "cats", 2));
        Assert.Equal("K", GettextCatalog.FromMo(bytes).PGettext("menu", "cat"));
    }

    [Fact]
    public void Every_wrong_byte_of_a_binary_catalogue_is_an_error_or_another_catalogue()
    {
        var bytes = Mo(true, Encoding.UTF8, ("", Header), ("cat\0cats", "Katze\0Katzen"));
        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (var value in new byte[] { 0, 1, 0x7f, 0x80, 0xff })
            {
                var wrong = (byte[])bytes.Clone();
                wrong[at] = value;
                var error = Record.Exception(() => GettextCatalog.FromMo(wrong).NGettext("cat", "cats", 5));
                Assert.True(error is null or FormatException, $"{value} at {at}: {error}");
            }
        }
    }

    [Fact]
    public void A_small_file_of_texts_that_overlap_does_not_fill_the_memory()
    {
        // A thousand entries, each of which is nearly the whole file.
        const int count = 1000;
        var bytes = new byte[28 + (count * 16)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0x950412DE);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), count);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), 28);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), 28 + (count * 8));
        for (var i = 0; i < count * 2; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28 + (i * 8)), (uint)(bytes.Length - 1));
        Assert.Contains("its texts overlap", Assert.Throws<FormatException>(() => GettextCatalog.FromMo(bytes)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("msgid \"a\"", "the last msgid has no msgstr; the file seems to be cut off")]
    [InlineData("msgid \"a\"\nmsgid \"b\"\nmsgstr \"c\"", "a msgid before it has no msgstr")]
    [InlineData("msgid \"a\"\nmsgstr \"b", "the text is not in double quotes")]
    [InlineData("msgid \"a\"\nmsgstr \"b\\\"", "the closing quote is escaped")]
    [InlineData("msgid \"a\" \"b\"\nmsgstr \"c\"", "a quote inside of the text is not escaped")]
    [InlineData("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[999999999] \"c\"", "the forms are not numbered one after the other, from msgstr[0]")]
    [InlineData("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[0] \"d\"", "the forms are not numbered one after the other, from msgstr[0]")]
    [InlineData("msgid \"a\"\nmsgstr[x] \"c\"", "the number of the plural form is not closed; write msgstr[0]")]
    [InlineData("msgstr \"c\"", "msgstr stands before msgid")]
    [InlineData("\"c\"", "a string stands before any keyword")]
    [InlineData("domain \"c\"", "the keyword is not msgctxt, msgid, msgid_plural or msgstr")]
    public void A_damaged_text_catalogue_is_refused_with_the_line(string text, string reason) =>
        Assert.EndsWith($": {reason}.", Assert.Throws<FormatException>(() => GettextCatalog.FromPo(new StringReader(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Obsolete_fuzzy_and_untranslated_entries_do_not_count_and_of_two_the_last_does()
    {
        const string text = """
            # translators
            #, fuzzy
            msgid ""
            msgstr "Plural-Forms: nplurals=1; plural=0;\n"

            #: file.html:1
            #, python-format, fuzzy
            #| msgid "old"
            msgid "fuzzy"
            msgstr "no"

            msgid "empty"
            msgstr ""

            #~ msgid "obsolete"
            #~ msgstr "no"
            msgid "twice"
            msgstr "first"
            msgid "twice"
            msgstr "last"

            msgctxt "menu"
            msgid "twice"
            msgstr "menu"

            msgid "cat"
            msgid_plural "cats"
            msgstr[0] "neko"
            """;
        var catalog = GettextCatalog.FromPo(new StringReader(text));
        Assert.Equal("fuzzy empty obsolete last menu", $"{catalog.Gettext("fuzzy")} {catalog.Gettext("empty")} {catalog.Gettext("obsolete")} {catalog.Gettext("twice")} {catalog.PGettext("menu", "twice")}");
        Assert.Equal("neko", catalog.NGettext("cat", "cats", 5));
    }

    [Theory]
    [InlineData("n % 0")]
    [InlineData("n / (n - n)")]
    [InlineData("(0 - 9223372036854775807 - 1) / (0 - 1)")]
    [InlineData("(0 - 9223372036854775807 - 1) % (0 - 1)")]
    [InlineData("n * 9223372036854775807 * 9223372036854775807")]
    [InlineData("0 - 5")]
    [InlineData("9223372036854775807")]
    public void A_plural_rule_that_cannot_be_computed_gives_the_first_form_or_the_message(string rule)
    {
        var catalog = GettextCatalog.FromPo(new StringReader($"msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural={rule};\\n\"\n\nmsgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"one\"\nmsgstr[1] \"many\"\n"));
        foreach (var count in new[] { 0, 1, 2, long.MaxValue, long.MinValue, -1 })
            Assert.Contains(catalog.NGettext("a", "b", count), new[] { "one", "many", "a", "b" });
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("n +")]
    [InlineData("n ? 1")]
    [InlineData("(n")]
    [InlineData("system(n)")]
    [InlineData("n = 1")]
    public void A_plural_rule_that_is_none_is_refused(string rule) =>
        Assert.Throws<FormatException>(() => GettextCatalog.FromPo(new StringReader($"msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural={rule};\\n\"\n")));
}
