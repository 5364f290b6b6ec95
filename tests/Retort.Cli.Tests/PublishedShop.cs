using Retort.Tests.Shared;

namespace Retort.Cli.Tests;

/// <summary>An app as <c>retort new</c> starts it, with what docs/deployment.md adds, built as examples/deployment/Dockerfile says.</summary>
public sealed class PublishedShop
{
    private readonly Lazy<Dockerfile> _docker;

    public PublishedShop(LocalFeed feed) => _docker = new Lazy<Dockerfile>(() => Build(feed));

    /// <summary>A folder by whose files a test and the running app tell each other how far they are.</summary>
    public string Signs { get; } = Directory.CreateTempSubdirectory("retort-signs-").FullName;

    internal Dockerfile Docker => _docker.Value;

    /// <summary>The text of a file of the example.</summary>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, "examples", "deployment", file));

    private Dockerfile Build(LocalFeed feed)
    {
        LocalFeed.Must(LocalFeed.Run(feed.Folder, feed.Tool, "new", "shop", "--template", "site"));
        var folder = Path.Combine(feed.Folder, "shop");
        NewAppTests.Edit(folder, "Application.cs", "using Retort;", "using Microsoft.Extensions.DependencyInjection;\nusing Microsoft.Extensions.Logging;\nusing Retort;");
        NewAppTests.Edit(folder, "Application.cs", "app.Config.FromPrefixedEnvironment();", $$"""
            app.Config.FromPrefixedEnvironment();
            app.ProxyFix = new ProxyFix(xFor: 1, xProto: 1, xHost: 1);
            app.Services.AddLogging(logging => logging.ClearProviders().AddJsonConsole()
                .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information));
            app.Get("/health", () => "ok");
            app.Get("/process", () => $"{Environment.ProcessId}");
            app.Get("/memory", () => $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes}");
            app.Get("/key", () => CurrentApp.SecretKey!);
            app.Get("/slow", async () =>
            {
                File.WriteAllText("{{Signs}}/entered", "");
                while (!File.Exists("{{Signs}}/go"))
                    await Task.Delay(10);
                return "done";
            });
            """);
        return Dockerfile.Build(Read("Dockerfile"), folder, Path.Combine(feed.Folder, "image"));
    }
}
