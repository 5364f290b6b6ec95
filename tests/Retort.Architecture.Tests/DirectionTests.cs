namespace Retort.Architecture.Tests;

/// <summary>The arrows between packages and inside of them, as CONTRIBUTING.md draws them.</summary>
public sealed class DirectionTests
{
    private static readonly Directions Packages = new(
    [
        "Retort.Cli -> Retort.Yaml",
        "Retort.Testing, Retort.Cli -> Retort",
        "Retort -> Retort.Jinja, Retort.Signing",
        .. Products.Extensions.Select(extension => $"{extension} -> Retort"),
    ]);

    private static readonly Directions Core = new(
        "Retort -> Retort.Views",
        "Retort.Views -> Retort",
        "Retort -> Retort.Templating, Retort.Sessions, Retort.Hosting, Retort.Development",
        "Retort.Templating, Retort.Sessions, Retort.Hosting, Retort.Development -> Retort.Http, Retort.Json, Retort.Configuration, Retort.Signals",
        "Retort.Http, Retort.Json, Retort.Configuration, Retort.Signals -> Retort.Routing");

    // The engine's face, and what users plug into it, which is handed the environment, stand above the pipeline.
    private static readonly Directions Engine = new(
        "Retort.Jinja -> Retort.Jinja.Extensions, Retort.Jinja.Loaders",
        "Retort.Jinja.Extensions, Retort.Jinja.Loaders -> Retort.Jinja",
        "Retort.Jinja -> Retort.Jinja.Compilation, Retort.Jinja.Builtins",
        "Retort.Jinja.Compilation -> Retort.Jinja.Analysis, Retort.Jinja.Runtime",
        "Retort.Jinja.Analysis -> Retort.Jinja.Syntax",
        "Retort.Jinja.Runtime, Retort.Jinja.Builtins -> Retort.Jinja.Values",
        "Retort.Jinja.Syntax, Retort.Jinja.Values -> Retort.Jinja.Errors, Retort.Jinja.Python");

    [Fact]
    public void Each_project_is_compiled_beside_these_tests_and_has_its_arrows()
    {
        Assert.NotEmpty(Products.All);
        Assert.All(Products.All, project => Assert.True(File.Exists(Products.PathOf(project)), $"{project} was not compiled: reference it in this project"));
        Assert.All(Products.All, project => Assert.True(Packages.Know(project), $"{project} has no arrows in {nameof(DirectionTests)}"));
    }

    [Fact]
    public void Packages_use_each_other_downwards()
    {
        var broken =
            from project in Products.All
            let assembly = Products.Open(project)
            from other in assembly.AssemblyReferences
            where Products.All.Contains(other) && !Packages.Allow(project, other)
            from use in assembly.References()
            where use.To.Assembly == other
            select $"{use.Source} uses {use.Use} of {other}, but {Packages.Describe(project)}";
        AssertNone(broken);
    }

    [Fact]
    public void The_engine_and_the_signatures_use_the_base_class_library_alone() =>
        AssertNone(Foreign("Retort.Jinja", Products.IsBaseLibrary).Concat(Foreign("Retort.Signing", Products.IsBaseLibrary)));

    [Fact]
    public void The_framework_adds_only_the_shared_framework_of_AspNetCore() =>
        AssertNone(Foreign("Retort", assembly => Products.IsBaseLibrary(assembly) || Products.IsAspNetCore(assembly)));

    [Fact]
    public void Inside_the_framework_the_ring_stands_on_its_parts_and_those_on_routing()
    {
        using var assembly = Products.Open("Retort");
        AssertNone(Layering.BrokenIn(assembly, Core));
    }

    [Fact]
    public void Inside_the_engine_compilation_stands_on_analysis_and_runtime_and_all_on_errors()
    {
        using var assembly = Products.Open("Retort.Jinja");
        AssertNone(Layering.BrokenIn(assembly, Engine));
    }

    [Fact]
    public void Namespaces_are_those_of_the_folders() => AssertNone(Products.All.SelectMany(project =>
    {
        using var assembly = Products.Open(project);
        return Layering.MisnamedIn(assembly);
    }));

    [Fact]
    public void Routing_uses_the_base_class_library_alone()
    {
        using var assembly = Products.Open("Retort");
        AssertNone(
            from use in assembly.References()
            where use.From.Namespace == "Retort.Routing" && use.To.Assembly != assembly.Name && !Products.IsBaseLibrary(use.To.Assembly)
            select $"{use.Source} uses {use.Use} of {use.To.Assembly}, but Retort.Routing uses the base class library alone");
    }

    private static IEnumerable<string> Foreign(string project, Func<string, bool> isAllowed)
    {
        using var assembly = Products.Open(project);
        var foreign = assembly.AssemblyReferences.Where(other => !isAllowed(other) && !Products.All.Contains(other)).ToHashSet();
        return
        [
            .. assembly.References().Where(use => foreign.Contains(use.To.Assembly))
                .Select(use => $"{use.Source} uses {use.Use} of {use.To.Assembly}, but {project} needs nothing outside of its framework"),
        ];
    }

    private static void AssertNone(IEnumerable<string> broken)
    {
        var lines = broken.Distinct().ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} uses go against the arrows of CONTRIBUTING.md:{string.Concat(lines.Select(line => $"\n  {line}"))}");
    }
}
