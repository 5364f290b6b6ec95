using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Retort.Forms.Text;
using Retort.Http;

namespace Retort.Forms.Models;

/// <summary>A property as a field: which kind, with which label and checks. Of a record, annotations may stand at the constructor's parameter.</summary>
internal sealed class ModelProperty
{
    private readonly Attribute[] _attributes;
    private readonly Type _type;
    private readonly Type? _element;
    private readonly bool _isOptional;

    public ModelProperty(PropertyInfo property, ParameterInfo? parameter, NullabilityInfoContext nullability)
    {
        Property = property;
        Parameter = parameter;
        Key = PythonText.SnakeCase(property.Name);
        _attributes = [.. property.GetCustomAttributes(), .. parameter?.GetCustomAttributes() ?? []];
        // An annotation with limits written as texts reads them when it is first asked, into itself, and cannot be first asked by two requests.
        foreach (var range in _attributes.OfType<RangeAttribute>())
            range.IsValid(null);
        _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        _element = ModelTypes.ElementOf(_type);
        _isOptional = Nullable.GetUnderlyingType(property.PropertyType) is not null || (!property.PropertyType.IsValueType && nullability.Create(property) is { WriteState: not NullabilityState.NotNull, ReadState: not NullabilityState.NotNull });
    }

    public PropertyInfo Property { get; }

    public ParameterInfo? Parameter { get; }

    public string Key { get; }

    public bool IsSettable => Parameter is not null || Property.SetMethod is { IsPublic: true };

    /// <summary>Whether an object inside may be missing.</summary>
    private bool MayBeMissing => _isOptional && Find<RequiredAttribute>() is null;

    private DisplayAttribute? Display => Find<DisplayAttribute>();

    private string Label => Display?.GetName() ?? Field.DefaultLabel(Key);

    private string Description => Display?.GetDescription() ?? string.Empty;

    public Field MakeField()
    {
        var field = _element is null ? MakeOne(_type, Validators()) : MakeList(_element, [.. Annotations()]);
        if (Display?.GetPrompt() is { } prompt)
            field.RenderKw = new Dictionary<string, object?> { ["placeholder"] = prompt };
        return field;
    }

    /// <summary>The value for the object; the type's default where the field has none.</summary>
    public object? ValueIn(Form form) => Coercion.TryTo(ValueOf(form[Key]), Property.PropertyType, out var value) && value is not null
        ? value
        : Property.PropertyType.IsValueType && !_isOptional ? Activator.CreateInstance(_type) : _type == typeof(string) && !_isOptional ? string.Empty : null;

    /// <summary>Asks the annotations of a property with a form of its own, whose object is known only when the form is.</summary>
    public void CheckInside(Form form, object instance)
    {
        if (form[Key] is not IEnclosing { Inner: var inner })
            return;
        var context = new ValidationContext(instance) { MemberName = Property.Name, DisplayName = Label };
        foreach (var result in _attributes.OfType<ValidationAttribute>().Select(attribute => attribute.GetValidationResult(Property.GetValue(instance), context)).OfType<ValidationResult>())
            inner.FormErrors.Add(result.ErrorMessage ?? inner.TranslationsInUse?.Gettext(Messages.Input) ?? Messages.Input);
    }

    private object? ValueOf(Field field) => field switch
    {
        IEnclosing { Inner: IModelForm model } => MayBeMissing && field.IsBlank ? null : model.MakeInstance(),
        IFieldList list => list.Filled.Select(entry => entry is IEnclosing { Inner: IModelForm model } ? model.MakeInstance() : entry.Data).ToList(),
        _ when _type == typeof(IFormFile) => field.Data is FileStorage file ? ToFormFile(file) : null,
        _ when _element == typeof(IFormFile) => (field.Data as IReadOnlyList<FileStorage> ?? []).Select(ToFormFile).ToList(),
        _ => field.Data ?? (_element is null ? null : Array.Empty<object>()),
    };

    private static FormFile ToFormFile(FileStorage file)
    {
        var made = new FormFile(file.Stream, 0, file.Stream.Length, file.Name ?? string.Empty, file.FileName ?? string.Empty) { Headers = new HeaderDictionary() };
        foreach (var (name, value) in file.Headers)
            made.Headers.Append(name, value);
        return made;
    }

    private IEnumerable<Validator> Annotations() =>
        _attributes.OfType<ValidationAttribute>().OrderByDescending(attribute => attribute is RequiredAttribute).Select(attribute => new AnnotationValidator(attribute, Property.Name, Label));

    // A value that may not be missing is required without saying so; a box that is not ticked is false, and not missing.
    private Validator[] Validators()
    {
        if (Find<RequiredAttribute>() is not null || _type == typeof(bool))
            return [.. Annotations()];
        return [_isOptional ? Forms.Validators.Optional() : IsUpload(_type) ? Forms.Validators.FileRequired() : Forms.Validators.InputRequired(), .. Annotations()];
    }

