using System.Text.Json;

namespace Retort.Cli.Tests;

/// <summary>
/// Does what a Dockerfile says on this machine instead of in a container: its commands are run as they stand, in folders that stand for those of the image. What only a container has (its images, its user) is not tried.
/// </summary>
internal sealed class Dockerfile
{
    private static readonly string[] OfTheContainer = ["USER", "VOLUME", "EXPOSE"];
    private readonly string _source;
    private readonly string _root;
    private string _folder = "/";

    private Dockerfile(string source, string root) => (_source, _root) = (source, root);

    /// <summary>What <c>ENV</c> sets.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>What the container runs.</summary>
    public string[] Command { get; private set; } = [];

    /// <summary>What tells whether it is well.</summary>
    public string[] HealthCheck { get; private set; } = [];

    /// <summary>The folder the container runs in.</summary>
    public string Folder => In(_folder);

    /// <summary>Builds.</summary>
    /// <param name="text">The Dockerfile.</param>
    /// <param name="source">The folder it is built from.</param>
    /// <param name="root">The folder that stands for the root of the images.</param>
    public static Dockerfile Build(string text, string source, string root)
    {
        var docker = new Dockerfile(source, root);
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#')))
            docker.Do(line.Split(' ', 2)[0], line.Split(' ', 2)[1]);
        return docker;
    }

    private string In(string path) => path.StartsWith('/') ? _root + path : Path.Combine(_root + _folder, path);

    private void Do(string instruction, string text)
    {
        switch (instruction)
        {
            case "FROM":
                Assert.StartsWith("mcr.microsoft.com/dotnet/", text, StringComparison.Ordinal);
                break;
            case "WORKDIR":
                _folder = text;
                Directory.CreateDirectory(Folder);
                break;
            case "COPY":
                Copy(text.Split(' '));
                break;
            case "RUN":
                LocalFeed.Must(LocalFeed.Run(Folder, "sh", "-c", "export APP_UID=$(id -u); " + text.Replace(" /site", $" {In("/site")}", StringComparison.Ordinal)));
                break;
            case "ENV":
                Environment[text.Split('=')[0]] = text.Split('=')[1];
                break;
            case "CMD":
                Command = JsonSerializer.Deserialize<string[]>(text)!;
                break;
            case "HEALTHCHECK":
                HealthCheck = JsonSerializer.Deserialize<string[]>(text[text.IndexOf('[', StringComparison.Ordinal)..])!;
                break;
            default:
                Assert.Contains(instruction, OfTheContainer);
                break;
        }
    }

    private void Copy(string[] words)
    {
        // Both stages have one root here, so that what the second takes from the first is there.
        if (words is ["--from=build", "/site", "."])
        {
            Assert.Equal("/site", _folder);
            return;
        }
        Assert.Equal(2, words.Length);
        foreach (var file in Directory.EnumerateFiles(_source, words[0] == "." ? "*" : words[0], words[0] == "." ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly))
        {
            var name = Path.GetRelativePath(_source, file);
            if (name.Split('/') is var parts && (parts.Contains("bin") || parts.Contains("obj") || parts[0] == "tests"))
                continue;
            var target = In(Path.Combine(words[1], name));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
