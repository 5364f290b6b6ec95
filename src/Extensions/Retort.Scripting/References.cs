using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;

namespace Retort.Scripting;

/// <summary>Everything that the process has loaded or could load, as references for the compiler.</summary>
internal static class References
{
    private static readonly ConcurrentDictionary<string, MetadataReference> Files = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, MetadataReference> InMemory = new(StringComparer.Ordinal);

    /// <summary>The references, of each assembly one: what is loaded before what lies beside the app.</summary>
    public static IEnumerable<MetadataReference> All()
    {
        var found = new Dictionary<string, MetadataReference>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, assembly) in Loaded())
        {
            if (Of(assembly) is { } reference)
                found.TryAdd(name, reference);
        }
        foreach (var file in Loadable())
            found.TryAdd(Path.GetFileNameWithoutExtension(file), OfFile(file));
        return found.Values;
    }

    /// <summary>The names of the same assemblies.</summary>
    public static IEnumerable<string> Names() => Loaded().Select(each => each.Name).Concat(Loadable().Select(file => Path.GetFileNameWithoutExtension(file))).Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<(string Name, Assembly Assembly)> Loaded() => AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic).Select(assembly => (Name: assembly.GetName().Name!, assembly))
        .Where(each => !each.Name.StartsWith("retort-console-", StringComparison.Ordinal));

    private static string[] Loadable() => ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static MetadataReference OfFile(string file) => Files.GetOrAdd(file, file => OpenAccess.IsOpen(Path.GetFileNameWithoutExtension(file))
        ? MetadataReference.CreateFromImage(OpenAccess.Open(File.ReadAllBytes(file)), filePath: file)
        : MetadataReference.CreateFromFile(file));

    private static MetadataReference? Of(Assembly assembly)
    {
        if (assembly.Location.Length > 0)
            return File.Exists(assembly.Location) ? OfFile(assembly.Location) : null;
        // An app published as one file has its assemblies in memory alone.
        return InMemory.TryGetValue(assembly.FullName!, out var known) ? known : Read(assembly) is { } read ? InMemory.GetOrAdd(assembly.FullName!, read) : null;
    }

    private static unsafe PortableExecutableReference? Read(Assembly assembly) =>
        assembly.TryGetRawMetadata(out var blob, out var length) ? AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)blob, length)).GetReference() : null;
}
