namespace Retort.Forms.Tests;

/// <summary>A form with one field, made elsewhere.</summary>
internal sealed class OneField(Field field, FormData? formData = null) : Form(formData)
{
    private protected override IEnumerable<KeyValuePair<string, Field>> AdditionalFields() => [new("the_field", field)];
}
