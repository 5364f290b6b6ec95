namespace Retort;

/// <summary>Finds the folder that an app's templates and static files lie in.</summary>
internal static class RootFolder
{
    private static readonly string[] Known = ["templates", "static"];

    /// <summary>
    /// The folder of a published program if it holds templates or static files; else the folder of the source file while it exists, so that edits show at once;
    /// else the folder of the program.
    /// </summary>
    public static string Find(string sourceFile)
    {
        var program = AppContext.BaseDirectory;
        if (Known.Any(name => Directory.Exists(Path.Combine(program, name))))
            return program;
        var source = File.Exists(sourceFile) ? Path.GetDirectoryName(Path.GetFullPath(sourceFile)) : null;
        return source ?? AppContext.GetData("EntryPointFileDirectoryPath") as string ?? program;
    }
}
