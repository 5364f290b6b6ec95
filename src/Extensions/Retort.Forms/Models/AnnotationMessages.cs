using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Retort.Forms.Text;

namespace Retort.Forms.Models;

/// <summary>
/// What an annotation without a message of its own says: the text of the validator that checks the same, so that a form speaks with one voice and in the user's language.
/// </summary>
internal static class AnnotationMessages
{
    /// <summary>The text; null for an annotation that says something itself, or that no validator is like.</summary>
    public static string? Of(ValidationAttribute attribute, Form form, Field field)
    {
        if (attribute.ErrorMessageResourceName is not null || (attribute.ErrorMessage is { } own && own != Usual(attribute)))
            return attribute is CompareAttribute said && said.GetType() == typeof(CompareAttribute) ? new Comparing(said, NameOfOther(said, form)).FormatErrorMessage(field.Label.Text) : null;
        return attribute switch
        {
            RequiredAttribute => field.Gettext(Messages.Required),
            EmailAddressAttribute => field.Gettext(Messages.Email),
            UrlAttribute => field.Gettext(Messages.Url),
            PhoneAttribute or CreditCardAttribute or RegularExpressionAttribute or Base64StringAttribute => field.Gettext(Messages.Input),
            StringLengthAttribute length => OfLength(field, length.MinimumLength, length.MaximumLength),
            LengthAttribute length => field.Data is string ? OfLength(field, length.MinimumLength, length.MaximumLength) : OfCount(field, length.MinimumLength, length.MaximumLength),
            MinLengthAttribute length => field.Data is string ? OfLength(field, length.Length, null) : OfCount(field, length.Length, null),
            MaxLengthAttribute length => field.Data is string ? OfLength(field, 0, length.Length) : OfCount(field, 0, length.Length),
            RangeAttribute { MinimumIsExclusive: false, MaximumIsExclusive: false } range => OfRange(field, range),
            AllowedValuesAttribute allowed => PythonText.Format(field.Gettext(Messages.NotAnyOf), ("values", string.Join(", ", allowed.Values.Select(Coercion.Text)))),
            DeniedValuesAttribute denied => PythonText.Format(field.Gettext(Messages.NoneOf), ("values", string.Join(", ", denied.Values.Select(Coercion.Text)))),
            CompareAttribute compare => PythonText.Format(field.Gettext(Messages.NotEqual), ("other_name", NameOfOther(compare, form))),
            _ => null,
        };
    }

    // Some annotations give their usual text out as if it were set.
    private static string? Usual(ValidationAttribute attribute) => attribute switch
    {
        EmailAddressAttribute => new EmailAddressAttribute().ErrorMessage,
        UrlAttribute => new UrlAttribute().ErrorMessage,
        PhoneAttribute => new PhoneAttribute().ErrorMessage,
        CreditCardAttribute => new CreditCardAttribute().ErrorMessage,
        Base64StringAttribute => new Base64StringAttribute().ErrorMessage,
        AllowedValuesAttribute => new AllowedValuesAttribute().ErrorMessage,
        DeniedValuesAttribute => new DeniedValuesAttribute().ErrorMessage,
        _ => null,
    };

    private static string OfLength(Field field, int min, int? max)
    {
        var text = max is null or int.MaxValue ? field.Ngettext(Messages.TooShort, min)
            : min <= 0 ? field.Ngettext(Messages.TooLong, max.Value)
            : min == max ? field.Ngettext(Messages.WrongLength, max.Value)
            : field.Gettext(Messages.LengthBetween);
        return PythonText.Format(text, ("min", min), ("max", max));
    }

    private static string OfCount(Field field, int min, int? max) =>
        PythonText.Format(field.Gettext(max is null ? Messages.EntriesAtLeast : min <= 0 ? Messages.EntriesAtMost : Messages.EntriesBetween), ("min", min), ("max", max));

    private static string NameOfOther(CompareAttribute compare, Form form) => form.TryGetField(PythonText.SnakeCase(compare.OtherProperty), out var other) ? other.Label.Text : compare.OtherProperty;

    private static string OfRange(Field field, RangeAttribute range)
    {
        var isDate = range.OperandType == typeof(DateOnly) || range.OperandType == typeof(DateTime) || range.OperandType == typeof(TimeOnly);
        return PythonText.Format(field.Gettext(isDate ? Messages.DateBetween : Messages.NumberBetween), ("min", range.Minimum), ("max", range.Maximum));
    }

    /// <summary>
    /// Says what a <see cref="CompareAttribute"/> says, with the name that the form shows. That one keeps the name it has first worked out, in whatever language it was asked, and does not see
    /// what stands at a record's parameters.
    /// </summary>
    private sealed class Comparing : CompareAttribute
    {
        private readonly string _other;

        public Comparing(CompareAttribute said, string other)
            : base(said.OtherProperty)
        {
            _other = other;
            ErrorMessage = said.ErrorMessage;
            ErrorMessageResourceName = said.ErrorMessageResourceName;
            ErrorMessageResourceType = said.ErrorMessageResourceType;
        }

        public override string FormatErrorMessage(string name) => string.Format(CultureInfo.CurrentCulture, ErrorMessageString, name, _other);
    }
}
