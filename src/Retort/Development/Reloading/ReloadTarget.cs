using System.Reflection;
using System.Xml;
using System.Xml.Linq;

namespace Retort.Development.Reloading;

/// <summary>The program that <c>dotnet watch</c> is to run: an app of one file, or a project.</summary>
/// <param name="Path">The file <c>app.cs</c>, or the project's file.</param>
/// <param name="IsFile">Whether it is an app of one file.</param>
internal sealed record ReloadTarget(string Path, bool IsFile)
{
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

    /// <summary>The words after <c>dotnet</c> that run it and its arguments, again after each change.</summary>
    public IReadOnlyList<string> Arguments(IEnumerable<string> words) => IsFile
        ? ["watch", "--non-interactive", "run", Path, "--", .. words]
        : ["watch", "--non-interactive", "--project", Path, "run", "--", .. words];

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
