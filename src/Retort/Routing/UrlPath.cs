namespace Retort.Routing;

/// <summary>One form for the many a path may have.</summary>
internal static class UrlPath
{
    /// <summary>The path with its <c>.</c> and <c>..</c> followed. Source: RFC 3986, 5.2.4.</summary>
    public static string WithoutDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal))
            return path;
        var kept = new List<string>();
        var segments = path[1..].Split('/');
        foreach (var segment in segments)
        {
            if (segment is not ("." or ".."))
                kept.Add(segment);
            else if (segment == ".." && kept.Count > 0)
                kept.RemoveAt(kept.Count - 1);
        }
        if (segments[^1] is "." or "..")
            kept.Add("");
        return "/" + string.Join('/', kept);
    }

    public static string WithMergedSlashes(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
            path = path.Replace("//", "/", StringComparison.Ordinal);
        return path;
    }
}
