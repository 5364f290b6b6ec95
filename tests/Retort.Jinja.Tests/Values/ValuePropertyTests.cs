using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Retort.Jinja.Values;

namespace Retort.Jinja.Tests.Values;

public class ValuePropertyTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void A_value_takes_two_words() => Assert.Equal(16, System.Runtime.CompilerServices.Unsafe.SizeOf<Value>());

    [Fact]
    public void The_text_of_a_float_reads_back_as_the_same_float() => Prop.ForAll<long>(bits =>
    {
        var value = BitConverter.Int64BitsToDouble(bits);
        var text = FloatText.Format(value);
        return double.IsNaN(value) ? text == "nan" : double.IsInfinity(value) || double.Parse(text, CultureInfo.InvariantCulture).Equals(value);
    }).Check(Runs);

    [Fact]
    public void The_repr_of_a_string_reads_back_as_the_same_string() => Prop.ForAll<string?>(text =>
    {
        var quoted = StringRepr.Of(text ?? string.Empty);
        return quoted[0] == quoted[^1] && Unquote(quoted[1..^1]) == (text ?? string.Empty);
    }).Check(Runs);

    [Fact]
    public void Integers_compute_as_integers_without_bounds() => Prop.ForAll<long, long>((a, b) =>
    {
        var (left, right) = (Value.From(a), Value.From(b));
        return Operators.Add(left, right).AsBigInteger == (BigInteger)a + b
            && Operators.Subtract(left, right).AsBigInteger == (BigInteger)a - b
            && Operators.Multiply(left, right).AsBigInteger == (BigInteger)a * b
            && (b == 0 || Operators.Add(Operators.Multiply(Operators.FloorDivide(left, right), right), Operators.Modulo(null, left, right)) == left)
            && (b == 0 || Math.Sign(b) == Operators.Modulo(null, left, right).AsBigInteger.Sign || Operators.Modulo(null, left, right) == Value.From(0));
    }).Check(Runs);

    [Fact]
    public void Extreme_integers_do_not_wrap()
    {
        Assert.Equal((BigInteger)long.MaxValue + 1, Operators.Add(Value.From(long.MaxValue), Value.From(1)).AsBigInteger);
        Assert.Equal((BigInteger)long.MinValue * long.MinValue, Operators.Multiply(Value.From(long.MinValue), Value.From(long.MinValue)).AsBigInteger);
        Assert.Equal(-(BigInteger)long.MinValue, Operators.Negate(Value.From(long.MinValue)).AsBigInteger);
        Assert.Equal(-(BigInteger)long.MinValue, Operators.FloorDivide(Value.From(long.MinValue), Value.From(-1)).AsBigInteger);
    }

    [Fact]
    public void Equal_numbers_have_equal_hashes() => Prop.ForAll<int>(number =>
        Value.From(number).GetHashCode() == Value.From((double)number).GetHashCode() && Value.From(number).GetHashCode() == Value.From((decimal)number).GetHashCode()).Check(Runs);

    [Fact]
    public void Formatting_with_any_format_fails_only_with_errors_of_the_engine() => Prop.ForAll<string?, int, double>((format, number, real) =>
    {
        var context = new FakeContext();
        Value[] arguments = [Value.From(number), Value.From(real), Value.From("text"), default, Value.From(new ListValue([Value.From(1)]))];
        foreach (var text in new[] { format ?? string.Empty, $"%{format}", $"{{{format}}}", $"{{0:{format}}}", $"{{:{format}f}}" })
        {
            Attempt(() => PercentFormat.Format(context, Value.From(text), Value.From(new TupleValue(arguments))));
            Attempt(() => BraceFormat.Format(context, Value.From(text), new Arguments(arguments)));
        }
        return true;
    }).Check(Runs);

    private static void Attempt(Action format)
    {
        try
        {
            format();
        }
        catch (TemplateError)
        {
        }
    }

    // Python's string literals, as far as repr writes them.
    private static string Unquote(string text)
    {
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }
            var length = text[++i] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (length == 0)
            {
                result.Append(text[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
                continue;
            }
            var code = int.Parse(text.AsSpan(i + 1, length), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            result.Append(code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : char.ConvertFromUtf32(code));
            i += length;
        }
        return result.ToString();
    }
}
