using System.Globalization;
using System.Text.RegularExpressions;
using Retort.Forms.Widgets;
using Retort.Http;
using Retort.Jinja;
using static Retort.Forms.Validators;

namespace Retort.Forms.Tests;

/// <summary>Validators and the reading of values; what is expected was measured with WTForms 3.0 unless a test says otherwise.</summary>
public sealed class ValidatorsTests
{
    private static string? Error(Field field, params object?[] sent)
    {
        var form = new OneField(field, new FormData([.. sent.Select(value => KeyValuePair.Create("the_field", value)), new("other", "")]));
        form.Validate();
        return field.Errors.Count == 0 ? null : string.Join(" ", field.Errors);
    }

    private static FileStorage File(string? name, int size = 1) => new(new MemoryStream(new byte[size]), name);

    [Theory]
    [InlineData("a@b.co", true), InlineData("ü@b.co", true), InlineData("a@münchen.de", true), InlineData("a@example.com", true)]
    [InlineData("a@b", false), InlineData("a b@c.de", false), InlineData("\"a\"@b.co", false), InlineData("a@b.co\n", false), InlineData("a@b_c.de", false), InlineData("a..b@c.de", false)]
    [InlineData("a@127.0.0.1", false), InlineData("a@-b.com", false), InlineData("a@b.c1", false), InlineData("@b.co", false), InlineData("a@b@c.de", false), InlineData("a@b.com.", false), InlineData("a\0@b.co", false), InlineData("a\u202e@b.co", false)]
    public void Email_addresses(string text, bool valid) => Assert.Equal(valid ? null : "Invalid email address.", Error(new StringField(null, Email()), text));

    [Theory]
    [InlineData("http://a.co", true), InlineData("HTTP://a.co", true), InlineData("http://127.0.0.1", true), InlineData("http://a.co:80/x?y", true), InlineData("javascript://a.co", true), InlineData("http://münchen.de", true), InlineData("http://a_b.co", true)]
    [InlineData("http://a.b", false), InlineData("http://localhost", false), InlineData("http://u:p@a.co", false), InlineData("http://[::1]/", false), InlineData("http://a.co.", false), InlineData("http://-a.co", false), InlineData("//a.co", false), InlineData("ftp+x://a.co", false)]
    public void Addresses_of_the_web(string text, bool valid) => Assert.Equal(valid ? null : "Invalid URL.", Error(new StringField(null, Url()), text));

    [Fact]
    public void An_address_may_be_held_to_schemes_and_to_a_host_without_top_level_domain()
    {
        Assert.Equal("Invalid URL.", Error(new StringField(null, Url(schemes: ["http", "https"])), "javascript://a.co/%0aalert(1)"));
        Assert.Null(Error(new StringField(null, Url(requireTld: false)), "http://localhost:5000/"));
    }

    [Theory]
    [InlineData("1.2.3.4", true, false), InlineData("01.2.3.4", false, false), InlineData("1.2.3", false, false), InlineData("1.2.3.4\n", false, false), InlineData("\u0661.2.3.4", false, false), InlineData("::1", false, true), InlineData("::ffff:1.2.3.4", false, true), InlineData("[::1]", false, false)]
    public void Addresses_of_the_internet(string text, bool v4, bool v6)
    {
        Assert.Equal(v4 ? null : "Invalid IP address.", Error(new StringField(null, IPAddress()), text));
        Assert.Equal(v6 ? null : "Invalid IP address.", Error(new StringField(null, IPAddress(false, true)), text));
    }

    [Fact]
    public void Identifiers_and_addresses_of_cards()
    {
        Assert.Null(Error(new StringField(null, Uuid()), "{2bc1c94f-0deb-43e9-92a1-4775189ec9f8}"));
        Assert.Equal("Invalid UUID.", Error(new StringField(null, Uuid()), "2bc1c94f"));
        Assert.Null(Error(new StringField(null, MacAddress()), "01:23:45:67:ab:CD"));
        Assert.Equal("Invalid Mac address.", Error(new StringField(null, MacAddress()), "01-23-45-67-ab-CD"));
    }

