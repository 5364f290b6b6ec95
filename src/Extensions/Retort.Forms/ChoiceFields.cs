using Retort.Forms.Text;
using Retort.Forms.Widgets;
using Retort.Jinja.Values;

namespace Retort.Forms;

/// <summary>A field whose value is among choices. Iterating it gives each choice as a field. Source: wtforms.fields.SelectFieldBase.</summary>
/// <typeparam name="T">The type of a choice's value.</typeparam>
/// <typeparam name="TData">The type of the field's value.</typeparam>
public abstract class SelectFieldBase<T, TData>(string? label, Validator[] validators) : Field<TData>(label, validators), IChoosing
    where T : notnull
{
    private static readonly Option OptionElement = new();

    /// <summary>The choices: <c>[("cpp", "C++"), ("py", "Python")]</c> or <c>["red", "blue"]</c>. May be set until the form is validated; those that depend on the user should be.</summary>
    public IReadOnlyList<Choice<T>>? Choices { get; set; }

    /// <summary>The choices in groups, in place of <see cref="Choices"/>.</summary>
    public ChoiceGroups<T>? Groups { get; set; }

    /// <summary>Makes the choices for each form, in place of <see cref="Choices"/>.</summary>
    public Func<IEnumerable<Choice<T>>>? ChoicesFactory { get; init; }

    /// <summary>Whether a value that is no choice is an error. Default true.</summary>
    public bool ValidateChoice { get; init; } = true;

    /// <summary>
    /// Makes a choice's value of what was sent, where the usual reading of the type does not do; throws <see cref="FormatException"/> when it cannot.
    /// By default numbers are read as Python reads them, enumerations by name, <see cref="Guid"/> as usual.
    /// </summary>
    public Func<object?, T>? Coerce { get; init; }

    /// <summary>Whether the choices are in groups.</summary>
    public bool HasGroups => Groups is not null;

    /// <inheritdoc/>
    public override IEnumerable<Field> Parts => ((IChoosing)this).ShownGroups.SelectMany(group => group.Choices).Select((choice, index) => new Choosable(this, choice, index, OptionWidget));

    /// <inheritdoc/>
    public override bool IsIterable => true;

    IEnumerable<(string? Group, IEnumerable<ShownChoice> Choices)> IChoosing.ShownGroups =>
        Groups is not null ? Groups.Select(group => ((string?)group.Key, Shown(group.Value))) : [(null, Shown(Ungrouped ?? []))];

    /// <summary>What writes a single choice.</summary>
    protected virtual Widget OptionWidget => OptionElement;

    /// <summary>All choices, or null if none were given.</summary>
    protected IEnumerable<Choice<T>>? AllChoices => Groups?.SelectMany(group => group.Value) ?? Ungrouped;

    private IEnumerable<Choice<T>>? Ungrouped => ChoicesFactory is null ? Choices : ChoicesFactory();

    /// <inheritdoc/>
    public override ValueIterator GetIterator() => new FieldIterator(Parts);

    /// <inheritdoc/>
    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        if (name != "iter_choices")
            return base.TryGetMember(context, name, out value);
        value = Value.FromObject(() => ((IChoosing)this).ShownGroups.SelectMany(group => group.Choices).Select(choice => (choice.Value, (object?)choice.LabelMarkup ?? choice.Label, choice.IsSelected)).ToList());
        return true;
    }

    /// <summary>Whether a choice is the one chosen, or one of those.</summary>
    protected abstract bool IsSelected(T value);

    /// <summary>Reads a choice's value; false if it is none of the type.</summary>
    protected bool TryCoerce(object? sent, out T value)
    {
        value = default!;
        if (Coerce is null)
        {
            if (sent is null || !Coercion.TryTo(sent, typeof(T), out var converted))
                return false;
            value = (T)converted!;
            return true;
        }
        try
        {
            value = Coerce(sent);
            return true;
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException or InvalidCastException or ValidationError)
        {
            return false;
        }
    }

    /// <summary>The choices, for validating. Throws <see cref="InvalidOperationException"/> when none were given.</summary>
    protected IEnumerable<Choice<T>> RequireChoices() => AllChoices ?? throw new InvalidOperationException($"the field '{Name}' has no choices to validate against. Set Choices (an empty list for none), or ValidateChoice = false.");

    private IEnumerable<ShownChoice> Shown(IEnumerable<Choice<T>> choices) => choices.Select(choice => new ShownChoice(choice.Value, choice.Label, choice.LabelMarkup, IsSelected(choice.Value), choice.RenderKw));
}

