using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;

namespace Retort.Jinja.Values;

/// <summary>What is there of types once an app is trimmed or compiled natively. Of the app's own everything is: the package's targets say so.</summary>
internal static class Trimming
{
    private const DynamicallyAccessedMemberTypes Members = DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicMethods;
    private const DynamicallyAccessedMemberTypes Constructors = DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>A type whose members are looked up at run time. Those that the engine itself looks up are named here, and those of types that many templates read.</summary>
    [DynamicDependency(Members, typeof(Lazy<>))]
    [DynamicDependency(Members, typeof(Task<>))]
    [DynamicDependency(Members, typeof(ValueTask<>))]
    [DynamicDependency(Members, typeof(KeyValuePair<,>))]
    [DynamicDependency(Members, typeof(IEnumerable<>))]
    [DynamicDependency(Members, typeof(ICollection<>))]
    [DynamicDependency(Members, typeof(IReadOnlyCollection<>))]
    [DynamicDependency(Members, typeof(IList<>))]
    [DynamicDependency(Members, typeof(IReadOnlyList<>))]
    [DynamicDependency(Members, typeof(ISet<>))]
    [DynamicDependency(Members, typeof(IReadOnlySet<>))]
    [DynamicDependency(Members, typeof(IDictionary<,>))]
    [DynamicDependency(Members, typeof(IReadOnlyDictionary<,>))]
    [DynamicDependency(Members, typeof(IGrouping<,>))]
    [DynamicDependency(Members, typeof(IAsyncEnumerable<>))]
    [DynamicDependency(Members, typeof(IAsyncEnumerator<>))]
    [DynamicDependency(Members, typeof(DateTime))]
    [DynamicDependency(Members, typeof(DateTimeOffset))]
    [DynamicDependency(Members, typeof(DateOnly))]
    [DynamicDependency(Members, typeof(TimeOnly))]
    [DynamicDependency(Members, typeof(TimeSpan))]
    [DynamicDependency(Members, typeof(Uri))]
    [DynamicDependency(Members, typeof(Version))]
    [DynamicDependency(nameof(Exception.Message), typeof(Exception))]
    [DynamicDependency(nameof(Exception.InnerException), typeof(Exception))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicFields, typeof(ImmutableArray<>))]
    [DynamicDependency(Constructors, typeof(Tuple<,>))]
    [DynamicDependency(Constructors, typeof(Tuple<,,>))]
    [DynamicDependency(Constructors, typeof(Tuple<,,,>))]
    [DynamicDependency(Constructors, typeof(Tuple<,,,,>))]
    [DynamicDependency(Constructors, typeof(Tuple<,,,,,>))]
    [DynamicDependency(Constructors, typeof(Tuple<,,,,,,>))]
    [DynamicDependency(Constructors, typeof(ValueTuple<,>))]
    [DynamicDependency(Constructors, typeof(ValueTuple<,,>))]
    [DynamicDependency(Constructors, typeof(ValueTuple<,,,>))]
    [DynamicDependency(Constructors, typeof(ValueTuple<,,,,>))]
    [DynamicDependency(Constructors, typeof(ValueTuple<,,,,,>))]
    [DynamicDependency(Constructors, typeof(ValueTuple<,,,,,,>))]
    [DynamicDependency(Constructors, typeof(List<>))]
    [DynamicDependency(Constructors, typeof(Dictionary<,>))]
    [UnconditionalSuppressMessage("Trimming", "IL2068", Justification = "A member that is trimmed, of a type that is neither the app's nor above, is undefined in a template, as README.md says.")]
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)]
    public static Type Kept(Type type) => type;

    /// <summary>
    /// Whether code can be made at run time for types that meet only then. The runtime's own switch is off, too, where an app of one file is merely run, because it may be published natively;
    /// but where methods have been compiled at run time, more can be.
    /// </summary>
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    [UnconditionalSuppressMessage("AOT", "IL4000", Justification = "In an app compiled natively no method is ever compiled at run time.")]
    public static bool MakesCode { get; } = JitInfo.GetCompiledMethodCount() > 0;
}
