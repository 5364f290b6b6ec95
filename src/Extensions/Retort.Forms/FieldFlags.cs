using Retort.Jinja.Values;

namespace Retort.Forms;

/// <summary>
/// What validators and widgets say of a field, by the names of HTML's attributes: <c>required</c> (true), <c>minlength</c>, <c>max</c>. One that was not set is null, and false in a
/// template. Source: wtforms.fields.Flags.
/// </summary>
public sealed class FieldFlags : TemplateObject
{
    private readonly SortedDictionary<string, object?> _values = new(StringComparer.Ordinal);

    /// <summary>A flag; null if it was not set.</summary>
    public object? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set => _values[name] = value;
    }

    /// <summary>Whether a flag was set.</summary>
    public bool Contains(string name) => _values.ContainsKey(name);

    internal IEnumerable<KeyValuePair<string, object?>> All => _values;

    /// <inheritdoc/>
    public override string TypeName => "wtforms.fields.Flags";

    /// <inheritdoc/>
    public override bool IsTrue => true;

    /// <inheritdoc/>
    public override string Repr() => $"<wtforms.fields.Flags: {{{string.Join(", ", _values.Keys)}}}>";

    /// <inheritdoc/>
    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        value = Value.FromObject(this[name]);
        return !name.StartsWith('_');
    }
}
