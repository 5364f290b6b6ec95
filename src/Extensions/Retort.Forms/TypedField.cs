using System.Diagnostics.CodeAnalysis;
using Retort.Jinja.Values;

namespace Retort.Forms;

/// <summary>A field whose value has a type.</summary>
/// <typeparam name="T">The type of the value. Nullable where the user may leave the field empty.</typeparam>
public abstract class Field<T> : Field
{
    /// <summary>A field with its label (default: made of the name) and what its value must be.</summary>
    protected Field(string? label, Validator[] validators) : base(label, validators)
    {
    }

    /// <summary>The value: the one sent, else the object's, else the default.</summary>
    [AllowNull]
    public new T Data { get; set; } = default!;

    /// <summary>The value where neither a form nor an object gives one. Default: null, false or nothing.</summary>
    public T Default { get; init; } = default!;

    /// <summary>Makes the default for each form: <c>() => DateOnly.FromDateTime(DateTime.Today)</c>. Goes before <see cref="Default"/>.</summary>
    public Func<T>? DefaultFactory { get; init; }

    /// <summary>Functions over the value before it is validated, in order: <c>[text => text?.Trim()]</c>. One may throw <see cref="ValidationError"/>.</summary>
    public IReadOnlyList<Func<T, T>> Filters { get; init; } = [];

    /// <inheritdoc/>
    public override string ValueText => Data is null ? string.Empty : Value.FromObject(Data).ToString();

    /// <inheritdoc/>
    protected override object? GetData() => Data;

    /// <inheritdoc/>
    protected internal override object? MakeDefault() => DefaultFactory is null ? Default : DefaultFactory();

    /// <inheritdoc/>
    protected internal override string? ProcessData(object? value)
    {
        Data = Coercion.To<T>(value);
        return null;
    }

    /// <inheritdoc/>
    protected override void ApplyFilters()
    {
        for (var i = 0; i < Filters.Count; i++)
            Data = Filters[i](Data);
    }
}
