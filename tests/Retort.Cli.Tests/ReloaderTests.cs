namespace Retort.Cli.Tests;

/// <summary>What <c>run --debug</c> follows, and what stays the same when it starts the app again.</summary>
[Collection(ToolCollection.Name)]
public sealed class ReloaderTests(LocalFeed feed)
{
    [Fact]
    public async Task What_is_excluded_starts_nothing_again()
    {
        var folder = New("excluding");
        using var app = await RunningApp.Start(feed.Tool, folder, "--extra-files", "data", "--exclude-patterns", "*.log:*/cache/*");
        var first = await app.Until("started", "/process", IsNumber);
        File.WriteAllText(Path.Combine(folder, "data", "visits.log"), "x");
        File.WriteAllText(Path.Combine(folder, "data", "cache", "page.txt"), "x");
        // The changes of a folder are told in their order: when this one has been acted on, the others have been passed over.
        File.WriteAllText(Path.Combine(folder, "data", "words.txt"), "x");
        await app.Until("started again", "/process", answer => IsNumber(answer) && answer != first);
        await app.UntilSaid($" * Detected change in '{Path.Combine(folder, "data", "words.txt")}', reloading");
        Assert.DoesNotContain("visits.log", app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("page.txt", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_made_on_the_spot_stays_when_the_app_is_started_again()
    {
        var folder = New("certified");
        using var app = await RunningApp.Start(feed.Tool, folder, "--cert", "adhoc", "--extra-files", "data");
        var first = await app.Until("started", "/process", IsNumber);
        File.WriteAllText(Path.Combine(folder, "data", "words.txt"), "x");
        await app.Until("started again", "/process", answer => IsNumber(answer) && answer != first);
        Assert.True(app.Certificates.Count >= 2, app.Log);
        Assert.Single(app.Certificates.Distinct());
    }

    private string New(string name)
    {
        LocalFeed.Must(LocalFeed.Run(feed.Folder, feed.Tool, "new", name));
        var folder = Path.Combine(feed.Folder, name);
        Directory.CreateDirectory(Path.Combine(folder, "data", "cache"));
        NewAppTests.Edit(folder, "app.cs", "app.Run();", "app.Get(\"/process\", () => $\"{Environment.ProcessId}\");\n\napp.Run();");
        return folder;
    }

    private static bool IsNumber(string answer) => int.TryParse(answer, out _);
}
