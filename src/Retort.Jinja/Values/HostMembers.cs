using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Dynamic;
using System.Reflection;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>A member of a host type, read through a delegate made once.</summary>
internal abstract class HostMember(string name)
{
    /// <summary>The C# name.</summary>
    public string Name { get; } = name;

    public virtual bool IsMethod => false;

    public abstract Value Get(object target);

    public virtual Value Call(EvalContext context, object target, Arguments arguments) => Calls.Call(context, Get(target), arguments);
}

/// <summary>A property of a class, by an open delegate.</summary>
internal sealed class HostProperty<TTarget, TProperty>(PropertyInfo property) : HostMember(property.Name)
    where TTarget : class
{
    private readonly Func<TTarget, TProperty> _getter = property.GetMethod!.CreateDelegate<Func<TTarget, TProperty>>();
    private HostType? _latest;

    public override Value Get(object target) => HostValues.FromTyped(_getter((TTarget)target), ref _latest);
}

/// <summary>A property of a struct.</summary>
internal sealed class HostStructProperty<TTarget, TProperty>(PropertyInfo property) : HostMember(property.Name)
    where TTarget : struct
{
    private delegate TProperty Getter(ref TTarget target);

    private readonly Getter _getter = property.GetMethod!.CreateDelegate<Getter>();

    public override Value Get(object target)
    {
        var copy = (TTarget)target;
        return HostValues.FromTyped(_getter(ref copy));
    }
}

/// <summary>A public field, or a property where no code can be made for its types: in an app compiled natively.</summary>
internal sealed class HostReflected(string name, Func<object, object?> read) : HostMember(name)
{
    public override Value Get(object target) => HostValues.From(read(target));
}

/// <summary>A method with all its overloads.</summary>
internal sealed class HostMethod(string name, MethodInfo[] overloads) : HostMember(name)
{
    private readonly HostCall[] _calls = Array.ConvertAll(overloads, method => new HostCall(method, name));

    public override bool IsMethod => true;

    public override Value Get(object target) =>
        Value.From(new FunctionValue((context, arguments) => Call(context, target, arguments), Name, "method", Value.FromObject(target)));

    public override Value Call(EvalContext context, object target, Arguments arguments) => HostCall.InvokeBest(_calls, context, target, arguments);
}

/// <summary>Finds what a template may see of a host type: public properties, fields and methods of its instances.</summary>
internal static class HostMembers
{
    public static FrozenDictionary<string, HostMember> Find(HostType type)
    {
        if (type.IsForbidden)
            return FrozenDictionary<string, HostMember>.Empty;
        var members = new Dictionary<string, HostMember>(StringComparer.Ordinal);
        foreach (var property in Trimming.Kept(type.Type).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0 && IsShown(property.PropertyType))
                members.TryAdd(property.Name, Property(type.Type, property));
        }
        foreach (var field in Trimming.Kept(type.Type).GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            if (IsShown(field.FieldType))
                members.TryAdd(field.Name, new HostReflected(field.Name, field.GetValue));
        }
        foreach (var group in Methods(type.Type).GroupBy(method => method.Name))
            members.TryAdd(group.Key, new HostMethod(group.Key, [.. group]));
        // A member's own name goes before another's snake_case name.
        foreach (var member in members.Values.ToArray())
            members.TryAdd(SnakeCase(member.Name), member);
        return members.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>What to say of a public member that exists and is none to a template; null if there is no such member.</summary>
    public static string? WhyHidden(Type type, string name)
    {
        var member = Array.Find(Trimming.Kept(type).GetMembers(), member => member is MethodInfo or PropertyInfo or FieldInfo && (member.Name == name || SnakeCase(member.Name) == name));
        return member is null ? null : $"'{member.Name}' is " + member switch
        {
            MethodInfo { IsStatic: true } or FieldInfo { IsStatic: true } or PropertyInfo { GetMethod.IsStatic: true } => "static, and a template has only the object.",
            MethodInfo { IsGenericMethodDefinition: true } => "generic, which a template cannot call.",
            MethodInfo method when Array.Exists(method.GetParameters(), parameter => parameter.ParameterType.IsByRef || parameter.ParameterType.IsByRefLike) =>
                "given references or spans, which a template does not have.",
            PropertyInfo { GetMethod: null } => "only to be written.",
            _ => "out of a template's reach, because of its type.",
        };
    }

    /// <summary>The indexer with one parameter, by which <c>obj[key]</c> reads; null if there is none.</summary>
    public static HostMethod? FindIndexer(Type type)
    {
        var getters = Trimming.Kept(type).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 1 && !Reflection.IsForbidden(property.PropertyType))
            .Select(property => property.GetMethod!).ToArray();
        return getters.Length == 0 ? null : new HostMethod("__getitem__", getters);
    }

    /// <summary><c>AuthorId</c> as <c>author_id</c>, <c>HTMLText</c> as <c>html_text</c>.</summary>
    public static string SnakeCase(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }
        return result.ToString();
    }

    /// <summary>A member that an object made up at run time, <c>dynamic</c> in C#.</summary>
    public static bool TryGetDynamic(object target, string name, out Value value)
    {
        value = default;
        if (target is not DynamicObject dynamic || !dynamic.TryGetMember(new NameBinder(name), out var found))
            return false;
        value = HostValues.From(found);
        return true;
    }

    /// <summary>A property, of objects of this type or of all that derive from it.</summary>
    public static HostMember Property(Type type, PropertyInfo property)
    {
        if (!Trimming.MakesCode)
            return new HostReflected(property.Name, MethodInvoker.Create(property.GetMethod!).Invoke);
        var shape = type.IsValueType ? typeof(HostStructProperty<,>) : typeof(HostProperty<,>);
        return (HostMember)Activator.CreateInstance(shape.MakeGenericType(Trimming.Kept(type), property.PropertyType), property)!;
    }

    // Methods of object itself lead to reflection or say nothing; generic ones, and those over pointers and the like, cannot be called from a template.
    private static IEnumerable<MethodInfo> Methods(Type type) => Trimming.Kept(type).GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method =>
        !method.IsSpecialName && !method.IsGenericMethodDefinition && method.GetBaseDefinition().DeclaringType != typeof(object)
        && (method.ReturnType == typeof(void) || IsShown(method.ReturnType))
        && method.Name is not ("Deconstruct" or "GetEnumerator" or "<Clone>$" or "GetAsyncEnumerator")
        && method.GetParameters().All(parameter => !parameter.ParameterType.IsByRef && !parameter.ParameterType.IsByRefLike && !parameter.ParameterType.IsPointer));

    // Functions can be called and tasks awaited, though neither can be looked into.
    private static bool IsShown(Type type) => HostShapes.IsTable(type) || !Reflection.IsForbidden(type) || typeof(Delegate).IsAssignableFrom(type) || typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The object is asked itself; there is no call site.")]
    private sealed class NameBinder(string name) : GetMemberBinder(name, ignoreCase: false)
    {
        public override DynamicMetaObject FallbackGetMember(DynamicMetaObject target, DynamicMetaObject? errorSuggestion) =>
            errorSuggestion ?? new DynamicMetaObject(System.Linq.Expressions.Expression.Constant(null), BindingRestrictions.Empty);
    }
}
