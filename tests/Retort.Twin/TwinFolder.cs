namespace Retort.Twin;

/// <summary>Where the templates, static files and the rest lie that the twin shares with its Python original.</summary>
internal static class TwinFolder
{
    public const string Place = "../shared/conformance/flask/twin";

    /// <summary>The folder beside the repository that the program was built in; null when there is none.</summary>
    public static string? Find(string start)
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Retort.slnx")))
                return Path.GetFullPath(Path.Combine(folder, Place)) is var found && Directory.Exists(found) ? found : null;
        }
        return null;
    }
}
