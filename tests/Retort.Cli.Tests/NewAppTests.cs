namespace Retort.Cli.Tests;

/// <summary>What a user does first, with the tool as it is installed and real processes.</summary>
[Collection(ToolCollection.Name)]
public sealed class NewAppTests(LocalFeed feed)
{
    private static readonly Dictionary<string, int> TestsOf = new() { ["app"] = 2, ["site"] = 2, ["blueprint"] = 3, ["api"] = 3 };

    public static TheoryData<string> Templates => [.. ProjectTemplate.All.Select(template => template.Name)];

    [Theory]
    [MemberData(nameof(Templates))]
    public void A_new_app_passes_its_own_tests_and_checks(string template)
    {
        var name = template + "_one";
        var printed = LocalFeed.Must(LocalFeed.Run(feed.Folder, feed.Tool, "new", name, "--template", template));
        var test = ProjectTemplate.All.Single(each => each.Name == template).TestCommand;
        Assert.Contains($"cd {name} && {test}", printed, StringComparison.Ordinal);
        var folder = Path.Combine(feed.Folder, name);
        var words = test.Split(' ');
        var passed = LocalFeed.Must(LocalFeed.Run(folder, words[0], words[1..]));
        Assert.Matches($@"(succeeded: {TestsOf[template]}\b)|(Total: {TestsOf[template]}, Errors: 0, Failed: 0, Skipped: 0)", passed);
        Assert.Contains("/", LocalFeed.Must(LocalFeed.Run(folder, feed.Tool, "routes")), StringComparison.Ordinal);
        Assert.Equal(0, LocalFeed.Run(folder, feed.Tool, "check").Code);
    }

    /// <summary>The SDK makes apps of one file ready for native compilation, which the package must undo: JSON, the templates and publishing work without a word of it in the app.</summary>
    [Fact]
    public void An_app_of_one_file_needs_no_settings()
    {
        var folder = Directory.CreateDirectory(Path.Combine(feed.Folder, "bare")).FullName;
        File.WriteAllText(Path.Combine(folder, "app.cs"), """
            #:package Retort@0.1.0
            using Retort;
            var app = new App();
            app.Get("/", () => new { hello = "world" });
            app.Cli.Command("ask", () => Console.Write(app.Json.Dumps(new { hello = "world", list = new[] { 1, 2 } })));
            app.Run();
            """);
        // Only restoring asks for the compiler's packages then, which not every registry has.
        LocalFeed.Must(LocalFeed.Run(folder, "dotnet", "restore", "app.cs", "-p:PublishAot=false"));
        Assert.Contains("""{"hello":"world","list":[1,2]}""", LocalFeed.Must(LocalFeed.Run(folder, "dotnet", "run", "--no-restore", "app.cs", "--", "ask")), StringComparison.Ordinal);
        LocalFeed.Must(LocalFeed.Run(folder, "dotnet", "publish", "--no-restore", "app.cs", "-o", "site"));
        Assert.Contains("""{"hello":"world","list":[1,2]}""", LocalFeed.Must(LocalFeed.Run(folder, "dotnet", "site/app.dll", "ask")), StringComparison.Ordinal);
        Assert.Equal("true", LocalFeed.Must(LocalFeed.Run(folder, "dotnet", "build", "app.cs", "--no-restore", "-getProperty:PublishAot", "-p:PublishAot=true")).Trim());
    }

    /// <summary>From nothing to an app that follows its edits; each step's time is printed.</summary>
    [Fact]
    public async Task An_edit_is_seen_whatever_it_is()
    {
        LocalFeed.Must(LocalFeed.Run(feed.Folder, feed.Tool, "new", "blog"));
        var folder = Path.Combine(feed.Folder, "blog");
        using var app = await RunningApp.Start(feed.Tool, folder);
        await app.Until("started", "/", text => text.Contains("Hello from blog", StringComparison.Ordinal));

        Edit(folder, "templates/index.html", "Hello from", "Greetings from");
        await app.Until("template edited", "/", text => text.Contains("Greetings from blog", StringComparison.Ordinal));

        // What an app keeps beside it, and a page that is new, do not disturb the reloader.
        File.WriteAllText(Path.Combine(folder, "notes.db"), "data");
        File.WriteAllText(Path.Combine(folder, "templates", "new.html"), "new");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Edit(folder, "app.cs", "name = \"blog\"", "name = \"my blog\"");
        await app.Until("view edited", "/", text => text.Contains("Greetings from my blog", StringComparison.Ordinal));

        Edit(folder, "app.cs", "app.Run();", "app.Get(\"/more\", () => \"more\");\n\napp.Run();");
        await app.Until("route added", "/more", text => text == "more");

        Edit(folder, "app.cs", "\"more\");", "\"more\"");
        await app.Until("broken", "/more", text => text.Contains("The app does not compile", StringComparison.Ordinal) && text.Contains("app.cs(", StringComparison.Ordinal) && text.Contains("error CS", StringComparison.Ordinal));

        Edit(folder, "app.cs", "() => \"more\"", "() => \"much more\");");
        await app.Until("mended", "/more", text => text == "much more");

        Edit(folder, "app.cs", "\"/more\"", "\"/most\"");
        await app.Until("route renamed", "/most", text => text == "much more");
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', app.Times));
    }

    internal static void Edit(string folder, string file, string from, string to)
    {
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}
