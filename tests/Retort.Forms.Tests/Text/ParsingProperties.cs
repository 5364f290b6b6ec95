using System.Buffers;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Retort.Forms.Text;

namespace Retort.Forms.Tests.Text;

/// <summary>Whatever is sent where a number or a date belongs: it is read or it is not, and nothing breaks.</summary>
public sealed class ParsingProperties
{
    private static readonly string[] Pieces =
    [
        "0", "1", "7", "12", "31", "2024", "9999", "٣", "𝟗", "+", "-", "\u2212", ".", ",", "_", "e", "E", "e999999999", "inf", "nan", "Infinity", " ", "\t", "\n", "\u00a0", "\u202f", "\u001c", "\0",
        "\ud800", "\udc00", "é", "x", ":", "/", "am", "PM", "Feb", "May", "march", "Mon", "Tuesday", "99999999999999999999999999999",
    ];

    private static readonly string[] Directives =
        ["%Y", "%y", "%m", "%d", "%H", "%I", "%p", "%M", "%S", "%f", "%j", "%B", "%b", "%h", "%A", "%a", "%T", "%D", "%%", "%-d", "%", " ", "\n", "-", "/", ":", "T", "é", "\ud800"];

    private static readonly SearchValues<char> Foreign = SearchValues.Create("x:/é\0\ud800\udc00");

    // English, German, Russian, French, Swiss, and one without groups; made by hand, because a machine may know no countries.
    private static readonly NumberFormatInfo[] Countries =
    [
        .. new[] { (".", ","), (",", "."), (",", "\u00a0"), (",", "\u202f"), (".", "\u2019"), (",", "") }.Select(signs => new NumberFormatInfo { NumberDecimalSeparator = signs.Item1, NumberGroupSeparator = signs.Item2 }),
    ];

    private static readonly Gen<string> Texts = TextsOf(Pieces);

    [Fact]
    public void Numbers_made_of_anything_are_read_or_refused_by_python_s_rules()
    {
        Check(Texts, text =>
        {
            Assert.True(PythonNumbers.TryParseInteger<int>(text, out var small) || small == 0);
            Assert.True(PythonNumbers.TryParseInteger<long>(text, out var large) || large == 0);
            Assert.True(PythonNumbers.TryParseFloat(text, out _) || !PythonNumbers.TryParseInteger<long>(text, out _), $"'{text}' is an integer and no float");
            Assert.True(PythonNumbers.TryParseDecimal(text, out var exact) || exact == 0);
        });
    }

    [Fact]
    public void Numbers_made_of_anything_are_read_or_refused_by_a_country_s_rules()
    {
        foreach (var format in Countries)
            Check(Texts, text => Assert.True(LocalNumbers.TryParse(text, format, out var value) || value == 0));
    }

    [Fact]
    public void What_is_no_digit_sign_or_mark_is_never_part_of_a_number() =>
        Check(Texts.Where(text => text.AsSpan().ContainsAny(Foreign) && !text.Contains("𝟗", StringComparison.Ordinal)), text =>
        {
            Assert.False(PythonNumbers.TryParseInteger<long>(text, out _));
            Assert.False(PythonNumbers.TryParseFloat(text, out _));
            Assert.False(PythonNumbers.TryParseDecimal(text, out _));
            Assert.False(LocalNumbers.TryParse(text, CultureInfo.InvariantCulture.NumberFormat, out _));
        });

    [Fact]
    public void A_number_that_was_written_is_read_back()
    {
        Each<long>(number => Assert.True(PythonNumbers.TryParseInteger<long>($" {number.ToString(CultureInfo.InvariantCulture)}\n", out var read) && read == number));
        Each<double>(number =>
        {
            if (double.IsFinite(number))
                Assert.True(PythonNumbers.TryParseFloat(number.ToString("R", CultureInfo.InvariantCulture), out var read) && read.Equals(number));
        });
        Each<decimal>(number => Assert.True(PythonNumbers.TryParseDecimal(number.ToString(CultureInfo.InvariantCulture), out var read) && read == number));
        foreach (var format in Countries)
            Each<int>(number => Assert.True(LocalNumbers.TryParse((number / 100m).ToString("N2", format), format, out var read) && read == number / 100m, (number / 100m).ToString("N2", format)));
    }

    [Fact]
    public void Dates_made_of_anything_are_read_or_refused() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Arb.From(Texts), Arb.From(TextsOf(Directives)), (text, format) =>
        {
            // A lone percent sign before another character is a mistake of the program, and the one thing that throws.
            try
            {
                return Strptime.TryParse(text, format, out var value) || value == default;
            }
            catch (FormatException error)
            {
                return error.Message.Contains("is no directive that a date field reads", StringComparison.Ordinal);
            }
        }));

    [Fact]
    public void Formats_without_a_mistake_never_throw() =>
        FsCheck.Check.One(
            FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(Arb.From(Texts), Arb.From(TextsOf([.. Directives.Where(each => each != "%")])), (text, format) => Strptime.TryParse(text, format, out var value) || value == default));

    [Fact]
    public void A_moment_that_was_written_is_read_back() => Each<DateTime>(moment =>
    {
        var whole = new DateTime(moment.Ticks / 10 * 10, DateTimeKind.Unspecified);
        Assert.True(Strptime.TryParse(whole.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture), "%Y-%m-%d %H:%M:%S.%f", out var read) && read == whole);
        Assert.True(Strptime.TryParse(whole.ToString("d MMMM yyyy h tt", CultureInfo.InvariantCulture), "%d %B %Y %I %p", out read) && read == whole.Date.AddHours(whole.Hour));
        Assert.True(Strptime.TryParse($"{whole:yyyy} {whole.DayOfYear}", "%Y %j", out read) && read == whole.Date);
    });

    private static Gen<string> TextsOf(string[] pieces) => Gen.Elements(pieces).ListOf().Select(list => string.Concat(list.Take(12)));

    private static void Check(Gen<string> texts, Action<string> check) =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Arb.From(texts), text => { check(text); return true; }));

    private static void Each<T>(Action<T> check) => FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<T>(value => { check(value); return true; }));
}
