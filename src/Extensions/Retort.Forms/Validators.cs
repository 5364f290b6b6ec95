using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Retort.Forms.Validation;

namespace Retort.Forms;

/// <summary>
/// WTForms' validators: <c>using static Retort.Forms.Validators;</c> and then <c>new("Name", DataRequired(), Length(max: 80))</c>. Each takes a text of your own in place of
/// WTForms', with its placeholders such as <c>%(max)d</c>. Source: wtforms.validators, flask_wtf.file.
/// </summary>
public static class Validators
{
    /// <summary>The value, after filters, is there and not blank: not zero, not false. Ends the chain. <see cref="InputRequired"/> is better for numbers.</summary>
    public static Validator DataRequired(string? message = null) => new DataRequired(message);

    /// <summary>Something was sent. Ends the chain.</summary>
    public static Validator InputRequired(string? message = null) => new InputRequired(message);

    /// <summary>An empty field is good: the chain ends without an error.</summary>
    /// <param name="stripWhitespace">Whether white space alone counts as empty. Default true.</param>
    public static Validator Optional(bool stripWhitespace = true) => new Optional(stripWhitespace);

    /// <summary>The text's length in code points. Throws <see cref="ArgumentException"/> without a limit, or when they contradict each other.</summary>
    public static Validator Length(int? min = null, int? max = null, string? message = null) => new Length(min, max, message);

    /// <summary>The number, or anything comparable such as a date, is between two others, themselves included. No value, or NaN, is outside.</summary>
    public static Validator NumberRange(IComparable? min = null, IComparable? max = null, string? message = null) => new NumberRange(min, max, message);

    /// <summary>The date is between two others, themselves included. Source: wtforms.validators.DateRange of WTForms 3.2.</summary>
    public static Validator DateRange(IComparable? min = null, IComparable? max = null, string? message = null) => new DateRange(min, max, message);

    /// <summary>The value equals that of another field, given by its name in snake_case: a password that is typed twice.</summary>
    public static Validator EqualTo(string fieldName, string? message = null) => new EqualTo(fieldName, message);

    /// <summary>
    /// The text matches an expression from its beginning, as Python's <c>re.match</c>; write <c>$</c> or <c>\z</c> to reach its end. Expressions without back references and
    /// look-arounds run in linear time; one with them is stopped after a second, which counts as no match.
    /// </summary>
    public static Validator Regexp([StringSyntax(StringSyntaxAttribute.Regex)] string pattern, RegexOptions options = RegexOptions.None, string? message = null) => new Regexp(pattern, options, message);

    /// <summary>
    /// The text has the form of an e-mail address, also of an international one. Nothing is looked up, but the names that never take mail are refused: <c>.test</c>, <c>.invalid</c>, <c>.localhost</c>,
    /// <c>.local</c>, <c>.onion</c> and <c>.arpa</c>; <c>example.com</c> and its like are not among them. Source: email-validator without its check of deliverability.
    /// </summary>
    public static Validator Email(string? message = null) => new Email(message);

    /// <summary>The text is an address with a scheme and a host.</summary>
    /// <param name="requireTld">Whether the host needs a top level domain: <c>localhost</c> has none. Default true.</param>
    /// <param name="schemes">The schemes allowed. Default null: any, as in WTForms, which includes <c>javascript://</c>. Say <c>["http", "https"]</c> where the address becomes a link.</param>
    /// <param name="message">A text of your own.</param>
    public static Validator Url(bool requireTld = true, IReadOnlyList<string>? schemes = null, string? message = null) => new Url(requireTld, schemes, message);

    /// <summary>The text is an IP address. Throws <see cref="ArgumentException"/> when neither kind is allowed.</summary>
    public static Validator IPAddress(bool ipv4 = true, bool ipv6 = false, string? message = null) => new IPAddress(ipv4, ipv6, message);

    /// <summary>The text is a MAC address, <c>01:23:45:67:ab:CD</c>.</summary>
    public static Validator MacAddress(string? message = null) => new MacAddress(message);

    /// <summary>The text is a UUID, with hyphens or without.</summary>
    public static Validator Uuid(string? message = null) => new Uuid(message);

    /// <summary>The value is one of these.</summary>
    /// <param name="values">The values.</param>
    /// <param name="message">A text of your own; <c>%(values)s</c> are the values.</param>
    /// <param name="valuesFormatter">Writes the values for the message. Default: with commas.</param>
    public static Validator AnyOf<T>(IEnumerable<T> values, string? message = null, Func<IEnumerable<T>, string>? valuesFormatter = null) => new Membership<T>(values, true, message, valuesFormatter);

    /// <summary>The value is none of these. Parameters as for <see cref="AnyOf"/>.</summary>
    public static Validator NoneOf<T>(IEnumerable<T> values, string? message = null, Func<IEnumerable<T>, string>? valuesFormatter = null) => new Membership<T>(values, false, message, valuesFormatter);

    /// <summary>Writes <c>readonly</c> and refuses a value other than the one the form began with. Source: wtforms.validators.ReadOnly of WTForms 3.1.</summary>
    public static Validator ReadOnly(string? message = null) => new Unchanged("readonly", message);

    /// <summary>Writes <c>disabled</c> and refuses anything sent: browsers send nothing for such a field. Source: wtforms.validators.Disabled of WTForms 3.1.</summary>
    public static Validator Disabled(string? message = null) => new Unchanged("disabled", message);

    /// <summary>
    /// The text holds only what can be seen: no NUL or other control character, no override of the writing direction with which one text looks like another, no half of a surrogate pair.
    /// </summary>
    /// <param name="lines">Whether line ends and tabs are allowed. Default false.</param>
    /// <param name="message">A text of your own.</param>
    public static Validator PlainText(bool lines = false, string? message = null) => new PlainText(lines, message);

    /// <summary>
    /// Asks the server of reCAPTCHA about the answer sent with the request; its form is validated with <c>ValidateAsync</c>. Passes in an app that is <see cref="App.Testing"/>. A server that cannot be
    /// reached refuses, and is logged. Source: flask_wtf.recaptcha.Recaptcha.
    /// </summary>
    public static Validator Recaptcha(string? message = null) => new Recaptchas.Recaptcha(message);

    /// <summary>A check of your own: returns what is wrong, or null.</summary>
    public static Validator Check(Func<Form, Field, string?> check) => new Check(check);

    /// <summary>A check of your own that waits; its form is validated with <c>ValidateAsync</c>.</summary>
    public static Validator CheckAsync(Func<Form, Field, CancellationToken, Task<string?>> check) => new CheckAsync(check);

    /// <summary>A file was uploaded; of a <see cref="MultipleFileField"/> at least one. Ends the chain.</summary>
    public static Validator FileRequired(string? message = null) => new FileRequired(message);

    /// <summary>
    /// The upload's name ends with one of these, without regard to case: <c>FileAllowed("jpg", "png")</c>. It is what the client claims of the file, no proof of what is in it. Ends the chain.
    /// </summary>
    public static Validator FileAllowed(params string[] extensions) => new FileAllowed(extensions, null);

    /// <summary>The same with a text of your own.</summary>
    public static Validator FileAllowed(IEnumerable<string> extensions, string message) => new FileAllowed([.. extensions], message);

    /// <summary>The upload's true size in bytes, of each file of several. Ends the chain.</summary>
    public static Validator FileSize(long max, long min = 0, string? message = null) => new FileSize(max, min, message);
}
