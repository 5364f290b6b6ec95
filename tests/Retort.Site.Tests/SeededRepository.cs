using System.Text;

namespace Retort.Site.Tests;

/// <summary>A small repository in a folder of its own, to be built into a site.</summary>
internal sealed class SeededRepository : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("retort-site-").FullName;

    /// <param name="files">Paths and texts; what every repository needs is added.</param>
    public SeededRepository(params (string Path, string Text)[] files)
    {
        Directory.CreateDirectory(Path.Combine(_root, "src"));
        foreach (var (path, text) in files.Prepend(("docs/README.md", "# Contents\n\n- [Page](page.md)\n")).Prepend(("README.md", "# Front\n")))
        {
            var file = Path.Combine(_root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    public StaticSite Build(string? sourceUrl = null) => StaticSite.Build(new SiteOptions(_root, sourceUrl));

    public static string Text(StaticSite site, string path) => Encoding.UTF8.GetString(site.Files[path]);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
