using System.Diagnostics.CodeAnalysis;
using Retort.Forms.Text;
using Retort.Forms.Widgets;
using Retort.Jinja;
using Retort.Jinja.Values;

namespace Retort.Forms;

/// <summary>
/// One field of a form: its value, what is wrong with it, and how it is written. A template reads it as WTForms' fields are read: <c>{{ form.name(class="wide") }}</c>.
/// Source: wtforms.fields.Field.
/// </summary>
public abstract partial class Field : TemplateObject
{
    private readonly Validator[] _validators;
    private List<string>? _errors;
    private List<string>? _processErrors;
    private FieldLabel? _label;
    private FieldFlags? _flags;

    /// <summary>A field with its label (default: made of the name) and what its value must be.</summary>
    protected Field(string? label, Validator[] validators)
    {
        ArgumentNullException.ThrowIfNull(validators);
        LabelText = label;
        _validators = validators;
    }

    /// <summary>The name it is sent under, with the form's prefix. Empty until the field belongs to a form. Default: the member's name in snake_case.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>The name without the form's prefix.</summary>
    public string ShortName { get; private set; } = string.Empty;

    /// <summary>The name it is sent under when that is not the member's: <c>_form</c>, <c>user-name</c>.</summary>
    public string? SentName { get; init; }

    /// <summary>The element's id. Default: <see cref="Name"/>.</summary>
    [AllowNull]
    public string Id { get => _id ?? Name; init => _id = value; }

    private string? _id;

    /// <summary>A text for the user beside the field; the form shows it where its template asks for it. Default: empty.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Attributes for each rendering, which those of the call replace: <c>new { placeholder = "you@example.org", data_role = "x" }</c>.</summary>
    public object? RenderKw { get; set; }

    /// <summary>What writes it as HTML. Default: the widget of the field's class.</summary>
    [AllowNull]
    public Widget Widget { get => field ??= DefaultWidget; set; }

    /// <summary>What its value must be, in the order they run.</summary>
    public IReadOnlyList<Validator> Validators => _validators;

    /// <summary>The form it belongs to. Throws <see cref="InvalidOperationException"/> before there is one.</summary>
    public Form Owner => _form ?? throw new InvalidOperationException($"this {GetType().Name} belongs to no form. Declare it as a public field or property of a class derived from Form.");

    private Form? _form;

    /// <summary>What is wrong with the value, after <see cref="Forms.Form.Validate"/>. Your own checks may add to it.</summary>
    public IList<string> Errors => _errors ??= [];

    /// <summary>What was wrong when the value was read: text where a number belongs.</summary>
    public IList<string> ProcessErrors => _processErrors ??= [];

    /// <summary>The values as they were sent; null if nothing was submitted, empty if the field was missing.</summary>
    public IReadOnlyList<object?>? RawData { get; internal set; }

    /// <summary>The value. <see cref="Field{T}.Data"/> is the typed form.</summary>
    public object? Data => GetData();

    /// <summary>The value before anything was submitted: the object's, or the default.</summary>
    public object? ObjectData { get; private set; }

    /// <summary>The label, to be rendered or read.</summary>
    public FieldLabel Label => _label ??= LabelMarkup is null ? new FieldLabel(Id, LabelText ?? DefaultLabel(ShortName)) : new FieldLabel(Id, LabelMarkup);

    /// <summary>
    /// The label's text as HTML, in place of the constructor's, and written as it stands: <c>new Markup("I accept the &lt;a href='/terms'&gt;terms&lt;/a&gt;")</c>. Nothing in it may come from a user
    /// unescaped; <see cref="Markup.Format"/> escapes what it fills in.
    /// </summary>
    public Markup? LabelMarkup { get; init; }

    /// <summary>What the validators say of the field: <c>required</c>, <c>maxlength</c> and so on, by the names of the attributes.</summary>
    public FieldFlags Flags => _flags ??= MakeFlags();

    /// <summary>The text that stands in the element's <c>value</c>.</summary>
    public abstract string ValueText { get; }

    /// <summary>The class's name.</summary>
    public string Type => GetType() is { IsGenericType: true } generic ? generic.Name[..generic.Name.IndexOf('`', StringComparison.Ordinal)] : GetType().Name;

    /// <summary>What is shown as <c>errors</c>: the list of texts; those of a <see cref="FormField{TForm}"/> by field, those of a <see cref="FieldList{T}"/> by entry.</summary>
    public virtual object ErrorTree => (object?)_errors ?? Array.Empty<string>();

    /// <summary>Whether anything is wrong.</summary>
    public virtual bool HasErrors => _errors is { Count: > 0 };

