using System.Buffers;
using System.IO.Enumeration;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Retort.Development.Reloading;

/// <summary>The program that <c>dotnet watch</c> is to run: an app of one file, or a project.</summary>
/// <param name="Path">The file <c>app.cs</c>, or the project's file.</param>
/// <param name="IsFile">Whether it is an app of one file.</param>
internal sealed partial record ReloadTarget(string Path, bool IsFile)
{
    // Characters that MSBuild reads as its own in a property's value.
    private static readonly SearchValues<char> Special = SearchValues.Create(";%*?$@");

    /// <summary>The running program by its source; null when that is not there, as on a machine it was published to.</summary>
    /// <param name="sourceFolder">A folder of the program's source, from which its project is looked for upwards.</param>
    public static ReloadTarget? OfThisProgram(string sourceFolder)
    {
        if (AppContext.GetData("EntryPointFilePath") is string file)
            return File.Exists(file) ? new ReloadTarget(file, IsFile: true) : null;
        return Assembly.GetEntryAssembly()?.GetName().Name is { } name ? OfAssembly(name, sourceFolder) : null;
    }

    /// <summary>The project in a folder or above it that makes the assembly of that name.</summary>
    public static ReloadTarget? OfAssembly(string assembly, string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (at.Exists && at.EnumerateFiles("*.csproj").FirstOrDefault(project => Makes(project.FullName, assembly)) is { } found)
                return new ReloadTarget(found.FullName, IsFile: false);
        }
        return null;
    }

    /// <summary>
    /// The files whose coming and going is none of the build's business, as MSBuild's globs: in a project the <c>instance</c> folder, where an app keeps its data; of an app of one file
    /// everything beside it, because <c>dotnet watch</c> ends its work when a file is added there. Null when what is beside it belongs to the build.
    /// </summary>
    public string? Excluded()
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (folder.AsSpan().ContainsAny(Special))
            return null;
        if (!IsFile)
            return System.IO.Path.Combine(folder, "instance", "**", "*");
        var isOwn = OwnProject().Matches(File.ReadAllText(Path)).All(match => !IsInside(folder, match.Groups["path"].Value)) && !Directory.EnumerateFiles(folder, "*.resx").Any();
        return isOwn ? System.IO.Path.Combine(folder, "**", "*") : null;
    }

    /// <summary>When its source was last written, in UTC: the file, or the code in the project's folder.</summary>
    public DateTime LastWritten()
    {
        if (IsFile)
            return File.GetLastWriteTimeUtc(Path);
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        return new FileSystemEnumerable<DateTime>(System.IO.Path.GetDirectoryName(Path)!, (ref FileSystemEntry entry) => entry.LastWriteTimeUtc.UtcDateTime, options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && (entry.FileName.EndsWith(".cs") || entry.FileName.EndsWith(".csproj")),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => entry.FileName is not ("bin" or "obj" or "node_modules"),
        }.DefaultIfEmpty().Max();
    }

    /// <summary>The words after <c>dotnet</c> that run it and its arguments, again after each change.</summary>
    public IReadOnlyList<string> Arguments(IEnumerable<string> words) => IsFile
        ? ["watch", "--non-interactive", "run", Path, "--", .. words]
        : ["watch", "--non-interactive", "--project", Path, "run", "--", .. words];

    private static bool IsInside(string folder, string path) =>
        System.IO.Path.GetFullPath(path, folder).StartsWith(folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    [GeneratedRegex(@"^#:project\s+(?<path>\S.*?)\s*$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex OwnProject();

    private static bool Makes(string project, string assembly)
    {
        try
        {
            var named = XDocument.Load(project).Descendants("AssemblyName").FirstOrDefault()?.Value.Trim();
            return (named ?? System.IO.Path.GetFileNameWithoutExtension(project)) == assembly;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