/// <summary>A list of choices of which one is chosen. Source: wtforms.SelectField.</summary>
public abstract class SingleChoiceField<T, TData>(string? label, Validator[] validators) : SelectFieldBase<T, TData>(label, validators)
    where T : notnull
{
    private static readonly Select List = new();

    // Browsers send the first choice of a list that nobody touched.
    internal override bool IsBlank => Widget is Select || base.IsBlank;

    /// <inheritdoc/>
    protected override Widget DefaultWidget => List;

    /// <inheritdoc/>
    protected override bool IsSelected(T value) => Data is T data && EqualityComparer<T>.Default.Equals(data, value);

    /// <inheritdoc/>
    protected internal override string? ProcessData(object? value)
    {
        Data = value is not null && TryCoerce(value, out var choice) && choice is TData data ? data : default!;
        return null;
    }

    /// <inheritdoc/>
    protected internal override string? ProcessFormData(IReadOnlyList<object?> values)
    {
        if (values.Count == 0)
            return null;
        if (!TryCoerce(values[0], out var choice))
            return Messages.ChoiceNotRead;
        Data = choice is TData data ? data : default!;
        return null;
    }

    /// <inheritdoc/>
    protected internal override Verdict PreValidate(Form form)
    {
        if (!ValidateChoice)
            return Verdict.Pass;
        foreach (var choice in RequireChoices())
        {
            if (IsSelected(choice.Value))
                return Verdict.Pass;
        }
        return Gettext(Messages.NotAChoice);
    }
}

/// <summary>A list of texts of which one is chosen.</summary>
public class SelectField(string? label = null, params Validator[] validators) : SingleChoiceField<string, string?>(label, validators);

/// <summary>A list of numbers, identifiers or enumeration values of which one is chosen: <c>new SelectField&lt;int&gt;("Group") { Choices = [(1, "Admins")] }</c>.</summary>
public class SelectField<T>(string? label = null, params Validator[] validators) : SingleChoiceField<T, T?>(label, validators)
    where T : struct;

/// <summary>Texts of which one is chosen, each with a button. Source: wtforms.RadioField.</summary>
public class RadioField(string? label = null, params Validator[] validators) : SelectField(label, validators)
{
    private static readonly ListWidget List = new(prefixLabel: false);
    private static readonly RadioInput Button = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => List;

    /// <inheritdoc/>
    protected override Widget OptionWidget => Button;
}

/// <summary>Numbers, identifiers or enumeration values of which one is chosen, each with a button.</summary>
public class RadioField<T>(string? label = null, params Validator[] validators) : SelectField<T>(label, validators)
    where T : struct
{
    private static readonly ListWidget List = new(prefixLabel: false);
    private static readonly RadioInput Button = new();

    /// <inheritdoc/>
    protected override Widget DefaultWidget => List;

    /// <inheritdoc/>
    protected override Widget OptionWidget => Button;
}

/// <summary>A list of choices of which any number is chosen. Source: wtforms.SelectMultipleField.</summary>
public class SelectMultipleField<T>(string? label = null, params Validator[] validators) : SelectFieldBase<T, IReadOnlyList<T>>(label, validators)
    where T : notnull
{
    private static readonly Select List = new(multiple: true);

    /// <inheritdoc/>
    protected override Widget DefaultWidget => List;

    /// <inheritdoc/>
    protected override bool IsSelected(T value) => Data?.Contains(value) is true;

    /// <inheritdoc/>
    protected internal override string? ProcessData(object? value)
    {
        Data = value is System.Collections.IEnumerable items and not string && Read(items.Cast<object?>()) is { } read ? read : null!;
        return null;
    }

    /// <inheritdoc/>
    protected internal override string? ProcessFormData(IReadOnlyList<object?> values)
    {
        if (Read(values) is not { } read)
            return Messages.ChoicesNotRead;
        Data = read;
        return null;
    }

    /// <inheritdoc/>
    protected internal override Verdict PreValidate(Form form)
    {
        if (!ValidateChoice || Data is not { Count: > 0 } data)
            return Verdict.Pass;
        var acceptable = RequireChoices().Select(choice => choice.Value).ToHashSet();
        var others = data.Where(value => !acceptable.Contains(value)).Distinct().Select(value => Coercion.Text(value)).ToList();
        return others.Count == 0
            ? Verdict.Pass
            : PythonText.Format(Ngettext(Messages.NotChoices, others.Count), ("value", string.Join("', '", others)));
    }

    private List<T>? Read(IEnumerable<object?> values)
    {
        var read = new List<T>();
        foreach (var value in values)
        {
            if (!TryCoerce(value, out var choice))
                return null;
            read.Add(choice);
        }
        return read;
    }
}

/// <summary>A list of texts of which any number is chosen.</summary>
public class SelectMultipleField(string? label = null, params Validator[] validators) : SelectMultipleField<string>(label, validators);
