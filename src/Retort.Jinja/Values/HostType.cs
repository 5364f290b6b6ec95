using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Retort.Jinja.Values;

/// <summary>What a template can do with objects of one .NET type. Worked out once a type.</summary>
internal sealed class HostType
{
    private static readonly ConcurrentDictionary<Type, HostType> Known = new();

    [ThreadStatic]
    private static HostType? _latest;

    private readonly Lazy<FrozenDictionary<string, HostMember>> _members;
    private readonly Lazy<HostMethod?> _indexer;

    private HostType(Type type)
    {
        Type = type;
        IsForbidden = Reflection.IsForbidden(type) && !HostShapes.IsTable(type);
        if (!IsForbidden)
        {
            Mapping = HostShapes.FindMapping(type);
            Sequence = Mapping is null ? HostShapes.FindSequence(type) : null;
        }
        Kind = Mapping is not null ? ValueKind.Dict
            : Sequence is not null ? ValueKind.List
            : !IsForbidden && HostShapes.IsSet(type) ? ValueKind.Set
            : ValueKind.Host;
        IsGroup = HostShapes.IsGroup(type);
        Count = IsForbidden ? null : HostShapes.FindCount(type);
        Wrapper = HostShapes.FindWrapper(type);
        HasOwnText = !IsForbidden && type.GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType is { } declaring && declaring != typeof(object) && declaring != typeof(ValueType);
        _indexer = new(() => HostMembers.FindIndexer(type));
        _members = new(() => HostMembers.Find(this));
    }

    public Type Type { get; }

    /// <summary>Whether templates must not look into such objects at all.</summary>
    public bool IsForbidden { get; }

    public ValueKind Kind { get; }

    public HostSequence? Sequence { get; }

    public HostMapping? Mapping { get; }

    /// <summary>Gives what a template sees in place of such an object; null if that is the object itself.</summary>
    public HostWrapper? Wrapper { get; }

    /// <summary>Reads the number of items where the type has one without being a list or dictionary.</summary>
    public Func<object, int>? Count { get; }

    /// <summary>Whether it is what LINQ's GroupBy and ToLookup make.</summary>
    public bool IsGroup { get; }

    /// <summary>Whether the type says itself how it is written.</summary>
    public bool HasOwnText { get; }

    /// <summary>The indexer that reads <c>obj[key]</c>; null if there is none.</summary>
    public HostMethod? Indexer => _indexer.Value;

    /// <summary>Members by their own and their snake_case names.</summary>
    public FrozenDictionary<string, HostMember> Members => _members.Value;

    public static HostType Of(object value)
    {
        var type = value.GetType();
        var latest = _latest;
        if (latest is not null && latest.Type == type)
            return latest;
        return _latest = Known.GetOrAdd(type, static type => new HostType(type));
    }

    /// <summary>Whether objects can be enumerated; an enumerator counts, and is used up.</summary>
    public static bool IsEnumerable(object value) => value is IEnumerable or IEnumerator && !Of(value).IsForbidden;
}

/// <summary>Finds the shape in which a type of the host shows itself.</summary>
internal static class HostShapes
{
    public static HostMapping? FindMapping(Type type)
    {
        if (type == typeof(JsonElement))
            return new HostJsonObject();
        if (typeof(DataRow).IsAssignableFrom(type))
            return new HostDataRow();
        if (Interface(type, typeof(IDictionary<,>)) is { } dictionary)
            return Make<HostMapping>(typeof(HostDictionary<,>), dictionary);
        if (Interface(type, typeof(IReadOnlyDictionary<,>)) is { } readOnly)
            return Make<HostMapping>(typeof(HostReadOnlyDictionary<,>), readOnly);
        return typeof(IDictionary).IsAssignableFrom(type) ? new HostUntypedDictionary() : null;
    }

    public static HostSequence? FindSequence(Type type)
    {
        if (type.IsSZArray)
            return Make<HostSequence>(typeof(HostArray<>), [type.GetElementType()!]);
        if (type.IsArray)
            return null;
        if (IsTable(type))
            return new HostDataTable();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
            return Make<HostSequence>(typeof(HostList<>), type);
        if (Interface(type, typeof(IList<>)) is { } list)
            return Make<HostSequence>(typeof(HostListInterface<>), list);
        if (Interface(type, typeof(IReadOnlyList<>)) is { } readOnly)
            return Make<HostSequence>(typeof(HostReadOnlyList<>), readOnly);
        return typeof(IList).IsAssignableFrom(type) ? new HostUntypedList() : null;
    }

    public static HostWrapper? FindWrapper(Type type)
    {
        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return generic == typeof(Lazy<>) ? Make<HostWrapper>(typeof(HostLazy<>), type)
            : generic == typeof(ImmutableArray<>) ? Make<HostWrapper>(typeof(HostImmutableArray<>), type) : null;
    }

    /// <summary>Whether it is a table or a view of one, which templates see as the list of its rows and nothing else.</summary>
    public static bool IsTable(Type type) => typeof(DataTable).IsAssignableFrom(type) || typeof(DataView).IsAssignableFrom(type);

    public static bool IsGroup(Type type) => Interface(type, typeof(IGrouping<,>)) is not null;

    public static bool IsSet(Type type) => Interface(type, typeof(ISet<>)) is not null || Interface(type, typeof(IReadOnlySet<>)) is not null;

    public static Func<object, int>? FindCount(Type type)
    {
        var collection = Interface(type, typeof(ICollection<>)) ?? Interface(type, typeof(IReadOnlyCollection<>));
        return collection is null ? null : collection.GetProperty("Count")!.GetMethod is { } getter ? value => (int)getter.Invoke(value, null)! : null;
    }

    /// <summary>The array shape of JSON elements, whose type does not tell an array from an object.</summary>
    public static HostJsonArray JsonArray { get; } = new();

    public static HostSequence SequenceOf(object list) => list is JsonElement ? JsonArray : HostType.Of(list).Sequence!;

    public static HostMapping MappingOf(object dictionary) => HostType.Of(dictionary).Mapping!;

    /// <summary>The first instance of a generic interface that a type is or implements.</summary>
    public static Type? Interface(Type type, Type generic) =>
        type.GetInterfaces().Prepend(type).FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == generic);

    private static T Make<T>([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type shape, Type source) => Make<T>(shape, source.GetGenericArguments());

    // The attribute keeps the constructors of the shapes when an app is trimmed.
    private static T Make<T>([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type shape, Type[] arguments) => (T)Activator.CreateInstance(shape.MakeGenericType(arguments))!;
}