    [Theory]
    [InlineData("a.c", "abcd", true), InlineData("a.c", "xabc", false), InlineData("a.c", "a\nc", false), InlineData("^a$", "a\n", true), InlineData(@"(a)\1", "aa", true)]
    public void Expressions_match_from_the_beginning(string pattern, string text, bool valid) => Assert.Equal(valid ? null : "Invalid input.", Error(new StringField(null, Regexp(pattern)), text));

    [Fact]
    public void An_expression_that_would_take_for_ever_is_stopped()
    {
        Assert.Equal("Invalid input.", Error(new StringField(null, Regexp("(a+)+$")), new string('a', 5000) + "!"));
        Assert.Equal("Invalid input.", Error(new StringField(null, Regexp(@"(?=(a+)+$)\w*", RegexOptions.None)), new string('a', 40) + "!"));
    }

    [Fact]
    public void Lengths_count_code_points_and_have_their_texts()
    {
        Assert.Null(Error(new StringField(null, Length(2, 2)), "😀😀"));
        Assert.Equal("Field must be exactly 2 characters long.", Error(new StringField(null, Length(2, 2)), "a"));
        Assert.Equal("Field cannot be longer than 1 character.", Error(new StringField(null, Length(max: 1)), "ab"));
        Assert.Equal("Field must be at least 1 character long.", Error(new StringField(null, Length(1)), ""));
        Assert.Equal("Field must be between 2 and 3 characters long.", Error(new StringField(null, Length(2, 3)), new string('x', 10_000_000)));
        Assert.Equal("3 of 2, 100%", Error(new StringField(null, Length(max: 2, message: "%(length)d of %(max)d, 100%%")), "abc"));
        Assert.Throws<ArgumentException>(() => Length());
        Assert.Throws<ArgumentException>(() => Length(3, 2));
    }

    [Fact]
    public void Presence_ends_the_chain()
    {
        foreach (var empty in new[] { "", " ", "\x1c", "\u2003" })
            Assert.Equal("This field is required.", Error(new StringField(null, DataRequired(), Length(5)), empty));
        Assert.Equal("This field is required.", Error(new IntegerField(null, DataRequired()), "0"));
        Assert.Null(Error(new IntegerField(null, InputRequired()), "0"));
        Assert.Equal("This field is required.", Error(new IntegerField(null, InputRequired())));
        Assert.Null(Error(new IntegerField(null, Optional()), " "));
        Assert.Equal("Not a valid integer value.", Error(new IntegerField(null, Optional(false)), " "));
    }

    [Fact]
    public void Ranges_memberships_and_comparisons()
    {
        Assert.Equal("Number must be between 1 and 3.", Error(new IntegerField(null, NumberRange(1, 3)), "4"));
        Assert.Equal("Number must be at least 1.", Error(new FloatField(null, NumberRange(1)), "nan"));
        Assert.Equal("Not a valid integer value. Invalid value, must be one of: 1, 2.", Error(new IntegerField(null, AnyOf([1, 2])), "x"));
        Assert.Equal("Invalid value, can't be any of: a.", Error(new StringField(null, NoneOf(["a"])), "a"));
        Assert.Equal("Invalid field name 'nowhere'.", Error(new StringField(null, EqualTo("nowhere")), "a"));
        Assert.Equal("Date must be at least 2026-01-02.", Error(new DateField(null, DateRange(new DateOnly(2026, 1, 2))), "2026-01-01"));
        Assert.Equal("This field is disabled and cannot have a value.", Error(new StringField(null, Disabled()), "a"));
        Assert.Equal("This field cannot be edited.", Error(new StringField(null, Validators.ReadOnly()) { Default = "b" }, "a"));
    }

