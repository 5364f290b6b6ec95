namespace Retort.Http;

/// <summary>Paths below a folder that are made from a URL. Source: werkzeug.security.safe_join.</summary>
public static class SafePath
{
    private const int MaxLinks = 40;

    /// <summary>
    /// Joins paths of slashes to a trusted folder; null when one would leave it. On Windows backslashes, drives, streams and device names are refused as well.
    /// </summary>
    public static string? Join(string directory, params ReadOnlySpan<string> paths) => Join(OperatingSystem.IsWindows(), directory, paths);

    internal static string? Join(bool windows, string directory, params ReadOnlySpan<string> paths)
    {
        ArgumentNullException.ThrowIfNull(directory);
        // An empty folder is the current one: else the first path would become the trusted one.
        var joined = directory.Length == 0 ? "." : directory;
        foreach (var path in paths)
        {
            if (path.Length == 0) continue;
            var normal = Normalize(path);
            if (normal[0] == '/' || normal == ".." || normal.StartsWith("../", StringComparison.Ordinal) || (windows && !IsSafeOnWindows(normal))) return null;
            joined = joined.EndsWith('/') ? joined + normal : $"{joined}/{normal}";
        }
        return joined;
    }

    /// <summary>Whether a path, with every symbolic link on it followed, still lies below a folder. What does not exist lies where its path says.</summary>
    public static bool StaysInside(string directory, string path)
    {
        directory = Path.GetFullPath(directory);
        path = Path.GetFullPath(path);
        if (LiesBelowWithoutLinks(directory, path)) return true;
        var folder = Resolve(directory);
        var target = Resolve(path);
        if (folder is null || target is null) return false;
        // With the separator, so that "static" does not contain "static_private".
        var prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return target == folder || target.StartsWith(prefix, StringComparison.Ordinal);
    }

    // Wherever links may take the folder, they take what is in it along; so in most cases only the parts below it have to be looked at.
    private static bool LiesBelowWithoutLinks(string folder, string path)
    {
        folder = Path.TrimEndingDirectorySeparator(folder);
        if (!path.StartsWith(folder, StringComparison.Ordinal) || path.Length <= folder.Length || path[folder.Length] != Path.DirectorySeparatorChar) return false;
        for (var part = path; part.Length > folder.Length; part = Path.GetDirectoryName(part)!)
        {
            if (new FileInfo(part).LinkTarget is not null) return false;
        }
        return true;
    }

    private static bool IsSafeOnWindows(string path) =>
        path.AsSpan().IndexOfAny('\\', ':') < 0 && !path.Split('/').Any(FileNames.IsDevice);

    // As posixpath.normpath: "." and empty parts go, ".." takes the part before it.
    private static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part == ".." && parts.Count > 0 && parts[^1] != "..") parts.RemoveAt(parts.Count - 1);
            else if (part != ".." || path[0] != '/') parts.Add(part);
        }
        var normal = string.Join('/', parts);
        return path[0] == '/' ? "/" + normal : normal.Length == 0 ? "." : normal;
    }

    // Null: links in a circle.
    private static string? Resolve(string path)
    {
        var links = 0;
        var resolved = Path.GetPathRoot(path)!;
        var pending = new Stack<string>(Parts(path[resolved.Length..]));
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }
            var next = Path.Combine(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }
            if (++links > MaxLinks) return null;
            if (Path.IsPathRooted(target)) resolved = Path.GetPathRoot(target)!;
            foreach (var linked in Parts(target[(Path.GetPathRoot(target)?.Length ?? 0)..])) pending.Push(linked);
        }
        return resolved;
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();
}
