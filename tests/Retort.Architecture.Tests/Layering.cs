namespace Retort.Architecture.Tests;

/// <summary>Compares what a compiled assembly does with the directions it was given.</summary>
internal static class Layering
{
    /// <summary>Where the parts of one assembly use each other against the arrows; one line a place. A part is a folder of the project, and is called by its namespace.</summary>
    public static IReadOnlyList<string> BrokenIn(CompiledAssembly assembly, Directions directions) =>
    [
        .. assembly.Types.Where(type => assembly.PlaceOf(type) is { } place && !directions.Know(place))
            .Select(type => $"{type}: {assembly.PlaceOf(type)} has no place in the directions; move the type or draw its arrows"),
        .. (from use in assembly.References()
            where use.To.Assembly == assembly.Name
            let user = assembly.PlaceOf(use.From)
            let used = assembly.PlaceOf(use.To)
            where user is not null && used is not null && directions.Know(user) && directions.Know(used) && !directions.Allow(user, used)
            select $"{use.Source} uses {use.Use} of {used}, but {directions.Describe(user)}").Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Types whose namespace is neither that of their folder nor that of the package.</summary>
    public static IReadOnlyList<string> MisnamedIn(CompiledAssembly assembly) =>
    [
        .. assembly.Types
            .Where(type => assembly.PlaceOf(type) is { } place && type.Namespace != place && !type.Namespace.StartsWith(place + ".", StringComparison.Ordinal) && type.Namespace != assembly.Name)
            .Select(type => $"{type} is written in the folder of {assembly.PlaceOf(type)}; its namespace is that one or that of the package"),
    ];
}