    /// <summary>The fields it consists of: the choices of a list, the entries of a <see cref="FieldList{T}"/>, the fields of a <see cref="FormField{TForm}"/>; none for any other.</summary>
    public virtual IEnumerable<Field> Parts => [];

    /// <summary>Whether the user left it empty, or nothing was sent.</summary>
    internal virtual bool IsBlank => RawData is null || RawData.All(value => value is null or "");

    internal string? LabelText { get; }

    /// <summary>What its form knows it by: the member's name in snake_case.</summary>
    internal string Key { get; private set; } = string.Empty;

    /// <summary>The widget of a field that was given none.</summary>
    protected abstract Widget DefaultWidget { get; }

    /// <summary>The field as HTML.</summary>
    /// <param name="attributes">Attributes of the element: <c>new { size = 32, @class = "x" }</c> or a dictionary; <c>_</c> at the end of a name is dropped, <c>data_x</c> becomes <c>data-x</c>.</param>
    public Markup Render(object? attributes = null)
    {
        var all = HtmlAttributes.Of(RenderKw);
        all.Update(attributes);
        return Widget.Render(this, all);
    }

    /// <summary>Translates one of the texts of fields and validators, by the form's <see cref="Form.Translations"/>.</summary>
    public string Gettext(string text) => _form?.TranslationsInUse?.Gettext(text) ?? text;

    /// <summary>Translates a text that depends on a number.</summary>
    public string Ngettext(string singular, string plural, long number) => _form?.TranslationsInUse is { } translations ? translations.Ngettext(singular, plural, number) : number == 1 ? singular : plural;

    internal string Ngettext(Plural text, long number) => Ngettext(text.One, text.Other, number);

    /// <summary>Writes the value to a member of an object. The default sets the member called <paramref name="name"/>, if there is one that can be set.</summary>
    public virtual void PopulateObj(object target, string name) => ObjectMembers.TrySet(target, name, Data);

    /// <summary>Checks that come before the validators, such as whether a choice is one.</summary>
    protected internal virtual Verdict PreValidate(Form form) => Verdict.Pass;

    /// <summary>Checks that come last, with whether the chain was stopped.</summary>
    protected internal virtual Verdict PostValidate(Form form, bool stopped) => Verdict.Pass;

    /// <summary>The value, boxed.</summary>
    protected abstract object? GetData();

    /// <summary>Takes the default.</summary>
    protected internal abstract object? MakeDefault();

    /// <summary>Takes a value from the app: an object's, a keyword's, the default. Returns what is wrong with it, in English, or null.</summary>
    protected internal abstract string? ProcessData(object? value);

    /// <summary>Takes what was sent: texts, uploads, or values of JSON; none if the field was missing. Returns what is wrong, in English, or null.</summary>
    protected internal abstract string? ProcessFormData(IReadOnlyList<object?> values);

    /// <summary>Runs the filters over the value.</summary>
    protected abstract void ApplyFilters();

    internal virtual void Bind(Form form, string key, string prefix)
    {
        _form = form;
        Key = key;
        ShortName = SentName ?? key;
        Name = prefix + ShortName;
        _label = null;
        foreach (var validator in _validators)
            ArgumentNullException.ThrowIfNull(validator);
    }

    /// <summary>Makes it one of several in a list.</summary>
    internal void BindInside(Field list, string shortName, string id)
    {
        Bind(list.Owner, shortName, list.Name[..^list.ShortName.Length]);
        _id ??= id;
    }

    /// <summary>Makes it one of the choices of a field.</summary>
    private protected void BindAs(Field field) => (_form, Key, ShortName, Name) = (field._form, field.Key, field.ShortName, field.Name);

    /// <summary>Takes the value anew: from the app and, over it, from what was sent.</summary>
    internal virtual void Process(FormData? formData, in Given given, Func<object?, object?>? inlineFilter = null)
    {
        _processErrors?.Clear();
        _errors?.Clear();
        RawData = null;
        ObjectData = given.IsGiven ? given.Value : MakeDefault();
        Note(ProcessData(ObjectData));
        if (formData is not null)
        {
            RawData = formData.GetList(Name);
            Note(ProcessFormData(RawData));
        }
        try
        {
            ApplyFilters();
            if (inlineFilter is not null)
                Note(ProcessData(inlineFilter(Data)));
        }
        catch (ValidationError error)
        {
            Note(error.Message);
        }
    }

    private void Note(string? error)
    {
        if (error is not null)
            ProcessErrors.Add(Gettext(error));
    }

    private FieldFlags MakeFlags()
    {
        var flags = new FieldFlags();
        foreach (var validator in _validators)
            validator.SetFlags(flags);
        Widget.SetFlags(flags);
        return flags;
    }

    internal static string DefaultLabel(string name) => PythonText.Title(name.Replace('_', ' '));
}
