namespace Retort.Forms;

/// <summary>
/// A check of a field's value. Those of WTForms are made by <see cref="Validators"/>; derive from this for one of your own that is used in several forms.
/// One object may serve many forms at once, so it keeps no state of a request.
/// </summary>
public abstract class Validator
{
    /// <summary>Checks the value. A validator that must wait leaves this alone, and its form is validated with <c>ValidateAsync</c>.</summary>
    public virtual Verdict Validate(Form form, Field field) =>
        throw new InvalidOperationException($"{GetType().Name} of the field '{field?.Name}' checks asynchronously, but the form was validated with Validate(). Use await form.ValidateAsync() or await form.ValidateOnSubmitAsync().");

    /// <summary>Checks the value where waiting is allowed. The default calls <see cref="Validate"/>.</summary>
    public virtual ValueTask<Verdict> ValidateAsync(Form form, Field field, CancellationToken cancellation) => new(Validate(form, field));

    /// <summary>Tells the browser what it can check itself: <c>flags["maxlength"] = 80</c>.</summary>
    public virtual void SetFlags(FieldFlags flags)
    {
    }
}
