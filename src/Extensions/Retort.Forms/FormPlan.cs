using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Retort.Forms.Text;

namespace Retort.Forms;

/// <summary>What a form's class says: its fields in order, its inline checks and filters. Worked out once a class.</summary>
internal sealed class FormPlan
{
    private const string BackingSuffix = ">k__BackingField";
    private static readonly ConcurrentDictionary<Type, FormPlan> Known = new();

    private readonly List<(string Key, FieldInfo Info)> _fields = [];
    private readonly Dictionary<string, InlineValidator> _inline = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MethodInvoker> _filters = new(StringComparer.Ordinal);

    private FormPlan(Type type)
    {
        AddFields(type);
        for (var level = type; level is not null && level != typeof(Form); level = level.BaseType)
        {
            foreach (var method in level.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                AddMethod(type, method);
        }
    }

    public static FormPlan Of(Type type) => Known.GetOrAdd(type, static type => new FormPlan(type));

    /// <summary>The fields of a form object, bound to it. A member that is null is no field, which is how a derived class takes one away.</summary>
    public List<Field> FieldsOf(Form form)
    {
        var fields = new List<Field>(_fields.Count + 1);
        foreach (var (key, info) in _fields)
        {
            if (info.GetValue(form) is not Field field)
                continue;
            field.Bind(form, key, form.Prefix);
            fields.Add(field);
        }
        return fields;
    }

    public InlineValidator? InlineOf(string key) => _inline.GetValueOrDefault(key);

    public Func<object?, object?>? FilterOf(Form form, string key) => _filters.TryGetValue(key, out var filter) ? value => filter.Invoke(form, value) : null;

    // The order of declaration is that of the metadata, where an automatic property stands as the field behind it. Base classes come first.
    private void AddFields(Type type)
    {
        var levels = new Stack<Type>();
        for (var level = type; level is not null && level != typeof(Form); level = level.BaseType)
            levels.Push(level);
        foreach (var level in levels)
        {
            foreach (var info in level.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly).OrderBy(info => info.MetadataToken))
            {
                if (!typeof(Field).IsAssignableFrom(info.FieldType) || PublicName(level, info) is not { } name)
                    continue;
                var key = PythonText.SnakeCase(name);
                _fields.RemoveAll(field => field.Key == key);
                _fields.Add((key, info));
            }
        }
    }

    private static string? PublicName(Type level, FieldInfo info)
    {
        if (info.IsPublic)
            return info.Name;
        if (!info.Name.EndsWith(BackingSuffix, StringComparison.Ordinal) || !info.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            return null;
        var name = info.Name[1..^BackingSuffix.Length];
        return level.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null ? name : null;
    }

    private void AddMethod(Type type, MethodInfo method)
    {
        if (method.GetParameters() is not [var parameter])
            return;
        if (method.Name.StartsWith("Validate", StringComparison.Ordinal) && typeof(Field).IsAssignableFrom(parameter.ParameterType))
            _inline.TryAdd(KeyOf(type, method, "Validate"), new InlineValidator(method));
        else if (method.Name.StartsWith("Filter", StringComparison.Ordinal) && method.ReturnType == parameter.ParameterType && method.Name.Length > "Filter".Length)
            _filters.TryAdd(KeyOf(type, method, "Filter"), MethodInvoker.Create(method));
    }

    // A check of a field that does not exist would never run, and nobody would know.
    private string KeyOf(Type type, MethodInfo method, string verb)
    {
        var key = PythonText.SnakeCase(method.Name[verb.Length..]);
        return _fields.Any(field => field.Key == key)
            ? key
            : throw new InvalidOperationException($"{type.Name}.{method.Name} is the check or filter of a field '{key}', but the form has none. It has: {string.Join(", ", _fields.Select(field => field.Key))}. Rename the method, or let it take other parameters.");
    }
}
