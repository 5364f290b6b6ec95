using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Retort.Forms.Text;

namespace Retort.Forms.Models;

/// <summary>What a class with annotations says of its form. Worked out once a class.</summary>
internal sealed class ModelPlan<T>
    where T : class
{
    // What is wrong with the class is told each time, and not by a type that failed to load.
    private static readonly Lazy<ModelPlan<T>> Known = new(() => new ModelPlan<T>(), LazyThreadSafetyMode.PublicationOnly);

    private readonly ConstructorInfo _constructor;
    private readonly ModelProperty[] _properties;

    private ModelPlan()
    {
        var type = typeof(T);
        var constructors = type.GetConstructors();
        // A record's own constructor, else the one without parameters.
        _constructor = constructors.MaxBy(constructor => constructor.GetParameters().Length) ?? throw new InvalidOperationException($"no form can be made of {type.Name}: it has no public constructor.");
        var parameters = _constructor.GetParameters().ToDictionary(parameter => parameter.Name!, StringComparer.OrdinalIgnoreCase);
        var nullability = new NullabilityInfoContext();
        _properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(ModelTypes.IsShown).OrderBy(property => property.MetadataToken)
            .Select(property => new ModelProperty(property, parameters.GetValueOrDefault(property.Name), nullability))
            .Where(property => property.IsSettable)];
        foreach (var name in parameters.Keys.Where(name => !_properties.Any(property => property.Parameter?.Name == name)))
            throw new InvalidOperationException($"no form can be made of {type.Name}: nothing gives the parameter '{name}' of its constructor. Name it like a property.");
        if (_properties.Length == 0)
            throw new InvalidOperationException($"no form can be made of {type.Name}: it has no public property that can be set.");
        ModelTypes.RefuseEndless(type);
    }

    public static ModelPlan<T> Instance => Known.Value;

    public IEnumerable<KeyValuePair<string, Field>> Fields() => _properties.Select(property => KeyValuePair.Create(property.Key, property.MakeField()));

    /// <summary>The object of a form's values; null if they do not make one.</summary>
    public T? Make(Form form)
    {
        try
        {
            var arguments = _constructor.GetParameters().Select(parameter => _properties.First(property => property.Parameter == parameter).ValueIn(form)).ToArray();
            var made = (T)_constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
            foreach (var property in _properties.Where(property => property.Parameter is null))
                property.Property.SetValue(made, property.ValueIn(form));
            return made;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>Asks the object itself, if it is an <see cref="IValidatableObject"/>, and the annotations of its class and of the objects inside it.</summary>
    public void CheckWhole(Form form, object instance)
    {
        foreach (var property in _properties)
            property.CheckInside(form, instance);
        var context = new ValidationContext(instance);
        var results = typeof(T).GetCustomAttributes<ValidationAttribute>(inherit: true).Select(attribute => attribute.GetValidationResult(instance, context))
            .Concat(instance is IValidatableObject own ? own.Validate(context) : []);
        foreach (var result in results.OfType<ValidationResult>())
        {
            var field = result.MemberNames.Select(name => form.TryGetField(PythonText.SnakeCase(name), out var found) ? found : null).FirstOrDefault();
            (field?.Errors ?? form.FormErrors).Add(result.ErrorMessage ?? form.TranslationsInUse?.Gettext(Messages.Input) ?? Messages.Input);
        }
    }
}
