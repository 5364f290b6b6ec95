using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Retort.Forms;

/// <summary>
/// A form's errors by field: lists of texts; for a <see cref="FormField{TForm}"/> its form's errors, for a <see cref="FieldList{T}"/> those of each entry. The form's own are under null, which in JSON
/// is the name <c>null</c>, as Python writes it.
/// </summary>
[JsonConverter(typeof(Json))]
public sealed class FormErrors : IReadOnlyDictionary<string?, object>
{
    private readonly OrderedDictionary<string, object> _byField = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string>? _ofForm;

    internal FormErrors(IEnumerable<Field> fields, List<string>? ofForm)
    {
        foreach (var field in fields)
        {
            if (field.HasErrors)
                _byField[field.Key] = field.ErrorTree;
        }
        _ofForm = ofForm is { Count: > 0 } ? ofForm : null;
    }

    /// <inheritdoc/>
    public int Count => _byField.Count + (_ofForm is null ? 0 : 1);

    /// <inheritdoc/>
    public IEnumerable<string?> Keys => this.Select(pair => pair.Key);

    /// <inheritdoc/>
    public IEnumerable<object> Values => this.Select(pair => pair.Value);

    /// <summary>The errors of a field, or of the form for null. Throws <see cref="KeyNotFoundException"/> when it has none.</summary>
    public object this[string? key] => TryGetValue(key, out var errors) ? errors : throw new KeyNotFoundException($"'{key}' has no errors.");

    /// <inheritdoc/>
    public bool ContainsKey(string? key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string? key, [MaybeNullWhen(false)] out object value)
    {
        if (key is not null)
            return _byField.TryGetValue(key, out value);
        value = _ofForm;
        return value is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string?, object>> GetEnumerator()
    {
        foreach (var (key, errors) in _byField)
            yield return new(key, errors);
        if (_ofForm is not null)
            yield return new(null, _ofForm);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Json : JsonConverter<FormErrors>
    {
        public override FormErrors Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("the errors of a form are written as JSON and never read.");

        public override void Write(Utf8JsonWriter writer, FormErrors value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (name, errors) in value)
            {
                writer.WritePropertyName(name ?? "null");
                JsonSerializer.Serialize(writer, errors, errors.GetType(), options);
            }
            writer.WriteEndObject();
        }
    }
}
