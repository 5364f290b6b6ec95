using System.Reflection;

namespace Retort.Cli;

/// <summary>The files an app begins with. In their names and texts <c>__name__</c> stands for the app's name, <c>__Name__</c> for its namespace, <c>__version__</c> for Retort's version.</summary>
/// <param name="Name">What it is asked for by, and the folder of its own files.</param>
/// <param name="Help">What it is.</param>
/// <param name="TestCommand">What runs its tests.</param>
/// <param name="Shared">Folders of files that several templates begin with.</param>
internal sealed record ProjectTemplate(string Name, string Help, string TestCommand, params IReadOnlyList<string> Shared)
{
    private const string Root = "Templates/";

    /// <summary>All of them, the usual one first.</summary>
    public static IReadOnlyList<ProjectTemplate> All { get; } =
    [
        new("app", "an app of one file, with its tests in another.", "dotnet run app_test.cs"),
        new("site", "pages with templates, static files and tests.", "dotnet test", "shared/project", "shared/pages"),
        new("blueprint", "a site in parts, each a blueprint, with tests.", "dotnet test", "shared/project", "shared/pages"),
        new("api", "JSON in and out, with tests.", "dotnet test", "shared/project"),
    ];

    /// <summary>Writes the files; gives back their names.</summary>
    public IEnumerable<string> WriteTo(string folder, string appName)
    {
        var assembly = typeof(ProjectTemplate).Assembly;
        var files =
            from resource in assembly.GetManifestResourceNames()
            from owner in Shared.Append(Name)
            let prefix = Root + owner + "/"
            where resource.Replace('\\', '/').StartsWith(prefix, StringComparison.Ordinal)
            select (Resource: resource, File: resource.Replace('\\', '/')[prefix.Length..]);
        foreach (var (resource, name) in files.OrderBy(each => each.File, StringComparer.Ordinal))
        {
            var file = Fill(name, appName);
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
