using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Retort.Views;

/// <summary>
/// The data annotations of a type (<c>[Required]</c>, <c>[Range(1, 9)]</c>, <c>[EmailAddress]</c>), on its properties or on the parameters of a record, with those of the types
/// of its members. Gathered once, when a view that takes the type is added.
/// </summary>
internal sealed class ValueRules
{
    private const int Deepest = 32;
    private static readonly Dictionary<Type, ValueRules?> Known = [];
    private static readonly Lock KnownLock = new();

    private readonly List<(PropertyInfo Property, ValidationAttribute[] Rules, ValueRules? Inner)> _members = [];
    private bool _isSelfValidating;

    private bool IsEmpty => _members.Count == 0 && !_isSelfValidating;

    /// <summary>The rules of a type; null when it has none.</summary>
    public static ValueRules? Of(Type type)
    {
        lock (KnownLock)
            return Gather(type);
    }

    /// <summary>What is wrong with a value: the messages of each member, under its path.</summary>
    public Dictionary<string, string[]> Check(object value)
    {
        var errors = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        Check(value, "", errors, 0);
        return errors.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray(), StringComparer.Ordinal);
    }

    private static ValueRules? Gather(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.Namespace?.StartsWith("System", StringComparison.Ordinal) is true || type.IsPrimitive || type.IsEnum)
            return ElementOf(type) is { } element ? Gather(element) : null;
        if (ElementOf(type) is { } item)
            return Gather(item);
        if (Known.TryGetValue(type, out var known))
            return known;
        // Known while it is gathered, because a type may hold itself.
        var rules = new ValueRules { _isSelfValidating = type.IsAssignableTo(typeof(IValidatableObject)) };
        Known[type] = rules;
        rules.Add(type);
        return rules.IsEmpty ? Known[type] = null : rules;
    }

    private void Add(Type type)
    {
        var parameters = type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).ToLookup(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0))
        {
            ValidationAttribute[] own = [.. property.GetCustomAttributes<ValidationAttribute>(inherit: true), .. parameters[property.Name].SelectMany(parameter => parameter.GetCustomAttributes<ValidationAttribute>())];
            var inner = Gather(property.PropertyType);
            if (own.Length > 0 || inner is not null)
                _members.Add((property, own, inner));
        }
    }

    private void Check(object value, string path, Dictionary<string, List<string>> errors, int depth)
    {
        if (depth > Deepest)
            return;
        if (value is IEnumerable items and not string && !_members.Exists(member => member.Property.DeclaringType!.IsInstanceOfType(value)))
        {
            var index = 0;
            foreach (var item in items)
            {
                if (item is not null)
                    Check(item, $"{path}[{index}]", errors, depth + 1);
                index++;
            }
            return;
        }
        foreach (var (property, rules, inner) in _members)
        {
            var member = property.GetValue(value);
            var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            foreach (var rule in rules)
            {
                if (rule.GetValidationResult(member, new ValidationContext(value) { MemberName = property.Name }) is { } wrong)
                    Add(errors, name, wrong.ErrorMessage);
            }
            if (member is not null)
                inner?.Check(member, name, errors, depth + 1);
        }
        if (errors.Count == 0 && value is IValidatableObject self)
        {
            foreach (var wrong in self.Validate(new ValidationContext(value)))
                Add(errors, path.Length == 0 ? wrong.MemberNames.FirstOrDefault() ?? "" : path, wrong.ErrorMessage);
        }
    }

    private static void Add(Dictionary<string, List<string>> errors, string name, string? message)
    {
        if (!errors.TryGetValue(name, out var messages))
            errors[name] = messages = [];
        messages.Add(message ?? "is not valid.");
    }

    private static Type? ElementOf(Type type) => type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : type.GetInterfaces().Append(type).FirstOrDefault(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0] is { } element && element != type ? element : null;
}