    [Fact]
    public void Plain_text_holds_no_NUL_and_nothing_that_turns_the_writing_around()
    {
        foreach (var bad in new[] { "a\0b", "a\u202eb", "a\u2066b", "\ud800", "a\nb" })
            Assert.Equal("This field may not hold invisible characters.", Error(new StringField(null, PlainText()), bad));
        Assert.Null(Error(new TextAreaField(null, PlainText(lines: true)), "a\r\n\tשלום"));
        // Without it they are taken as they are, and written as text.
        var field = new StringField();
        Assert.Null(Error(field, "\0\u202e<"));
        Assert.EndsWith("value=\"\0\u202e&lt;\">", field.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1_0", "10", "10.0", "10"), InlineData("1__0", null, null, "10"), InlineData("_1", null, null, "1"), InlineData("٣", "3", "3.0", "3"), InlineData(" 5 ", "5", "5.0", "5"), InlineData("+5", "5", "5.0", "5")]
    [InlineData("5.0", null, "5.0", "5.0"), InlineData("0x1", null, null, null), InlineData("1e3", null, "1000.0", "1000"), InlineData("１２", "12", "12.0", "12"), InlineData("\u00a05", "5", "5.0", "5"), InlineData("5\x1c", null, null, "5")]
    [InlineData("", null, null, null), InlineData("²", null, null, null), InlineData("5\0", null, null, null), InlineData("1,5", null, null, null), InlineData(".5", null, "0.5", "0.5"), InlineData("5.", null, "5.0", "5"), InlineData("inf", null, "inf", null), InlineData("-Infinity", null, "-inf", null)]
    [InlineData("1e400", null, "inf", null), InlineData("infinity_", null, null, null), InlineData("--5", null, null, null), InlineData("1 2", null, null, null), InlineData("(5)", null, null, null), InlineData("5-", null, null, null), InlineData("\u22125", null, null, null), InlineData(".", null, null, null), InlineData("99999999999999999999", null, "1e+20", "99999999999999999999")]
    public void Numbers_are_read_as_Python_reads_them(string text, string? integer, string? floating, string? exact)
    {
        var fields = new Field[] { new IntegerField(), new FloatField(), new DecimalField() };
        foreach (var (field, expected) in fields.Zip([integer, floating, exact]))
        {
            var error = Error(field, text);
            Assert.Equal(expected is null ? $"Not a valid {field.Type[..^5].ToLowerInvariant()} value." : null, error);
            Assert.Equal(expected, field.Data is null ? null : Jinja.Values.Value.FromObject(field.Data).ToString());
        }
    }

    [Fact]
    public void A_number_of_absurd_length_is_none_and_takes_no_time() => Assert.Equal("Not a valid integer value.", Error(new IntegerField(), new string('9', 1_000_000)));

    [Fact]
    public void A_culture_of_the_machine_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = german;
        try
        {
            var field = new DecimalField();
            Assert.Null(Error(field, "1.5"));
            Assert.Equal(1.5m, field.Data);
            Assert.Contains("value=\"1.50\"", WithDefault(new DecimalField { Default = 1.5m }), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("1.234,5", 1234.5), InlineData("1,5", 1.5), InlineData("-1.000.000", -1000000.0), InlineData("1.5", null), InlineData("1.2345", null), InlineData("1,5,5", null), InlineData(",5", 0.5), InlineData(".500", null), InlineData("1,000.5", null), InlineData("", null)]
    public void A_locale_reads_decimals_with_its_own_signs(string text, double? expected)
    {
        var field = new DecimalField { Locale = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        Assert.Equal(expected is null ? "Not a valid decimal value." : null, Error(field, text));
        Assert.Equal((decimal?)expected, field.Data);
    }

    [Fact]
    public void A_locale_writes_decimals_with_its_own_signs() =>
        Assert.Contains("value=\"1.234,5\"", WithDefault(new DecimalField { Default = 1234.5m, Locale = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } }), StringComparison.Ordinal);

    [Theory]
    [InlineData("2020-2-3", "2020-02-03"), InlineData("2020-02-30", null), InlineData("20-02-03", null), InlineData("2020-02-03 ", null), InlineData("0000-01-01", null), InlineData("9999-12-31", "9999-12-31"), InlineData("2020-02-03T00:00", null)]
    public void Dates_are_read_as_strptime_reads_them(string text, string? expected)
    {
        var field = new DateField();
        Assert.Equal(expected is null ? "Not a valid date value." : null, Error(field, text));
        Assert.Equal(expected, field.Data?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Other_formats_of_dates_and_weeks_are_read_and_written()
    {
        var field = new DateTimeField { Formats = ["%d. %B %Y, %I:%M %p", "%y%j"] };
        Assert.Null(Error(field, "3. march 2020, 12:05 am"));
        Assert.Equal(new DateTime(2020, 3, 3, 0, 5, 0), field.Data);
        Assert.Null(Error(field, "20366"));
        Assert.Equal(new DateTime(2020, 12, 31), field.Data);
        var week = new WeekField();
        Assert.Null(Error(week, "2026-W53"));
        Assert.Equal(new DateOnly(2026, 12, 28), week.Data);
        Assert.Equal("Not a valid week value.", Error(new WeekField(), "2025-W53"));
        Assert.Contains("value=\"2026-W53\"", WithDefault(new WeekField { Default = new DateOnly(2027, 1, 1) }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_that_is_none_is_an_error()
    {
        Assert.Equal("Not a valid choice.", Error(new SelectField<int> { Choices = [(1, "One")] }, "2"));
        Assert.Equal("Invalid Choice: could not coerce. Not a valid choice.", Error(new SelectField<int> { Choices = [(1, "One")] }, "x"));
        Assert.Equal("'c', 'd' are not valid choices for this field.", Error(new SelectMultipleField { Choices = ["a"] }, "a", "c", "d"));
        Assert.Equal("Invalid choice(s): one or more data inputs could not be coerced.", Error(new SelectMultipleField<int> { Choices = [(1, "One")] }, "x"));
        Assert.Null(Error(new SelectField { ValidateChoice = false }, "any"));
        Assert.Contains("has no choices", Assert.Throws<InvalidOperationException>(() => Error(new SelectField(), "any")).Message, StringComparison.Ordinal);
        var day = new SelectField<DayOfWeek> { Choices = [(DayOfWeek.Monday, "Mo")] };
        Assert.Null(Error(day, "Monday"));
        Assert.Equal(DayOfWeek.Monday, day.Data);
    }

    [Fact]
    public void A_file_must_be_sent_and_have_an_approved_extension()
    {
        Assert.Equal("This field is required.", Error(new FileField(null, FileRequired()), File("")));
        Assert.Equal("This field is required.", Error(new MultipleFileField(null, FileRequired())));
        Assert.Null(Error(new FileField(null, FileRequired(), FileAllowed("png", "jpg")), File("a.b.PNG")));
        Assert.Equal("File does not have an approved extension: png, jpg", Error(new MultipleFileField(null, FileAllowed("png", "jpg")), File("a.png"), File("b.exe")));
    }

    [Theory]
    [InlineData("shell.png.php"), InlineData("x.php."), InlineData("x.php\0.png"), InlineData("x.php\n.png"), InlineData(".png"), InlineData("png"), InlineData("x.png/"), InlineData("x.png::$DATA")]
    public void A_name_that_only_looks_like_an_approved_one_is_refused(string name) => Assert.Equal("No.", Error(new FileField(null, FileAllowed(["png"], "No.")), File(name)));

    [Theory]
    [InlineData("../../etc/passwd", "etc_passwd"), InlineData("/abs/x.png", "abs_x.png"), InlineData("..", null), InlineData("\u202egnp.exe", "gnp.exe")]
    public void The_safe_name_of_an_upload_leads_nowhere(string sent, string? safe)
    {
        var field = new FileField();
        Error(field, File(sent));
        Assert.Equal(safe, field.SafeName);
    }

    [Fact]
    public void A_file_has_its_true_size_checked()
    {
        Assert.Equal("File must be between 1 and 10 bytes.", Error(new FileField(null, FileSize(10, 1)), File("a", 11)));
        Assert.Equal("File must be between 1 and 10 bytes.", Error(new FileField(null, FileSize(10, 1)), File("a", 0)));
        Assert.Null(Error(new FileField(null, FileSize(10, 1)), File("a", 10)));
    }

    // Row 74 of the security specification: fixed in WTForms 3.3.
    [Fact]
    public void Row_74_a_quote_in_markup_does_not_end_an_attribute()
    {
        Assert.Equal(" data-x=\"&#34;\"", HtmlAttributes.Of(new { data_x = new Markup("\"") }).ToString());
        Assert.Contains("data-x=\"&#34;\"", new JinjaEnvironment { Autoescape = _ => true }.FromString("{{ f(data_x='\"'|safe) }}").Render(new { f = Bound(new StringField()) }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_an_attribute_cannot_end_the_tag() => Assert.Throws<ArgumentException>(() => HtmlAttributes.Of(new Dictionary<string, object?> { ["x onclick"] = "y" }).ToString());

    private static string WithDefault(Field field) => Bound(field).ToString();

    private static Field Bound(Field field)
    {
        _ = new OneField(field);
        return field;
    }
}
