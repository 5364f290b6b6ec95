using System.Collections.Concurrent;
using System.Reflection;
using Retort.Forms.Text;
using Retort.Jinja.Values;

namespace Retort.Forms;

/// <summary>Members of an app's objects by their own and their snake_case names: where forms take values from and write them to. Found once a type.</summary>
internal static class ObjectMembers
{
    private static readonly ConcurrentDictionary<Type, Dictionary<string, Member>> Known = new();

    /// <summary>Reads a member, or an entry of a dictionary.</summary>
    public static bool TryGet(object target, string name, out object? value)
    {
        value = null;
        switch (target)
        {
            case IDictionary<string, object?> dictionary:
                return dictionary.TryGetValue(name, out value);
            case IReadOnlyDictionary<string, object?> dictionary:
                return dictionary.TryGetValue(name, out value);
        }
        if (!Of(target.GetType()).TryGetValue(name, out var member) || member.Get is null)
            return false;
        value = member.Get(target);
        return true;
    }

    /// <summary>Writes a member, converted to its type; false if there is none that can be written or the value does not fit it.</summary>
    public static bool TrySet(object target, string name, object? value)
    {
        if (target is IDictionary<string, object?> dictionary)
        {
            dictionary[name] = value;
            return true;
        }
        if (!Of(target.GetType()).TryGetValue(name, out var member) || member.Set is null || !Coercion.TryTo(value, member.Type, out var converted))
            return false;
        member.Set(target, converted);
        return true;
    }

    /// <summary>The type of a member that can be written; null if there is none.</summary>
    public static Type? TypeOf(object target, string name) => Of(target.GetType()).TryGetValue(name, out var member) && member.Set is not null ? member.Type : null;

    /// <summary>A member as a template reads it; methods become functions.</summary>
    public static bool TryGetValue(object target, string name, out Value value)
    {
        value = default;
        if (!Of(target.GetType()).TryGetValue(name, out var member))
            return false;
        value = Value.FromObject(member.Method is { } methods ? new MethodCall(target, methods).Function : member.Get!(target));
        return true;
    }

    private static Dictionary<string, Member> Of(Type type) => Known.GetOrAdd(type, static type =>
    {
        var found = new Dictionary<string, Member>(StringComparer.Ordinal);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0)
                found.TryAdd(property.Name, new Member(property.PropertyType, property.GetMethod is { IsPublic: true } ? property.GetValue : null, property.SetMethod is { IsPublic: true } ? property.SetValue : null, null));
        }
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
            found.TryAdd(field.Name, new Member(field.FieldType, field.GetValue, field.IsInitOnly ? null : field.SetValue, null));
        if (typeof(Field).IsAssignableFrom(type))
            AddMethods(type, found);
        foreach (var (name, member) in found.ToArray())
            found.TryAdd(PythonText.SnakeCase(name), member);
        return found;
    });

    private static void AddMethods(Type type, Dictionary<string, Member> found)
    {
        foreach (var group in type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method => !method.IsSpecialName && !method.IsGenericMethod && method.DeclaringType != typeof(object)).GroupBy(method => method.Name))
            found.TryAdd(group.Key, new Member(typeof(Delegate), null, null, [.. group]));
    }

    private sealed record Member(Type Type, Func<object, object?>? Get, Action<object, object?>? Set, MethodInfo[]? Method);

    /// <summary>A method of a field, called by position.</summary>
    private sealed class MethodCall(object target, MethodInfo[] overloads)
    {
        public JinjaFunction Function => (_, arguments) =>
        {
            var given = new object?[arguments.Positional.Length];
            for (var i = 0; i < given.Length; i++)
                given[i] = arguments.Positional[i].ToObject();
            foreach (var method in overloads)
            {
                var parameters = method.GetParameters();
                if (parameters.Length < given.Length || parameters.Skip(given.Length).Any(parameter => !parameter.HasDefaultValue))
                    continue;
                object?[] all = [.. given, .. parameters.Skip(given.Length).Select(parameter => parameter.DefaultValue)];
                return Value.FromObject(MethodInvoker.Create(method).Invoke(target, all.AsSpan()));
            }
            throw new ArgumentException($"{overloads[0].Name} of a {target.GetType().Name} cannot be called with {given.Length} values.");
        };
    }
}
