using System.Text;

namespace Retort.Jinja.Loaders;

/// <summary>
/// Templates in one or more folders, the first that has the name winning. Never reads outside of them: a name with <c>..</c>, a drive, a backslash or a NUL is
/// no template's name, and neither is a link that leads out. The files are UTF-8, or UTF-16 with a byte order mark.
/// </summary>
public sealed class FileSystemLoader(params IReadOnlyList<string> folders) : Loader
{
    private const int MaxLinks = 40;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string[] _folders = [.. folders.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))];

    /// <summary>Whether links that lead out of the folders are followed. Default no.</summary>
    public bool FollowLinks { get; init; }

    /// <inheritdoc/>
    public override TemplateSource? Load(JinjaEnvironment environment, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Segments(name) is not { Length: > 0 } segments)
            return null;
        foreach (var folder in _folders)
        {
            var path = Path.Combine([folder, .. segments]);
            if (!File.Exists(path) || !(FollowLinks || IsInside(path, folder)))
                continue;
            var changed = File.GetLastWriteTimeUtc(path);
            if (Read(path, name) is { } text)
                return new TemplateSource(text, path, () => File.GetLastWriteTimeUtc(path) == changed);
        }
        return null;
    }

    // Null if the file is gone since it was found.
    private static string? Read(string path, string name)
    {
        try
        {
            using var reader = new StreamReader(path, Utf8);
            return reader.ReadToEnd();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (DecoderFallbackException)
        {
            throw new TemplateSyntaxError("the file is not valid UTF-8; save it as UTF-8", new TemplatePosition(name, 1, 0, null));
        }
    }

    internal override string? Missing(string name) => name.Split('/').Contains("..") ? null
        : $"{StringRepr.Of(name)} not found in search path{(folders.Count == 1 ? string.Empty : "s")}: {string.Join(", ", folders.Select(StringRepr.Of))}";

    /// <inheritdoc/>
    public override IEnumerable<string> ListTemplates()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FollowLinks ? FileAttributes.None : FileAttributes.ReparsePoint };
        return _folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", options).Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    // The parts of a name; null if one of them could lead elsewhere.
    private static string[]? Segments(string name)
    {
        if (name.AsSpan().ContainsAny('\\', '\0', ':'))
            return null;
        var segments = name.Split('/').Where(segment => segment is not ("" or ".")).ToArray();
        return segments.Contains("..") ? null : segments;
    }

    private static bool IsInside(string path, string folder)
    {
        var links = 0;
        return Resolve(path, ref links) is { } real && Resolve(folder, ref links) is { } root
            && real.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    // The path with every link in it followed; null if there are too many.
    private static string? Resolve(string path, ref int links)
    {
        var root = Path.GetPathRoot(path)!;
        var result = root;
        var rest = new Stack<string>(path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out var segment))
        {
            if (segment == "..")
            {
                result = Path.GetDirectoryName(result) ?? root;
                continue;
            }
            if (segment == ".")
                continue;
            var next = Path.Combine(result, segment);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                result = next;
                continue;
            }
            if (++links > MaxLinks)
                return null;
            if (Path.IsPathRooted(target))
                result = Path.GetPathRoot(target)!;
            foreach (var part in target[(Path.IsPathRooted(target) ? result.Length : 0)..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
                rest.Push(part);
        }
        return result;
    }
}
