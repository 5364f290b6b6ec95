using Retort.Forms.Models;
using Retort.Forms.Text;

namespace Retort.Forms;

/// <summary>
/// A form made of a record or class with data annotations: <c>var form = Form.Of&lt;Register&gt;();</c>. Its fields are the public properties, by their names in snake_case; it is otherwise a
/// <see cref="FlaskForm"/>. Once it is valid, <see cref="Model"/> is the object.
/// </summary>
/// <typeparam name="T">The record or class.</typeparam>
public sealed class ModelForm<T> : FlaskForm, IModelForm
    where T : class
{
    private object? _instance;

    /// <summary>Makes the form, as <c>Form.Of&lt;T&gt;()</c> does. Throws <see cref="InvalidOperationException"/> for a class of which none can be made.</summary>
    public ModelForm() : this(null)
    {
    }

    /// <summary>Makes the form with the values of an object to begin with.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="prefix">Stands before the names of all fields.</param>
    public ModelForm(T? obj, string prefix = "") : base(obj, prefix)
    {
    }

    /// <summary>The object with the values that were submitted. Throws <see cref="InvalidOperationException"/> before the form was found valid.</summary>
    public T Model => IsValid ? (T)_instance! : throw new InvalidOperationException($"the form of {typeof(T).Name} has no model, because it was not found valid. Use it after form.ValidateOnSubmit() was true.");

    private bool IsValid { get; set; }

    object? IModelForm.Instance => _instance;

    object? IModelForm.MakeInstance() => ModelPlan<T>.Instance.Make(this);

    /// <inheritdoc/>
    public override bool Validate(IReadOnlyDictionary<string, Validator[]>? extraValidators = null)
    {
        _instance = ModelPlan<T>.Instance.Make(this);
        FormErrors.Clear();
        return IsValid = Conclude(base.Validate(extraValidators));
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> ValidateAsync(IReadOnlyDictionary<string, Validator[]>? extraValidators = null, CancellationToken cancellation = default)
    {
        _instance = ModelPlan<T>.Instance.Make(this);
        FormErrors.Clear();
        return IsValid = Conclude(await base.ValidateAsync(extraValidators, cancellation).ConfigureAwait(false));
    }

    private protected override IEnumerable<KeyValuePair<string, Field>> AdditionalFields() => ModelPlan<T>.Instance.Fields().Concat(base.AdditionalFields());

    // What the object says of itself is asked when its parts are good, as ASP.NET Core does.
    private bool Conclude(bool valid)
    {
        if (valid && _instance is null)
            FormErrors.Add(TranslationsInUse?.Gettext(Messages.Model) ?? Messages.Model);
        else if (valid)
            ModelPlan<T>.Instance.CheckWhole(this, _instance!);
        return valid && Errors.Count == 0;
    }
}
