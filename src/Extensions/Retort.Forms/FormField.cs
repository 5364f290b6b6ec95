using Retort.Forms.Widgets;
using Retort.Jinja.Values;

namespace Retort.Forms;

/// <summary>
/// A form inside a form; its fields are sent as <c>outer-inner</c>. The inner form carries no token against forged requests, because the outer one does. Source: wtforms.FormField.
/// </summary>
/// <typeparam name="TForm">The inner form's class, with a constructor without parameters; <see cref="ModelForm{T}"/> for a record.</typeparam>
public class FormField<TForm>(string? label = null) : Field(label, []), IEnclosing
    where TForm : Form, new()
{
    private static readonly TableWidget Table = new();
    private TForm? _form;

    /// <summary>Stands between the names. Default <c>-</c>.</summary>
    public string Separator { get; init; } = "-";

    /// <summary>The inner form. Throws <see cref="InvalidOperationException"/> before this field belongs to a form.</summary>
    public TForm Form => _form ?? throw new InvalidOperationException($"the FormField of {typeof(TForm).Name} belongs to no form yet, so there is no inner form.");

    /// <summary>An object with the values to begin with, where the outer form's object has none.</summary>
    public object? Default { get; init; }

    /// <summary>Whether the inner form may be left empty as a whole, and is not checked then. Lists of which one choice is always sent do not count as filled in. Default false.</summary>
    public bool MayBeEmpty { get; init; }

    Form IEnclosing.Inner => Form;

    /// <inheritdoc/>
    public override string ValueText => string.Empty;

    /// <inheritdoc/>
    public override IEnumerable<Field> Parts => Form;

    /// <inheritdoc/>
    public override bool IsIterable => true;

    /// <inheritdoc/>
    public override object ErrorTree => Form.Errors;

    /// <inheritdoc/>
    public override bool HasErrors => Form.Errors.Count > 0;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => Table;

    /// <inheritdoc/>
    public override ValueIterator GetIterator() => new FieldIterator(Form);

    /// <inheritdoc/>
    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        if (base.TryGetMember(context, name, out value))
            return true;
        return TryGetItem(Value.From(name), out value);
    }

    /// <inheritdoc/>
    public override bool TryGetItem(in Value key, out Value value)
    {
        var found = Form.TryGetField(key.ToString(), out var field);
        value = Value.From(field);
        return found;
    }

    /// <summary>Writes the inner form's values to the object that the member holds; one is made if it holds none and its class can be.</summary>
    public override void PopulateObj(object target, string name)
    {
        if (!ObjectMembers.TryGet(target, name, out var inner) || inner is null)
        {
            inner = Default ?? (ObjectMembers.TypeOf(target, name) is { IsAbstract: false } type && type.GetConstructor(System.Type.EmptyTypes) is not null ? Activator.CreateInstance(type) : null);
            if (inner is null)
                throw new InvalidOperationException($"cannot write the fields of '{Name}': the {target.GetType().Name} holds no object under '{name}', and none can be made. Set one, or give the FormField a Default.");
            ObjectMembers.TrySet(target, name, inner);
        }
        Form.PopulateObj(inner);
    }

    /// <inheritdoc/>
    protected override object? GetData() => Form.Data;

    /// <inheritdoc/>
    protected internal override object? MakeDefault() => Default;

    /// <inheritdoc/>
    protected internal override string? ProcessData(object? value) => null;

    /// <inheritdoc/>
    protected internal override string? ProcessFormData(IReadOnlyList<object?> values) => null;

    /// <inheritdoc/>
    protected override void ApplyFilters()
    {
    }

    internal override void Process(FormData? formData, in Given given, Func<object?, object?>? inlineFilter = null)
    {
        _form = new Enclosure(Owner, Name + Separator, formData, given.IsGiven ? given.Value : Default).Make<TForm>();
        if (!MayBeEmpty)
            return;
        // A browser would not let the user leave it empty.
        foreach (var field in _form.Where(field => field.Flags.Contains("required")))
            field.Flags["required"] = false;
    }

    internal override bool IsBlank => Form.All(part => part.IsBlank);

    internal override async ValueTask<bool> Validate(Form form, IReadOnlyList<Validator> extra, bool mayWait, CancellationToken cancellation)
    {
        if (extra.Count > 0)
            throw new InvalidOperationException($"'{Name}' is a form inside a form, which has its errors from its own fields. Put the check into {typeof(TForm).Name}.");
        if (MayBeEmpty && IsBlank)
            return true;
        return mayWait ? await Form.ValidateAsync(null, cancellation).ConfigureAwait(false) : Form.Validate();
    }
}
