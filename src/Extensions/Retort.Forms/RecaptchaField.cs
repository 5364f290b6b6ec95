using Retort.Forms.Widgets;

namespace Retort.Forms;

/// <summary>
/// The question whether the user is a robot, by Google's reCAPTCHA: <c>Captcha = new RecaptchaField();</c>. Needs <c>RECAPTCHA_PUBLIC_KEY</c> and <c>RECAPTCHA_PRIVATE_KEY</c>, and its form is validated
/// with <c>await form.ValidateOnSubmitAsync()</c>, because the answer is checked over the network. Source: flask_wtf.recaptcha.RecaptchaField.
/// </summary>
/// <param name="label">The label. Default: empty.</param>
/// <param name="validators">What checks it. Default: <see cref="Validators.Recaptcha"/>.</param>
public class RecaptchaField(string? label = "", params Validator[] validators) : Field<string?>(label, validators is { Length: 0 } ? [Forms.Validators.Recaptcha()] : validators)
{
    private static readonly RecaptchaWidget Question = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Question;

    /// <inheritdoc/>
    public override string ValueText => string.Empty;

    /// <summary>Writes nothing: the answer belongs to no object.</summary>
    public override void PopulateObj(object target, string name)
    {
    }

    /// <inheritdoc/>
    protected internal override string? ProcessFormData(IReadOnlyList<object?> values) => null;
}
