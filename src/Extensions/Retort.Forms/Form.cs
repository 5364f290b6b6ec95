using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Retort.Forms;

/// <summary>
/// A form: a class whose public members of type <see cref="Field"/> are its fields, in the order they are written, those of base classes first. Source: wtforms.Form.
/// </summary>
/// <example>
/// <code>
/// class LoginForm : FlaskForm
/// {
///     public StringField Username = new("Username", DataRequired(), Length(max: 80));
///     public PasswordField Password = new("Password", DataRequired());
///
///     string? ValidateUsername(StringField field) => field.Data == "root" ? "Choose another name." : null;
/// }
/// </code>
/// </example>
/// <remarks>
/// A method <c>Validate</c> + a field's name checks that field after its validators: it returns what is wrong or null, or throws <see cref="ValidationError"/>; one that returns a task
/// needs <see cref="ValidateAsync"/>. A method <c>Filter</c> + a field's name takes and returns the value before it is validated.
/// Fields belong to one form object: make a new form for each request.
/// </remarks>
public abstract partial class Form : IEnumerable<Field>
{
    private const string PrefixEnds = "-_;:/.";

    private readonly FormPlan _plan;
    private readonly List<Field> _fields;
    private readonly string _prefix;
    private List<string>? _formErrors;
    private Translations? _translations;
    private bool _translationsKnown;

