using Retort.Forms.Text;

namespace Retort.Forms.Validation;

// One family: whether there is a value at all.

internal sealed class DataRequired(string? message) : Validator
{
    public override Verdict Validate(Form form, Field field) =>
        Truth.Of(field.Data) && (field.Data is not string text || !PythonText.Strip(text).IsEmpty)
            ? Verdict.Pass
            : Verdict.Stop(message ?? field.Gettext(Messages.Required), clearErrors: true);

    public override void SetFlags(FieldFlags flags) => flags["required"] = true;
}

internal sealed class InputRequired(string? message) : Validator
{
    public override Verdict Validate(Form form, Field field) =>
        field.RawData is { Count: > 0 } sent && Truth.Of(sent[0]) ? Verdict.Pass : Verdict.Stop(message ?? field.Gettext(Messages.Required), clearErrors: true);

    public override void SetFlags(FieldFlags flags) => flags["required"] = true;
}

internal sealed class Optional(bool stripWhitespace) : Validator
{
    public override Verdict Validate(Form form, Field field)
    {
        var isEmpty = field.RawData is not { Count: > 0 } sent || (sent[0] is string text ? (stripWhitespace ? PythonText.Strip(text).IsEmpty : text.Length == 0) : !Truth.Of(sent[0]));
        return isEmpty ? Verdict.Stop(clearErrors: true) : Verdict.Pass;
    }

    public override void SetFlags(FieldFlags flags) => flags["optional"] = true;
}

/// <summary>A field that the user sees but may not change.</summary>
internal sealed class Unchanged(string flag, string? message) : Validator
{
    public override Verdict Validate(Form form, Field field)
    {
        if (flag == "disabled")
            return field.RawData is null or { Count: 0 } ? Verdict.Pass : message ?? field.Gettext(Messages.Disabled);
        return Equals(field.Data, field.ObjectData) ? Verdict.Pass : message ?? field.Gettext(Messages.ReadOnly);
    }

    public override void SetFlags(FieldFlags flags) => flags[flag] = true;
}
