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
        Unwrap = HostShapes.FindUnwrap(type);
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
    public Func<object, Value>? Unwrap { get; }

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
        if ((Interface(type, typeof(IDictionary<,>)) ?? Interface(type, typeof(IReadOnlyDictionary<,>))) is { } dictionary)
            return Make<HostMapping>(typeof(HostDictionary<,>), dictionary);
        return typeof(IDictionary).IsAssignableFrom(type) ? new HostUntypedDictionary() : null;
    }

    public static HostSequence? FindSequence(Type type)
    {
        // An array of several dimensions is no list, though C# calls it one.
        if (type.IsArray)
            return type.IsSZArray && Interface(type, typeof(IList<>)) is { } items ? Make<HostSequence>(typeof(HostArray<>), items) : null;
        if (IsTable(type))
            return new HostDataTable();
        if ((Interface(type, typeof(IList<>)) ?? Interface(type, typeof(IReadOnlyList<>))) is { } list)
            return Make<HostSequence>(typeof(HostList<>), list);
        return typeof(IList).IsAssignableFrom(type) ? new HostUntypedList() : null;
    }

    /// <summary>Opens what a template sees as something else: a lazy value is what it comes to, once a template reads it.</summary>
    public static Func<object, Value>? FindUnwrap(Type type)
    {
        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return generic == typeof(Lazy<>) ? Generic<Func<object, Value>>(OfLazy<object>, type)
            : generic == typeof(ImmutableArray<>) ? Generic<Func<object, Value>>(OfImmutableArray<object>, type) : null;
    }

    private static Value OfLazy<T>(object lazy) => HostValues.FromTyped(((Lazy<T>)lazy).Value);

    // One that was never set, of which every use throws, is an empty one.
    private static Value OfImmutableArray<T>(object array) => Value.FromHost(((ImmutableArray<T>)array).IsDefault ? ImmutableArray<T>.Empty : array, ValueKind.List);

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

    /// <summary>A method for the type arguments of a type; the example of it that is given here keeps it when an app is trimmed.</summary>
    public static TDelegate Generic<TDelegate>(TDelegate example, Type source)
        where TDelegate : Delegate => example.Method.GetGenericMethodDefinition().MakeGenericMethod(source.GetGenericArguments()).CreateDelegate<TDelegate>();

    // The attribute keeps the constructors of the shapes when an app is trimmed.
    private static T Make<T>([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type shape, Type source) =>
        (T)Activator.CreateInstance(shape.MakeGenericType(source.GetGenericArguments()))!;
}
