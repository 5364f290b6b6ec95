namespace Retort.Jinja.Tests.Python;

public class NumberLiteralTests
{
    [Theory]
    [InlineData("0x_Ff", 255L)]
    [InlineData("0b1_01", 5L)]
    [InlineData("0_0", 0L)]
    [InlineData("1_000.5", 1000.5)]
    [InlineData(".5", 0.5)]
    [InlineData("007.5", 7.5)]
    [InlineData("1e-3", 0.001)]
    [InlineData("0777", null)]
    [InlineData("1__0", null)]
    [InlineData("1._5", null)]
    [InlineData("1_", null)]
    [InlineData("0x", null)]
    [InlineData("12f", null)]
    public void A_literal_has_the_value_that_it_has_in_Python(string text, object? value) => Assert.Equal(value, NumberLiteral.Read(text));

    [Fact]
    public void A_long_integer_is_read_only_where_nothing_limits_its_digits()
    {
        var digits = new string('9', NumberLiteral.MaxDigits + 1);
        Assert.Null(NumberLiteral.Read(digits));
        Assert.NotNull(NumberLiteral.Read(digits, int.MaxValue));
        Assert.NotNull(NumberLiteral.Read("0x" + digits));
    }

    [Theory]
    [InlineData("0x", "0")]
    [InlineData("0x", "16")]
    [InlineData("0o", "8")]
    public void A_prefix_without_digits_is_no_integer(string text, string numberBase) =>
        Assert.Equal("none", new JinjaEnvironment().FromString($"{{{{ '{text}' | int('none', {numberBase}) }}}}").Render());
}
