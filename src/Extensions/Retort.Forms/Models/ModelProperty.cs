using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Retort.Forms.Text;
using Retort.Http;

namespace Retort.Forms.Models;

/// <summary>A property as a field: which kind, with which label and checks. Of a record, annotations may stand at the constructor's parameter.</summary>
internal sealed class ModelProperty
{
    private readonly Attribute[] _attributes;
    private readonly Type _type;
    private readonly bool _isOptional;

    public ModelProperty(PropertyInfo property, ParameterInfo? parameter, NullabilityInfoContext nullability)
    {
        Property = property;
        Parameter = parameter;
        Key = PythonText.SnakeCase(property.Name);
        _attributes = [.. property.GetCustomAttributes(), .. parameter?.GetCustomAttributes() ?? []];
        _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        _isOptional = Nullable.GetUnderlyingType(property.PropertyType) is not null || (!property.PropertyType.IsValueType && nullability.Create(property).WriteState != NullabilityState.NotNull
            && nullability.Create(property).ReadState != NullabilityState.NotNull);
    }

    public PropertyInfo Property { get; }

    public ParameterInfo? Parameter { get; }

    public string Key { get; }

    public bool IsSettable => Parameter is not null || Property.SetMethod is { IsPublic: true };

    private DisplayAttribute? Display => Find<DisplayAttribute>();

    private string Label => Display?.GetName() ?? Field.DefaultLabel(Key);

    public Field MakeField()
    {
        var validators = Validators();
        var (label, description) = (Label, Display?.GetDescription() ?? string.Empty);
        var prompt = Display?.GetPrompt();
        var field = Make(label, description, validators);
        if (prompt is not null)
            field.RenderKw = new Dictionary<string, object?> { ["placeholder"] = prompt };
        return field;
    }

    /// <summary>The value for the object; the type's default where the field has none.</summary>
    public object? ValueIn(Form form) => Coercion.TryTo(form[Key].Data, Property.PropertyType, out var value) && value is not null
        ? value
        : Property.PropertyType.IsValueType && !_isOptional ? Activator.CreateInstance(_type) : _type == typeof(string) && !_isOptional ? string.Empty : null;

    // A value that may not be missing is required without saying so; a box that is not ticked is false, and not missing.
    private Validator[] Validators()
    {
        var annotations = _attributes.OfType<ValidationAttribute>().OrderByDescending(attribute => attribute is RequiredAttribute).ToList();
        var checks = annotations.Select(attribute => (Validator)new AnnotationValidator(attribute, Property.Name, Label));
        if (annotations is [RequiredAttribute, ..] || _type == typeof(bool))
            return [.. checks];
        return [_isOptional ? Forms.Validators.Optional() : _type == typeof(FileStorage) ? Forms.Validators.FileRequired() : Forms.Validators.InputRequired(), .. checks];
    }

    private Field Make(string label, string description, Validator[] validators)
    {
        if (_type == typeof(string))
            return MakeText(label, description, validators);
        if (_type.IsEnum)
        {
            var choices = Enum.GetNames(_type).Select(name => new Choice<string>(name, _type.GetField(name)!.GetCustomAttribute<DisplayAttribute>()?.GetName() ?? Field.DefaultLabel(PythonText.SnakeCase(name))));
            return new SelectField(label, validators) { Description = description, Choices = [.. _isOptional ? [new Choice<string>(string.Empty, string.Empty)] : (Choice<string>[])[], .. choices] };
        }
        return Type.GetTypeCode(_type) switch
        {
            TypeCode.Int32 => new IntegerField(label, validators) { Description = description },
            TypeCode.Int64 => new LongField(label, validators) { Description = description },
            TypeCode.Decimal => new DecimalField(label, validators) { Description = description },
            TypeCode.Double => new FloatField(label, validators) { Description = description },
            TypeCode.Boolean => new BooleanField(label, validators) { Description = description },
            TypeCode.DateTime => new DateTimeLocalField(label, validators) { Description = description },
            _ when _type == typeof(DateOnly) => new DateField(label, validators) { Description = description },
            _ when _type == typeof(TimeOnly) => new TimeField(label, validators) { Description = description },
            _ when _type == typeof(FileStorage) => new FileField(label, validators) { Description = description },
            _ => throw new InvalidOperationException($"no form can be made of {Property.DeclaringType!.Name}: there is no field for its property {Property.Name} of type {_type.Name}. Put [ScaffoldColumn(false)] on it, or write the form as a class derived from FlaskForm."),
        };
    }

    private StringField MakeText(string label, string description, Validator[] validators) => Find<DataTypeAttribute>()?.DataType switch
    {
        DataType.Password => new PasswordField(label, validators) { Description = description },
        DataType.MultilineText or DataType.Html => new TextAreaField(label, validators) { Description = description },
        DataType.EmailAddress => new EmailField(label, validators) { Description = description },
        DataType.Url or DataType.ImageUrl => new UrlField(label, validators) { Description = description },
        DataType.PhoneNumber => new TelField(label, validators) { Description = description },
        _ => new StringField(label, validators) { Description = description },
    };

    private TAttribute? Find<TAttribute>()
        where TAttribute : Attribute => _attributes.OfType<TAttribute>().FirstOrDefault();
}
