using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Data;
using System.Runtime.CompilerServices;
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
        GroupKey = HostShapes.FindGroupKey(type);
        Count = IsForbidden ? null : HostShapes.FindCount(type);
        Unwrap = HostShapes.FindUnwrap(type);
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

    /// <summary>By what it was grouped, of what LINQ's GroupBy and ToLookup make.</summary>
    public HostMember? GroupKey { get; }

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
        var dictionary = Interface(type, typeof(IDictionary<,>)) ?? Interface(type, typeof(IReadOnlyDictionary<,>));
        if (dictionary is not null && Trimming.MakesCode)
            return (HostMapping)Activator.CreateInstance(typeof(HostDictionary<,>).MakeGenericType(dictionary.GetGenericArguments()))!;
        return dictionary is not null ? new HostReflectedDictionary(dictionary) : typeof(IDictionary).IsAssignableFrom(type) ? new HostUntypedDictionary() : null;
    }

    public static HostSequence? FindSequence(Type type)
    {
        if (IsTable(type))
            return new HostDataTable();
        var list = Interface(type, typeof(IList<>)) ?? Interface(type, typeof(IReadOnlyList<>));
        // An array of several dimensions is no list, though C# calls it one.
        if (type.IsArray && list is null)
            return null;
        if (list is not null && Trimming.MakesCode)
            return (HostSequence)Activator.CreateInstance((type.IsArray ? typeof(HostArray<>) : typeof(HostList<>)).MakeGenericType(list.GetGenericArguments()))!;
        return typeof(IList).IsAssignableFrom(type) ? new HostUntypedList() : list is null ? null : new HostReflectedList(list);
    }

    /// <summary>Opens what a template sees as something else: a lazy value is what it comes to, once a template reads it.</summary>
    public static Func<object, Value>? FindUnwrap(Type type)
    {
        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (generic == typeof(Lazy<>))
            return HostMembers.Property(type, Trimming.Kept(type).GetProperty("Value")!).Get;
        if (generic != typeof(ImmutableArray<>))
            return null;
        // One that was never set, of which every use throws, is an empty one.
        var (unset, empty) = (RuntimeHelpers.GetUninitializedObject(Trimming.Kept(type)), Trimming.Kept(type).GetField("Empty")!.GetValue(null)!);
        return array => Value.FromHost(unset.Equals(array) ? empty : array, ValueKind.List);
    }

    /// <summary>Whether it is a table or a view of one, which templates see as the list of its rows and nothing else.</summary>
    public static bool IsTable(Type type) => typeof(DataTable).IsAssignableFrom(type) || typeof(DataView).IsAssignableFrom(type);

    public static HostMember? FindGroupKey(Type type) => Interface(type, typeof(IGrouping<,>)) is { } group ? HostMembers.Property(group, Trimming.Kept(group).GetProperty("Key")!) : null;

    public static bool IsSet(Type type) => Interface(type, typeof(ISet<>)) is not null || Interface(type, typeof(IReadOnlySet<>)) is not null;

    public static Func<object, int>? FindCount(Type type)
    {
        var collection = Interface(type, typeof(ICollection<>)) ?? Interface(type, typeof(IReadOnlyCollection<>));
        return collection is null ? null : Trimming.Kept(collection).GetProperty("Count")!.GetMethod is { } getter ? value => (int)getter.Invoke(value, null)! : null;
    }

    /// <summary>The array shape of JSON elements, whose type does not tell an array from an object.</summary>
    public static HostJsonArray JsonArray { get; } = new();

    public static HostSequence SequenceOf(object list) => list is JsonElement ? JsonArray : HostType.Of(list).Sequence!;

    public static HostMapping MappingOf(object dictionary) => HostType.Of(dictionary).Mapping!;

    /// <summary>The first instance of a generic interface that a type is or implements.</summary>
    public static Type? Interface(Type type, Type generic) =>
        Trimming.Kept(type).GetInterfaces().Prepend(type).FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == generic);
}
