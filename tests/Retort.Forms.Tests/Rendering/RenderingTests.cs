using System.Globalization;
using System.Text.Json;
using Retort.Forms.Widgets;
using Retort.Jinja;

namespace Retort.Forms.Tests.Rendering;

/// <summary>Fields as HTML, equal to what record.py recorded of WTForms: <c>rendering.json</c>.</summary>
public sealed class RenderingTests
{
    private static readonly JsonElement[] Rows = Read();
    private static readonly JinjaEnvironment Environment = new() { Autoescape = _ => true };

    public static TheoryData<int> AllRows => [.. Enumerable.Range(0, Rows.Length)];

    [Fact]
    public void The_table_has_every_field_with_every_set_of_attributes() => Assert.True(Rows.Length >= 1000, $"{Rows.Length} rows");

    [Theory]
    [MemberData(nameof(AllRows))]
    public void A_field_renders_as_in_WTForms(int index)
    {
        var row = Rows[index];
        var field = Make(row);
        var attributes = Plain(row.GetProperty("attributes"));
        var expected = row.GetProperty("html").GetString();
        Assert.Equal(expected, field.Render(attributes).ToString());
        var label = Plain(row.GetProperty("label_attributes"));
        Assert.Equal(row.GetProperty("label").GetString(), Environment.FromString("{{ field.label(**label) }}").Render(new { field, label }));
        Assert.Equal(row.GetProperty("parts").EnumerateArray().Select(part => string.Join('|', part.EnumerateArray().Select(text => text.GetString()))), field.Parts.Select(part => $"{part}|{part.Label}|{part.Id}"));
        foreach (var flag in row.GetProperty("flags").EnumerateObject())
            Assert.Equal(Convert.ToString(Plain(flag.Value), CultureInfo.InvariantCulture), Convert.ToString(field.Flags[flag.Name], CultureInfo.InvariantCulture));
        Assert.Equal(expected, Environment.FromString("{{ field(**attributes) }}").Render(new { field, attributes }));
    }

    private static Field Make(JsonElement row)
    {
        var field = Make(row.GetProperty("field").GetString()!, row.GetProperty("options"), row.GetProperty("validators"));
        field.RenderKw = Plain(row.GetProperty("render_kw"));
        if (row.GetProperty("widget") is { ValueKind: JsonValueKind.Array } widget)
            field.Widget = MakeWidget(widget[0].GetString()!, widget[1]);
        var sent = row.GetProperty("sent");
        var data = sent.ValueKind == JsonValueKind.Null ? null : new FormData(sent.EnumerateArray().Select(Sent).Append(new("other", "1")));
        _ = new OneField(field, data);
        return field;
    }

    private static KeyValuePair<string, object?> Sent(JsonElement each) =>
        each.ValueKind == JsonValueKind.Array ? new(each[0].GetString()!, each[1].GetString()) : new("the_field", each.GetString());

    private static Field Make(string name, JsonElement options, JsonElement validators)
    {
        var checks = validators.EnumerateArray().Select(Validator).ToArray();
        var label = options.TryGetProperty("label", out var given) ? Plain(given) : null;
        if (options.TryGetProperty("fields", out var fields))
            InnerForm.Description = fields;
        var field = Make(name, options, checks, label as string);
        if (label is Markup)
            typeof(Field).GetProperty(nameof(Field.LabelMarkup))!.SetValue(field, label);
        return field;
    }

    private static Field Make(string name, JsonElement options, Validator[] checks, string? label) => name switch
    {
        "ColorField" => new ColorField(label, checks) { Default = Text(options) },
        "FormField" => new FormField<InnerForm>(label) { Separator = options.TryGetProperty("separator", out var separator) ? separator.GetString()! : "-" },
        "FieldList" => List(options.GetProperty("entry"), options, label),
        "StringField" => new StringField(label, checks) { Default = Text(options) },
        "TextAreaField" => new TextAreaField(label, checks) { Default = Text(options) },
        "PasswordField" => new PasswordField(label, checks) { Default = Text(options) },
        "HiddenField" => new HiddenField(label, checks) { Default = Text(options) },
        "SearchField" => new SearchField(label, checks) { Default = Text(options) },
        "TelField" => new TelField(label, checks) { Default = Text(options) },
        "URLField" => new UrlField(label, checks) { Default = Text(options) },
        "EmailField" => new EmailField(label, checks) { Default = Text(options) },
        "IntegerField" => new IntegerField(label, checks) { Default = Default(options)?.GetInt32() },
        "IntegerRangeField" => new IntegerRangeField(label, checks) { Default = Default(options)?.GetInt32() },
        "FloatField" => new FloatField(label, checks) { Default = Default(options)?.GetDouble() },
        "DecimalField" => new DecimalField(label, checks) { Default = Number(options), Places = options.TryGetProperty("places", out _) ? null : 2 },
        "DecimalRangeField" => new DecimalRangeField(label, checks) { Default = Number(options) },
        "BooleanField" => new BooleanField(label, checks) { Default = Default(options)?.GetBoolean() is true },
        "SubmitField" => new SubmitField(label, checks),
        "DateField" => new DateField(label, checks) { Default = Date(options) },
        "MonthField" => new MonthField(label, checks) { Default = Date(options) },
        "DateTimeField" => new DateTimeField(label, checks) { Default = Moment(options) },
        "DateTimeLocalField" => new DateTimeLocalField(label, checks) { Default = Moment(options) },
        "TimeField" => new TimeField(label, checks) { Default = Moment(options) is { } time ? TimeOnly.FromDateTime(time) : null },
        "SelectField" => new SelectField(label, checks) { Default = Text(options), Choices = Choices(options), Groups = Groups(options) },
        "RadioField" => new RadioField(label, checks) { Default = Text(options), Choices = Choices(options) },
        "SelectMultipleField" => new SelectMultipleField(label, checks) { Default = Default(options)?.EnumerateArray().Select(each => each.GetString()!).ToList()!, Choices = Choices(options) },
        "FileField" => new FileField(label, checks),
        "MultipleFileField" => new MultipleFileField(label, checks),
        _ => throw new InvalidOperationException(name),
    };

