using Retort.Forms.Text;

namespace Retort.Forms.Validation;

// One family: equal to another field, among values, or as the app's own function says.

internal sealed class EqualTo(string fieldName, string? message) : Validator
{
    public override Verdict Validate(Form form, Field field)
    {
        if (!form.TryGetField(fieldName, out var other))
            return field.Gettext(Messages.NoSuchField).Replace("%s", fieldName, StringComparison.Ordinal);
        return Equals(field.Data, other.Data)
            ? Verdict.Pass
            : PythonText.Format(message ?? field.Gettext(Messages.NotEqual), ("other_label", other.Label.Text), ("other_name", fieldName));
    }
}

internal sealed class Membership<T>(IEnumerable<T> values, bool isIn, string? message, Func<IEnumerable<T>, string>? formatter) : Validator
{
    private readonly T[] _values = values as T[] ?? [.. values];

    public override Verdict Validate(Form form, Field field)
    {
        // A field's value may be of a narrower or wider type than the values.
        var found = field.Data is T same ? _values.Contains(same) : field.Data is not null && Coercion.TryTo(field.Data, typeof(T), out var fitting) && _values.Contains((T)fitting!);
        if (found == isIn)
            return Verdict.Pass;
        var text = message ?? field.Gettext(isIn ? Messages.NotAnyOf : Messages.NoneOf);
        return PythonText.Format(text, ("values", formatter is null ? string.Join(", ", _values.Select(value => Coercion.Text(value))) : formatter(_values)));
    }
}

internal sealed class Check(Func<Form, Field, string?> check) : Validator
{
    public override Verdict Validate(Form form, Field field) => check(form, field);
}

internal sealed class CheckAsync(Func<Form, Field, CancellationToken, Task<string?>> check) : Validator
{
    public override async ValueTask<Verdict> ValidateAsync(Form form, Field field, CancellationToken cancellation) => await check(form, field, cancellation).ConfigureAwait(false);
}