    /// <summary>Makes the form and takes its values. A value comes from what was submitted, else from the object, else from the data, else it is the field's default.</summary>
    /// <param name="formData">What was submitted: <c>request.Form</c>. A field that is missing in it counts as left empty. Null: nothing was.</param>
    /// <param name="obj">An object whose members, by the fields' names, are the values to begin with.</param>
    /// <param name="prefix">Stands before the names of all fields, so that one page can hold the form twice. A dash is added if it ends with no mark.</param>
    /// <param name="data">Further values to begin with: <c>new { username = "ann" }</c> or a dictionary.</param>
    protected Form(FormData? formData = null, object? obj = null, string prefix = "", object? data = null)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        _prefix = prefix.Length > 0 && !PrefixEnds.Contains(prefix[^1], StringComparison.Ordinal) ? prefix + '-' : prefix;
        if (Enclosure.Take() is { } enclosure)
        {
            (_prefix, formData, obj, data) = (enclosure.Prefix, enclosure.FormData, enclosure.Obj, null);
            (_translations, _translationsKnown) = (enclosure.Outer.TranslationsInUse, true);
            Depth = enclosure.Outer.Depth + 1;
        }
        _plan = FormPlan.Of(GetType());
        _fields = _plan.FieldsOf(this);
        FormData = formData;
        foreach (var field in AdditionalFields())
            Append(field.Key, field.Value);
        Process(formData, obj, data);
    }

    /// <summary>A form made of a record or class with data annotations, inside a request. Throws <see cref="InvalidOperationException"/> for a class of which none can be made.</summary>
    /// <param name="obj">An object with the values to begin with.</param>
    /// <param name="prefix">Stands before the names of all fields.</param>
    public static ModelForm<T> Of<T>(T? obj = null, string prefix = "")
        where T : class => new(obj, prefix);

    /// <summary>What was submitted, or null.</summary>
    public FormData? FormData { get; private set; }

    /// <summary>Errors of the form as a whole. Your own checks may add to it.</summary>
    public IList<string> FormErrors => _formErrors ??= [];

    /// <summary>All errors: lists of texts by field; those of the form under the key null. Empty before <see cref="Validate"/>.</summary>
    public FormErrors Errors => new(_fields, _formErrors);

    /// <summary>The values by the fields' names.</summary>
    public IReadOnlyDictionary<string, object?> Data
    {
        get
        {
            var data = new OrderedDictionary<string, object?>(_fields.Count, StringComparer.Ordinal);
            foreach (var each in _fields)
                data[each.Key] = each.Data;
            return data;
        }
    }

    /// <summary>
    /// The languages of the texts of fields and validators, the best first: <c>["de", "fr"]</c>. Default: null, English. The first of <see cref="Translations.Languages"/> is used. Source: Meta.locales.
    /// </summary>
    protected virtual IReadOnlyList<string>? Locales => null;

    /// <summary>Translates the texts of fields and validators. Default: as <see cref="Locales"/> say. Source: Meta.get_translations.</summary>
    protected virtual Translations? Translations => Locales is { } languages ? Translations.For(languages) : null;

    internal Translations? TranslationsInUse
    {
        get
        {
            if (!_translationsKnown)
                (_translations, _translationsKnown) = (Translations, true);
            return _translations;
        }
    }

    /// <summary>A field by its name in snake_case, without the prefix. Throws <see cref="KeyNotFoundException"/> when there is none.</summary>
    public Field this[string name] => Find(name) ?? throw new KeyNotFoundException($"the form {GetType().Name} has no field '{name}'. It has: {string.Join(", ", _fields.Select(field => field.Key))}.");

    /// <summary>Whether there is a field of this name.</summary>
    public bool Contains(string name) => Find(name) is not null;

    /// <summary>A field by its name.</summary>
    public bool TryGetField(string name, [NotNullWhen(true)] out Field? field) => (field = Find(name)) is not null;

    /// <summary>Takes a field out of this form object. Source: <c>del form.field</c>.</summary>
    public bool Remove(string name) => Find(name) is { } field && _fields.Remove(field);

    /// <summary>Takes the values anew from other sources than the constructor's.</summary>
    /// <param name="formData">What was submitted; null gives the form as it is shown first.</param>
    /// <param name="obj">An object with values to begin with.</param>
    /// <param name="data">Further values to begin with.</param>
    public void Process(FormData? formData, object? obj = null, object? data = null)
    {
        FormData = formData;
        _formErrors?.Clear();
        foreach (var field in _fields)
            field.Process(formData, GivenTo(field, obj, data), _plan.FilterOf(this, field.Key));
    }

    /// <summary>Takes the values to begin with from an object; what was submitted goes before it, as with the constructor's parameters.</summary>
    /// <param name="obj">An object whose members are the values.</param>
    /// <param name="data">Further values.</param>
    public void Fill(object? obj = null, object? data = null) => Process(FormData, obj, data);

    /// <summary>Writes the fields' values to the members of an object that are called like them, or to a dictionary. Fields without such a member are left out.</summary>
    public void PopulateObj(object target)
    {
        ArgumentNullException.ThrowIfNull(target);
        foreach (var field in _fields)
            field.PopulateObj(target, field.Key);
    }

    /// <summary>Checks all fields, fills their errors, and tells whether there are none.</summary>
    /// <param name="extraValidators">Validators for this time, by the fields' names.</param>
    public virtual bool Validate(IReadOnlyDictionary<string, Validator[]>? extraValidators = null)
    {
        var validating = ValidateAll(extraValidators, mayWait: false, CancellationToken.None);
        // Without leave to wait everything is done by now.
        return validating.IsCompleted ? validating.GetAwaiter().GetResult() : throw new InvalidOperationException("a form was validated with Validate(), but one of its checks waits.");
    }

    /// <summary>The same where validators and inline checks may wait, for a database or another server.</summary>
    public virtual ValueTask<bool> ValidateAsync(IReadOnlyDictionary<string, Validator[]>? extraValidators = null, CancellationToken cancellation = default) =>
        ValidateAll(extraValidators, mayWait: true, cancellation);

    /// <summary>The fields in order.</summary>
    public IEnumerator<Field> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal IReadOnlyList<Field> Fields => _fields;

    /// <summary>Fields that are no members: made from data, or the token against forged requests.</summary>
    private protected virtual IEnumerable<KeyValuePair<string, Field>> AdditionalFields() => [];

    internal string Prefix => _prefix;

    /// <summary>How many forms it is inside of.</summary>
    internal int Depth { get; }

    private void Append(string key, Field field)
    {
        field.Bind(this, key, _prefix);
        _fields.Add(field);
    }

    private Field? Find(string name)
    {
        foreach (var field in _fields)
        {
            if (field.Key.Equals(name, StringComparison.Ordinal))
                return field;
        }
        return null;
    }

    private static Given GivenTo(Field field, object? obj, object? data)
    {
        if (obj is not null && ObjectMembers.TryGet(obj, field.Key, out var value))
            return Given.Of(value);
        return data is not null && ObjectMembers.TryGet(data, field.Key, out value) ? Given.Of(value) : Given.Nothing;
    }

    private async ValueTask<bool> ValidateAll(IReadOnlyDictionary<string, Validator[]>? extraValidators, bool mayWait, CancellationToken cancellation)
    {
        var success = true;
        foreach (var field in _fields)
        {
            var validating = field.Validate(this, ExtraOf(field, extraValidators), mayWait, cancellation);
            success &= validating.IsCompletedSuccessfully ? validating.Result : await validating.ConfigureAwait(false);
        }
        return success && _formErrors is not { Count: > 0 };
    }

    private Validator[] ExtraOf(Field field, IReadOnlyDictionary<string, Validator[]>? extraValidators)
    {
        var extra = extraValidators?.GetValueOrDefault(field.Key) ?? [];
        return _plan.InlineOf(field.Key) is { } inline ? [inline, .. extra] : extra;
    }
}
