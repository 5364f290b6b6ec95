using System.ComponentModel.DataAnnotations;
using Retort.Forms.Text;

namespace Retort.Forms.Models;

/// <summary>A data annotation as a validator.</summary>
internal sealed class AnnotationValidator(ValidationAttribute attribute, string member, string display) : Validator
{
    public override Verdict Validate(Form form, Field field)
    {
        var instance = (form as IModelForm)?.Instance;
        if (instance is null && attribute.RequiresValidationContext)
            return Verdict.Pass;
        var context = new ValidationContext(instance ?? form, null, null) { MemberName = member, DisplayName = display };
        var value = field is IFieldList list ? list.Filled.Select(entry => entry.Data).ToList() : field.Data;
        if (attribute.GetValidationResult(value, context) is not { } wrong)
            return Verdict.Pass;
        var message = AnnotationMessages.Of(attribute, form, field) ?? wrong.ErrorMessage ?? field.Gettext(Messages.Input);
        return attribute is RequiredAttribute ? Verdict.Stop(message, clearErrors: true) : Verdict.Fail(message);
    }

    public override void SetFlags(FieldFlags flags)
    {
        switch (attribute)
        {
            case RequiredAttribute:
                flags["required"] = true;
                break;
            case StringLengthAttribute length:
                flags["maxlength"] = length.MaximumLength;
                if (length.MinimumLength > 0)
                    flags["minlength"] = length.MinimumLength;
                break;
            case MaxLengthAttribute { Length: > 0 } length:
                flags["maxlength"] = length.Length;
                break;
            case MinLengthAttribute length:
                flags["minlength"] = length.Length;
                break;
            case RangeAttribute range:
                flags["min"] = range.Minimum;
                flags["max"] = range.Maximum;
                break;
            case RegularExpressionAttribute expression:
                flags["pattern"] = expression.Pattern;
                break;
        }
    }
}
