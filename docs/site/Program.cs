using System.CommandLine;
using System.Diagnostics;
using Retort.Site;

var output = new Option<string>("--output", "-o") { Description = "the folder to write; emptied first when a site is in it", DefaultValueFactory = _ => Path.Combine("artifacts", "site") };
var root = new Option<string>("--root") { Description = "the repository", DefaultValueFactory = _ => FindRoot() };
var source = new Option<string?>("--source-url") { Description = "where the repository's files can be read, such as https://example.com/retort/blob/main/" };
var command = new RootCommand("Builds the documentation and the API reference as a static site.") { output, root, source };
command.SetAction(arguments => Build(arguments.GetRequiredValue(root), arguments.GetRequiredValue(output), arguments.GetValue(source)));
return command.Parse(args).Invoke();

static int Build(string root, string output, string? source)
{
    var watch = Stopwatch.StartNew();
    var site = StaticSite.Build(new SiteOptions(Path.GetFullPath(root), source));
    foreach (var problem in site.Problems)
        Console.Error.WriteLine(problem);
    if (site.Problems.Count > 0)
    {
        Console.Error.WriteLine($"Nothing was written: {site.Problems.Count} problems.");
        return 1;
    }
    site.WriteTo(output);
    Console.WriteLine($"{site.Files.Count} files in {watch.Elapsed.TotalSeconds:F1} s. Open {Path.GetFullPath(Path.Combine(output, "index.html"))}");
    return 0;
}

static string FindRoot()
{
    foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Retort.slnx")))
                return folder;
        }
    }
    throw new InvalidOperationException("There is no Retort.slnx here or above; name the repository with --root.");
}
