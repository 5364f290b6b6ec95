using System.Text;
using System.Text.RegularExpressions;
using Retort.Jinja;
using Retort.Jinja.Loaders;
using Retort.Jinja.Values;
using Retort.Site.Highlighting;
using Retort.Site.Markdown;
using Retort.Site.Reference;

namespace Retort.Site;

/// <summary>The documentation as files to be served from any folder, or opened without a server.</summary>
internal sealed partial class StaticSite
{
    // What is in a folder that this program wrote and may write again.
    private const string Mark = "search-index.js";

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];
    private readonly List<SearchEntry> _search = [];
    private readonly SiteOptions _options;
    private readonly JinjaEnvironment _templates = new()
    {
        Loader = new EmbeddedResourceLoader(typeof(StaticSite).Assembly, "Templates"),
        Autoescape = static _ => true,
        Undefined = static origin => new StrictUndefined(origin),
        TrimBlocks = true,
        LstripBlocks = true,
        Filters = { ["breakable"] = (string name) => Breakable(name) },
    };

    private StaticSite(SiteOptions options) => _options = options;

    /// <summary>The files by their paths, with slashes.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>What has to be mended first; a site with problems is not published.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>Builds the site in memory. The same repository gives the same bytes.</summary>
    public static StaticSite Build(SiteOptions options)
    {
        var site = new StaticSite(options);
        var highlighter = new Highlighter();
        var (contents, reference) = (Contents.Read(options.Root), new ApiReference(PackageSymbols.Load(options.Root), highlighter));
        site._templates.Globals["sections"] = contents.Sections;
        site._templates.Globals["namespaces"] = reference.Namespaces;
        site.AddPages(contents, highlighter);
        site.AddReference(reference);
        site.Add("search.html", "search.html", new { title = "Search" });
        site.AddFile(Mark, SearchEntry.Script(site._search));
        foreach (var name in typeof(StaticSite).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("Assets/", StringComparison.Ordinal)))
            site.AddFile(name["Assets/".Length..], Resource(name));
        return site;
    }

    /// <summary>Writes the files. The folder is emptied first, if a site is in it.</summary>
    /// <exception cref="IOException">Something else is in the folder.</exception>
    public void WriteTo(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            if (!File.Exists(Path.Combine(folder, Mark)))
                throw new IOException($"{folder} holds something else than a site; name another folder.");
            Directory.Delete(folder, recursive: true);
        }
        foreach (var (path, bytes) in _files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }

    private void AddPages(Contents contents, Highlighter highlighter)
    {
        var front = new ContentsEntry("Retort", MarkdownPage.Load(_options.Root, "README.md"), []);
        ContentsEntry[] read = [front, .. contents.Entries];
        ContentsEntry[] all = [.. read, new ContentsEntry("Contents", contents.Page, [])];
        var links = new Links(_options, [.. all.Select(entry => entry.Page)]);
        var html = new PageHtml(highlighter);
        _problems.AddRange(contents.Missing(_options.Root));
        for (var i = 0; i < all.Length; i++)
        {
            var page = all[i].Page;
            _search.AddRange(PageSearch.Of(page));
            _problems.AddRange(links.Rewrite(page));
            Add(page.Output, i == 0 ? "front.html" : "page.html", new
            {
                title = page.Title,
                source = page.Source,
                source_url = _options.SourceUrl is { } repository ? $"{repository.TrimEnd('/')}/{page.Source}" : null,
                content = html.Render(page),
                headings = page.Headings.Where(heading => heading.Level is 2 or 3).ToList(),
                previous = i > 0 && i < read.Length ? read[i - 1] : null,
                next = i + 1 < read.Length ? read[i + 1] : null,
            });
        }
        foreach (var image in links.Images)
            _files[Links.ImageOutput(image)] = File.ReadAllBytes(Path.Combine(_options.Root, image));
    }

    private void AddReference(ApiReference reference)
    {
        _problems.AddRange(reference.Problems);
        Add("api/index.html", "api-index.html", new { title = "API reference" });
        _search.Add(new SearchEntry("API reference", "api/index.html", "page", "", "Every public type and member."));
        foreach (var space in reference.Namespaces)
        {
            Add(space.Page, "api-namespace.html", new { title = space.Name, space = space.Name, view = space });
            _search.Add(new SearchEntry(space.Name, space.Page, "namespace", "", ""));
        }
        foreach (var type in reference.Types)
        {
            Add(type.Entry.Page, "api-type.html", new { title = $"{type.Entry.Name} {type.Entry.Kind}", space = type.Namespace, type });
            _search.Add(new SearchEntry(type.Entry.Name, type.Entry.Page, type.Entry.Kind, type.Namespace, type.Entry.Summary.StripTags()));
            // Overloads are found as one.
            _search.AddRange(type.Groups.SelectMany(group => group.Members.DistinctBy(member => member.Name).Select(member =>
                new SearchEntry($"{type.Entry.Name}.{member.Name}", $"{type.Entry.Page}#{member.Anchor}", group.Kind, type.Namespace, member.Comment.Summary.StripTags()))));
        }
    }

    private void Add(string output, string template, object model)
    {
        var variables = new Dictionary<string, object?>
        {
            ["path"] = output,
            ["space"] = null,
            ["root"] = string.Concat(Enumerable.Repeat("../", output.Count(letter => letter == '/'))),
        };
        foreach (var property in model.GetType().GetProperties())
            variables[property.Name] = property.GetValue(model);
        if (!_files.TryAdd(output, Encoding.UTF8.GetBytes(_templates.GetTemplate(template).Render(variables))))
            _problems.Add(new Problem(output, 0, "two pages of the site would have this name"));
    }

    private void AddFile(string path, string text) => _files[path] = Encoding.UTF8.GetBytes(text);

    // Long names have nothing where a line may end but their words.
    private static Markup Breakable(string name) => new(Words().Replace(Markup.Escape(name).ToHtml(), "$0<wbr>"));

    [GeneratedRegex(@"[\p{Ll}\d](?=\p{Lu})|\.(?=\w)")]
    private static partial Regex Words();

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(StaticSite).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
