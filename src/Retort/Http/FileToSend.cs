namespace Retort.Http;

/// <summary>A file, or a stream with what is known about it.</summary>
/// <param name="Path">The full path; null for a stream.</param>
/// <param name="Length">The size; null when it is not known, then there are no ranges.</param>
/// <param name="LastModified">When it changed last.</param>
public sealed record FileToSend(string? Path, long? Length = null, DateTimeOffset? LastModified = null)
{
    /// <summary>Looks a file up. Throws <see cref="FileNotFoundException"/>.</summary>
    public static FileToSend AtPath(string path) => Find(path)
        ?? throw new FileNotFoundException($"SendFile: there is no file '{path}'. For paths that come from a URL use SendFromDirectory, which answers 404.", path);

    /// <summary>The file; null when there is none.</summary>
    internal static FileToSend? Find(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
            return null;
        // A link's own length is that of the path it holds.
        var target = (info.Attributes & FileAttributes.ReparsePoint) == 0 ? info : info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
        return new(info.FullName, target.Length, target.LastWriteTimeUtc);
    }
}
