using System.Collections;
using System.Globalization;
using Retort.Forms.Widgets;
using Retort.Jinja.Values;

namespace Retort.Forms;

/// <summary>
/// Any number of fields of one kind, sent as <c>list-0</c>, <c>list-1</c>: <c>new FieldList&lt;StringField&gt;(() => new("Tag"), "Tags") { MinEntries = 2 }</c>. Source: wtforms.FieldList.
/// </summary>
/// <typeparam name="T">The kind of the fields.</typeparam>
public class FieldList<T> : Field, IReadOnlyList<T>, IFieldList
    where T : Field
{
    private static readonly ListWidget List = new();

    private const int MaxDepth = 20;

    private readonly Func<T> _make;
    private readonly List<T> _entries = [];

    /// <summary>A list of fields.</summary>
    /// <param name="make">Makes one field, with its label and validators.</param>
    /// <param name="label">The list's label.</param>
    /// <param name="validators">Checks of the list as a whole.</param>
    public FieldList(Func<T> make, string? label = null, params Validator[] validators) : base(label, validators)
    {
        ArgumentNullException.ThrowIfNull(make);
        _make = make;
    }

    /// <summary>Entries there are at least, empty ones if need be. Default 0.</summary>
    public int MinEntries { get; init; }

    /// <summary>Entries there are at most; further ones that are sent are dropped. Default null, as many as a form may have fields.</summary>
    public int? MaxEntries { get; init; }

    /// <summary>Stands between name and number. Default <c>-</c>.</summary>
    public string Separator { get; init; } = "-";

    /// <summary>The values to begin with. Default none.</summary>
    public IEnumerable? Default { get; init; }

    /// <summary>The fields.</summary>
    public IReadOnlyList<T> Entries => _entries;

    IEnumerable<Field> IFieldList.Filled => _entries.Where(entry => !entry.IsBlank);

    /// <summary>The number in the last entry's name; -1 without entries.</summary>
    public int LastIndex { get; private set; } = -1;

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public override int Length => _entries.Count;

    /// <inheritdoc/>
    public override bool IsTrue => _entries.Count > 0;

    /// <inheritdoc/>
    public override bool IsIterable => true;

    /// <inheritdoc/>
    public override string ValueText => string.Empty;

    /// <inheritdoc/>
    public override IEnumerable<Field> Parts => _entries;

    /// <summary>The errors of each entry, then those of the list itself; empty if there are none.</summary>
    public override object ErrorTree => HasErrors ? (List<object>)[.. _entries.Any(entry => entry.HasErrors) ? _entries.Select(entry => entry.ErrorTree) : [], .. Errors] : Array.Empty<object>();

    /// <inheritdoc/>
    public override bool HasErrors => base.HasErrors || _entries.Any(entry => entry.HasErrors);

    /// <inheritdoc/>
    public T this[int index] => _entries[index];

    /// <inheritdoc/>
    protected override Widget DefaultWidget => List;

    /// <inheritdoc/>
    public override ValueIterator GetIterator() => new FieldIterator(_entries);

    /// <inheritdoc/>
    public override bool TryGetItem(in Value key, out Value value)
    {
        var index = key.ToObject() is long number ? number < 0 ? number + _entries.Count : number : -1;
        var inside = index >= 0 && index < _entries.Count;
        value = inside ? Value.From(_entries[(int)index]) : default;
        return inside;
    }

    /// <inheritdoc/>
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    /// <summary>Adds an entry, with a value or empty. Throws <see cref="InvalidOperationException"/> when there are <see cref="MaxEntries"/>.</summary>
    public T AppendEntry(object? data = null) => Add(null, data is null ? Given.Nothing : Given.Of(data), LastIndex + 1);

    /// <summary>Takes the last entry away and returns it.</summary>
    public T PopEntry()
    {
        var entry = _entries[^1];
        _entries.RemoveAt(_entries.Count - 1);
        LastIndex--;
        return entry;
    }

    /// <summary>Writes the entries to the member's list or array: values, or objects that an inner form fills, taken from the list as far as it goes and made beyond.</summary>
    public override void PopulateObj(object target, string name)
    {
        if (ObjectMembers.TypeOf(target, name) is not { } type)
            return;
        var element = type.IsArray ? type.GetElementType() : type.IsGenericType ? type.GetGenericArguments()[0] : typeof(object);
        ObjectMembers.TryGet(target, name, out var present);
        var old = (present as IEnumerable)?.Cast<object?>().ToList() ?? [];
        var values = new List<object?>();
        for (var i = 0; i < _entries.Count; i++)
        {
            var holder = new Dictionary<string, object?>(StringComparer.Ordinal) { ["value"] = i < old.Count ? old[i] : null };
            if (holder["value"] is null && _entries[i].Parts.Any() && element?.GetConstructor(System.Type.EmptyTypes) is not null)
                holder["value"] = Activator.CreateInstance(element);
            _entries[i].PopulateObj(holder, "value");
            values.Add(holder["value"]);
        }
        ObjectMembers.TrySet(target, name, values);
    }

    /// <inheritdoc/>
    protected override object? GetData() => _entries.ConvertAll(entry => entry.Data);

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
        _entries.Clear();
        LastIndex = -1;
        base.Process(null, given);
        var values = (ObjectData as IEnumerable)?.Cast<object?>().ToList() ?? [];
        if (formData is { IsEmpty: false })
        {
            var indices = IndicesIn(formData);
            for (var i = 0; i < indices.Count; i++)
                Add(formData, i < values.Count ? Given.Of(values[i]) : Given.Nothing, indices[i]);
        }
        else
        {
            foreach (var value in values)
                Add(formData, Given.Of(value), LastIndex + 1);
        }
        while (_entries.Count < MinEntries)
            Add(formData, Given.Nothing, LastIndex + 1);
    }

    internal override bool IsBlank => _entries.TrueForAll(entry => entry.IsBlank);

    internal override async ValueTask<bool> Validate(Form form, IReadOnlyList<Validator> extra, bool mayWait, CancellationToken cancellation)
    {
        var valid = true;
        foreach (var entry in _entries)
            valid &= await entry.Validate(form, [], mayWait, cancellation).ConfigureAwait(false);
        return await base.Validate(form, extra, mayWait, cancellation).ConfigureAwait(false) && valid;
    }

    private T Add(FormData? formData, in Given given, int index)
    {
        if (_entries.Count >= MaxEntries)
            throw new InvalidOperationException($"cannot add an entry to '{Name}': it has {_entries.Count}, and MaxEntries allows no more.");
        LastIndex = index;
        var entry = _make();
        var number = index.ToString(CultureInfo.InvariantCulture);
        entry.BindInside(this, ShortName + Separator + number, Id + Separator + number);
        entry.Process(formData, given);
        _entries.Add(entry);
        return entry;
    }

    // The numbers in the names sent, in order. One with other digits than ASCII's or beyond an int is nobody's entry, and so is one inside more forms than people make:
    // where a form may hold itself, a long name would nest until the stack ends.
    private List<int> IndicesIn(FormData formData)
    {
        if (Owner.Depth >= MaxDepth)
            return [];
        var start = Name + Separator;
        var indices = new SortedSet<int>();
        foreach (var name in formData.Names)
        {
            if (!name.StartsWith(start, StringComparison.Ordinal))
                continue;
            var rest = name.AsSpan(start.Length);
            var end = rest.IndexOf(Separator, StringComparison.Ordinal);
            if (int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < int.MaxValue)
                indices.Add(index);
        }
        return [.. MaxEntries is { } max ? indices.Take(max) : indices];
    }
}