    private static FieldList<Field> List(JsonElement entry, JsonElement options, string? label) => new(() => Make(entry[0].GetString()!, entry[1], entry[2]), label)
    {
        MinEntries = options.TryGetProperty("min_entries", out var min) ? min.GetInt32() : 0,
        MaxEntries = options.TryGetProperty("max_entries", out var max) ? max.GetInt32() : null,
        Default = Default(options)?.EnumerateArray().Select(each => each.GetInt32()).ToList(),
    };

    private static Widget MakeWidget(string name, JsonElement options) => name switch
    {
        "TextInput" => new TextInput(),
        "PasswordInput" => new PasswordInput(options.GetProperty("hide_value").GetBoolean()),
        "HiddenInput" => new HiddenInput(),
        "CheckboxInput" => new CheckboxInput(),
        "FileInput" => new FileInput(options.TryGetProperty("multiple", out _)),
        "SubmitInput" => new SubmitInput(),
        "TextArea" => new TextArea(),
        "ColorInput" => new ColorInput(),
        "SearchInput" => new SearchInput(),
        "TelInput" => new TelInput(),
        "URLInput" => new UrlInput(),
        "EmailInput" => new EmailInput(),
        "DateInput" => new DateInput(),
        "DateTimeInput" => new DateTimeInput(),
        "DateTimeLocalInput" => new DateTimeLocalInput(),
        "MonthInput" => new MonthInput(),
        "WeekInput" => new WeekInput(),
        "TimeInput" => new TimeInput(),
        "NumberInput" when options.TryGetProperty("step", out _) => new NumberInput(3, 1, 9),
        "NumberInput" => new NumberInput(),
        "TableWidget" => new TableWidget(!options.TryGetProperty("with_table_tag", out _)),
        "ListWidget" => new ListWidget(options.TryGetProperty("html_tag", out var tag) ? tag.GetString()! : "ul", !options.TryGetProperty("prefix_label", out _)),
        "RangeInput" => new RangeInput(options.TryGetProperty("step", out var step) ? step.GetString() : null),
        _ => throw new InvalidOperationException(name),
    };

    private static Validator Validator(JsonElement check)
    {
        int? Limit(string name) => check[1].TryGetProperty(name, out var limit) ? limit.GetInt32() : null;
        IComparable? Bound(string name) => check[1].TryGetProperty(name, out var limit) ? limit.TryGetInt32(out var whole) ? (IComparable)whole : limit.GetDouble() : null;
        return check[0].GetString() switch
        {
            "Length" => Validators.Length(Limit("min"), Limit("max")),
            "NumberRange" => Validators.NumberRange(Bound("min"), Bound("max")),
            "DataRequired" => Validators.DataRequired(),
            "InputRequired" => Validators.InputRequired(),
            "Optional" => Validators.Optional(),
            "ReadOnly" => Validators.ReadOnly(),
            "Disabled" => Validators.Disabled(),
            var other => throw new InvalidOperationException(other),
        };
    }

    private static JsonElement? Default(JsonElement options) => options.TryGetProperty("default", out var value) ? value : null;

    private static string? Text(JsonElement options) => Default(options)?.GetString();

    private static string? After(JsonElement options) => Text(options) is { } text ? text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..] : null;

    private static decimal? Number(JsonElement options) => After(options) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;

    private static DateTime? Moment(JsonElement options) => After(options) is { } text ? DateTime.Parse(text, CultureInfo.InvariantCulture) : null;

    private static DateOnly? Date(JsonElement options) => Moment(options) is { } date ? DateOnly.FromDateTime(date) : null;

    private static List<Choice<string>>? Choices(JsonElement options) => options.GetProperty("choices") is { ValueKind: JsonValueKind.Array } pairs ? [.. pairs.EnumerateArray().Select(Pair)] : null;

    private static Choice<string> Pair(JsonElement pair) => Plain(pair[1]) is Markup label ? (pair[0].GetString()!, label) : (pair[0].GetString()!, pair[1].GetString()!);

    private static ChoiceGroups<string>? Groups(JsonElement options)
    {
        if (options.GetProperty("choices") is not { ValueKind: JsonValueKind.Object } groups)
            return null;
        var made = new ChoiceGroups<string>();
        foreach (var group in groups.EnumerateObject())
            made.Add(group.Name, [.. group.Value.EnumerateArray().Select(Pair)]);
        return made;
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(member => member.Name, member => Plain(member.Value)),
        JsonValueKind.String when value.GetString()!.StartsWith("markup:", StringComparison.Ordinal) => new Markup(value.GetString()!["markup:".Length..]),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt32(out var number) ? (object)number : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static JsonElement[] Read()
    {
        using var stream = typeof(RenderingTests).Assembly.GetManifestResourceStream("rendering.json")!;
        return JsonSerializer.Deserialize<JsonElement[]>(stream)!;
    }

    /// <summary>The form inside a FormField. Fields make it themselves, so that it is told beforehand which fields it has.</summary>
    private sealed class InnerForm : Form
    {
        [ThreadStatic]
        internal static JsonElement Description;

        private protected override IEnumerable<KeyValuePair<string, Field>> AdditionalFields() =>
            Description.EnumerateArray().Select(field => KeyValuePair.Create(field[0].GetString()!, Make(field[1].GetString()!, field[2], field[3])));
    }
}
