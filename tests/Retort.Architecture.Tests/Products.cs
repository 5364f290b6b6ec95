using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Retort.Tests.Shared;

namespace Retort.Architecture.Tests;

/// <summary>The packages under <c>src</c> as they were compiled for this test run, and the frameworks they stand on.</summary>
internal static class Products
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    /// <summary>The names of all projects.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Projects(Source)];

    /// <summary>The names of the extensions.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. Projects(Path.Combine(Source, "Extensions"))];

    public static string PathOf(string project) => Path.Combine(AppContext.BaseDirectory, project + ".dll");

    public static CompiledAssembly Open(string project) => CompiledAssembly.Open(PathOf(project));

    /// <summary>Whether an assembly belongs to the base class library.</summary>
    public static bool IsBaseLibrary(string assembly) => File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), assembly + ".dll"));

    /// <summary>Whether an assembly belongs to ASP.NET Core's shared framework.</summary>
    public static bool IsAspNetCore(string assembly) => File.Exists(Path.Combine(Path.GetDirectoryName(typeof(HttpContext).Assembly.Location)!, assembly + ".dll"));

    private static IEnumerable<string> Projects(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)
            : [];
}
