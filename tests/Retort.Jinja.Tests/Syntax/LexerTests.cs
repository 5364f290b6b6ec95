using Retort.Jinja.Syntax;

namespace Retort.Jinja.Tests.Syntax;

public sealed class LexerTests
{
    private static List<Token> Tokens(string text, LexerOptions? options = null) => new Lexer(options ?? new LexerOptions(), new SourceText(text, null, null, options?.KeepTrailingNewline ?? false)).LexAll();

    [Fact]
    public void Tokens_know_line_and_column()
    {
        var token = Tokens("a\nb {{ name }}").Single(token => token.Kind == TokenKind.Name);
        Assert.Equal(new SourcePosition(2, 6), token.At);
    }

    [Theory]
    [InlineData("a  {%- if x %}", "a")]
    [InlineData("a  \n{%- if x %}", "a")]
    [InlineData("a  {% if x %}", "a  ")]
    [InlineData("a  {%+ if x %}", "a  ")]
    public void A_minus_takes_all_blanks_before_its_tag(string text, string data) => Assert.Equal(data, Tokens(text)[0].Text);

    [Theory]
    [InlineData("  {% if x %}\ny", "y")]
    [InlineData("  {%+ if x %}\ny", "  ")]
    [InlineData("z  {% if x %}\ny", "z  ")]
    [InlineData("  {% if x +%}\ny", "\ny")]
    public void Trim_and_lstrip_blocks_give_way_to_a_plus(string text, string firstData)
    {
        var options = new LexerOptions { TrimBlocks = true, LstripBlocks = true };
        Assert.Equal(firstData, Tokens(text, options).First(token => token.Kind == TokenKind.Data).Text);
    }

    [Fact]
    public void Every_kind_of_newline_becomes_the_configured_one()
    {
        var options = new LexerOptions { NewlineSequence = "\r\n", KeepTrailingNewline = true };
        Assert.Equal("a\r\nb\r\nc\r\n", Tokens("a\nb\rc\r\n", options)[0].Text);
    }

    [Fact]
    public void One_newline_at_the_end_is_dropped() => Assert.Equal("a\n", Tokens("a\n\n")[0].Text);

    [Fact]
    public void Of_two_start_strings_at_one_place_the_longer_wins()
    {
        var options = new LexerOptions { BlockStart = "<%", BlockEnd = "%>", VariableStart = "<%=", VariableEnd = "%>", CommentStart = "<%#", CommentEnd = "%>" };
        Assert.Equal([TokenKind.VariableBegin, TokenKind.Name, TokenKind.VariableEnd, TokenKind.BlockBegin, TokenKind.Name, TokenKind.BlockEnd, TokenKind.Eof],
            Tokens("<%= a %><%# c %><% b %>", options).Select(token => token.Kind));
    }

    [Fact]
    public void A_line_statement_ends_at_the_last_newline_after_it()
    {
        var options = new LexerOptions { LineStatementPrefix = "#" };
        var tokens = Tokens("# if x\n\ny", options);
        Assert.Equal([TokenKind.BlockBegin, TokenKind.Name, TokenKind.Name, TokenKind.BlockEnd, TokenKind.Data, TokenKind.Eof], tokens.Select(token => token.Kind));
        Assert.Equal("y", tokens[4].Text);
    }

    [Theory]
    [InlineData("//raw\n${x}\n//endraw\ny", "${x}\n", "y")]
    [InlineData("// raw \n \n ${x} //- endraw \ny", " ${x}", "y")]
    public void The_end_string_of_a_block_may_be_a_line_break(string text, string raw, string after)
    {
        var tokens = Tokens(text, new LexerOptions { BlockStart = "//", BlockEnd = "\n", VariableStart = "${", VariableEnd = "}" });
        Assert.Equal([raw, after], tokens.Where(token => token.Kind == TokenKind.Data).Select(token => token.Text));
    }

    [Theory]
    [InlineData("{{ 0x1F }}", 31L)]
    [InlineData("{{ 0b11 }}", 3L)]
    [InlineData("{{ 0o17 }}", 15L)]
    [InlineData("{{ 1_000 }}", 1000L)]
    [InlineData("{{ 1e3 }}", 1000.0)]
    [InlineData("{{ 1_0.5_0 }}", 10.5)]
    public void Numbers_are_written_as_in_Python(string text, object value) => Assert.Equal(value, Tokens(text)[1].Value);

    [Theory]
    [InlineData("""{{ "\x41\u00e9\n\101\q" }}""", "Aé\nA\\q")]
    [InlineData("""{{ '\'' }}""", "'")]
    [InlineData("""{{ "\é" }}""", "\\xe9")]
    public void Strings_are_unescaped_as_in_Python(string text, string value) => Assert.Equal(value, Tokens(text)[1].Text);

    [Theory]
    [InlineData("{{ 'a }}", "unexpected char \"'\" at 3")]
    [InlineData("{{ a\\n }}", @"unexpected char '\\' at 4")]
    [InlineData("😀{{ 😀 }}", "unexpected char '😀' at 4")]
    [InlineData("{{ a ! b }}", "unexpected char '!' at 5")]
    [InlineData("{{ (a] }}", "unexpected ']', expected ')'")]
    [InlineData("{# a", "Missing end of comment tag")]
    [InlineData("{% raw %}a", "Missing end of raw directive")]
    [InlineData("""{{ "\x4" }}""", "truncated \\xXX escape")]
    public void What_is_not_valid_is_an_error_where_it_stands(string text, string reason) =>
        Assert.Equal(reason, ((TemplateSyntaxError)Tokens(text).Single(token => token.Kind == TokenKind.Error).Value!).Reason);

    [Fact]
    public void Equal_delimiters_are_refused() =>
        Assert.Throws<ArgumentException>(() => Tokens("", new LexerOptions { BlockStart = "{{" }));
}
