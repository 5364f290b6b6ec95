using Retort.Forms.Csrf;
using Retort.Forms.Widgets;

namespace Retort.Forms;

/// <summary>The hidden field with the token against forged requests.</summary>
internal sealed class CsrfTokenField(CsrfState state) : Field<string?>("CSRF Token", [])
{
    private static readonly HiddenInput Unseen = new();

    /// <summary>The session's token, and never the one that was sent.</summary>
    public override string ValueText => state.Token();

    protected override Widget DefaultWidget => Unseen;

    public override void PopulateObj(object target, string name)
    {
    }

    protected internal override string? ProcessFormData(IReadOnlyList<object?> values)
    {
        if (values.Count > 0)
            Data = values[0] as string;
        return null;
    }

    protected internal override Verdict PreValidate(Form form) => state.IsRequestValid ? Verdict.Pass : state.Validate(Data) is { } wrong ? Verdict.Stop(Gettext(wrong)) : Verdict.Pass;
}
