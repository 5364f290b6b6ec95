using System.Reflection;

namespace Retort.Cli;

/// <summary>The files an app begins with. In their names and texts <c>__name__</c> stands for the app's name, <c>__Name__</c> for its namespace, <c>__version__</c> for Retort's version.</summary>
internal sealed record ProjectTemplate(string Name, string Help, string? TestCommand)
{
    private const string Root = "Templates/";

    /// <summary>All of them, the usual one first.</summary>
    public static IReadOnlyList<ProjectTemplate> All { get; } =
    [
        new("app", "an app of one file.", null),
        new("site", "pages with templates, static files and tests.", "dotnet test"),
        new("blueprint", "a site in parts, each a blueprint, with tests.", "dotnet test"),
        new("api", "JSON in and out, with tests.", "dotnet test"),
    ];

    /// <summary>Writes the files; gives back their names.</summary>
    public IEnumerable<string> WriteTo(string folder, string appName)
    {
        var assembly = typeof(ProjectTemplate).Assembly;
        var prefix = Root + Name + "/";
        foreach (var resource in assembly.GetManifestResourceNames().Select(name => name.Replace('\\', '/')).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var file = Fill(resource[prefix.Length..], appName);
            // Project files would be taken for this repository's own.
            file = file.EndsWith(".template", StringComparison.Ordinal) ? file[..^".template".Length] : file;
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Fill(Read(assembly, resource), appName));
            yield return file;
        }
    }

    private static string Fill(string text, string appName) => text
        .Replace("__name__", appName, StringComparison.Ordinal)
        .Replace("__Name__", NamespaceOf(appName), StringComparison.Ordinal)
        .Replace("__version__", Version, StringComparison.Ordinal);

    /// <summary>The version of this tool, which is that of the packages it was made with.</summary>
    private static string Version => typeof(ProjectTemplate).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string NamespaceOf(string name) => string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