    private Field MakeOne(Type type, Validator[] validators)
    {
        if (type == typeof(string))
            return MakeText(validators);
        if (type.IsEnum)
            return new SelectField(Label, validators) { Description = Description, Choices = [.. _isOptional ? [new Choice<string>(string.Empty, string.Empty)] : (Choice<string>[])[], .. ChoicesOf(type)] };
        if (IsUpload(type))
            return new FileField(Label, validators) { Description = Description };
        if (ModelTypes.IsModel(type))
            return MakeForm(type, MayBeMissing || type == _element);
        return MakeNumberOrDate(type, validators) ?? throw Unknown(type);
    }

    private Field MakeList(Type element, Validator[] validators)
    {
        if (element.IsEnum)
            return new SelectMultipleField(Label, validators) { Description = Description, Choices = [.. ChoicesOf(element)] };
        if (IsUpload(element))
            return new MultipleFileField(Label, validators) { Description = Description };
        var inner = Nullable.GetUnderlyingType(element) ?? element;
        // Now, because a list may begin empty, and nobody should learn later that its entries cannot be made.
        MakeOne(inner, []);
        return new FieldList<Field>(() => MakeOne(inner, [Forms.Validators.Optional()]), Label, validators) { Description = Description, MinEntries = ModelTypes.IsRecursive(inner) ? 0 : Math.Max(1, Find<MinLengthAttribute>()?.Length ?? 1) };
    }

    private Field? MakeNumberOrDate(Type type, Validator[] validators) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => new IntegerField(Label, validators) { Description = Description },
        TypeCode.Byte => new IntegerField(Label, [.. validators, Forms.Validators.NumberRange(byte.MinValue, byte.MaxValue)]) { Description = Description },
        TypeCode.Int16 => new IntegerField(Label, [.. validators, Forms.Validators.NumberRange(short.MinValue, short.MaxValue)]) { Description = Description },
        TypeCode.Int64 => new LongField(Label, validators) { Description = Description },
        TypeCode.Decimal => new DecimalField(Label, validators) { Description = Description },
        TypeCode.Double or TypeCode.Single => new FloatField(Label, validators) { Description = Description },
        TypeCode.Boolean => new BooleanField(Label, validators) { Description = Description },
        TypeCode.DateTime => new DateTimeLocalField(Label, validators) { Description = Description },
        _ when type == typeof(DateOnly) => new DateField(Label, validators) { Description = Description },
        _ when type == typeof(TimeOnly) => new TimeField(Label, validators) { Description = Description },
        _ when type == typeof(Guid) => new StringField(Label, [.. validators, Forms.Validators.Uuid()]) { Description = Description },
        _ => null,
    };

    private StringField MakeText(Validator[] validators) => Find<DataTypeAttribute>()?.DataType switch
    {
        DataType.Password => new PasswordField(Label, validators) { Description = Description },
        DataType.MultilineText or DataType.Html => new TextAreaField(Label, validators) { Description = Description },
        DataType.EmailAddress => new EmailField(Label, validators) { Description = Description },
        DataType.Url or DataType.ImageUrl => new UrlField(Label, validators) { Description = Description },
        DataType.PhoneNumber => new TelField(Label, validators) { Description = Description },
        _ => new StringField(Label, validators) { Description = Description },
    };

    private Field MakeForm(Type type, bool mayBeEmpty) =>
        (Field)typeof(ModelProperty).GetMethod(nameof(MakeFormOf), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(type).Invoke(this, BindingFlags.DoNotWrapExceptions, null, [mayBeEmpty], null)!;

    private FormField<ModelForm<T>> MakeFormOf<T>(bool mayBeEmpty)
        where T : class
    {
        _ = ModelPlan<T>.Instance;
        return new(Label) { Description = Description, MayBeEmpty = mayBeEmpty };
    }

    private static IEnumerable<Choice<string>> ChoicesOf(Type type) =>
        Enum.GetNames(type).Select(name => new Choice<string>(name, type.GetField(name)!.GetCustomAttribute<DisplayAttribute>()?.GetName() ?? Field.DefaultLabel(PythonText.SnakeCase(name))));

    private static bool IsUpload(Type type) => type == typeof(FileStorage) || type == typeof(IFormFile);

    private InvalidOperationException Unknown(Type type) => new(
        $"no form can be made of {Property.DeclaringType!.Name}: there is no field for its property {Property.Name} of type {(type == _type ? type.Name : $"{_type.Name} of {type.Name}")}. Put [ScaffoldColumn(false)] on it, or write the form as a class derived from FlaskForm.");

    private TAttribute? Find<TAttribute>()
        where TAttribute : Attribute => _attributes.OfType<TAttribute>().FirstOrDefault();
}
