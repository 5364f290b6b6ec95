using Retort.Tests.Shared;

namespace Retort.Testing.Tests;

/// <summary>Programs of one file, which are compiled against the framework as it is built.</summary>
public sealed class ProgramAppTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("retort-program-");

    public ProgramAppTests() => File.WriteAllText(Path.Combine(_folder.FullName, "Directory.Build.props"), $"""
        <Project>
          <PropertyGroup><PublishAot>false</PublishAot></PropertyGroup>
          <ItemGroup>
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Retort.dll")}" />
          </ItemGroup>
        </Project>
        """);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_call_runs_the_program_up_to_app_Run()
    {
        var file = Write("one/app.cs", """
            using Retort;
            var words = string.Join(' ', args);
            var count = 0;
            var app = new App();
            app.Get("/", () => $"{words} {++count}");
            app.Get("/page", () => Globals.RenderTemplate("page.html"));
            app.Run();
            """);
        Write("one/templates/page.html", "a page");
        var (first, second) = (ProgramApp.OfFile(file, ["a", "b"]), ProgramApp.OfFile(file));
        Assert.Equal("a b 1", (await first.TestClient().Get("/")).Text);
        Assert.Equal(" 1", (await second.TestClient().Get("/")).Text);
        Assert.Equal("a b 2", (await first.TestClient().Get("/")).Text);
        Assert.Equal("a page", (await first.TestClient().Get("/page")).Text);
        // Another program of that name is another program.
        var other = ProgramApp.OfFile(Write("two/app.cs", """
            using Retort;
            var app = new App();
            await Task.Yield();
            app.Get("/", () => "two");
            app.Run();
            """));
        Assert.Equal("two", (await other.TestClient().Get("/")).Text);
    }

    [Fact]
    public void What_cannot_be_taken_says_why()
    {
        Assert.Contains("there is no '" + Path.Combine(Repository.Root, "tests", "Retort.Testing.Tests", "none.cs") + "'", Assert.Throws<FileNotFoundException>(() => ProgramApp.OfFile("none.cs")).Message, StringComparison.Ordinal);
        var broken = Write("broken.cs", "int x = ;");
        var message = Assert.Throws<InvalidOperationException>(() => ProgramApp.OfFile(broken)).Message;
        Assert.StartsWith($"cannot take the app of '{broken}': it does not build.\n", message, StringComparison.Ordinal);
        Assert.Contains("error CS1525", message, StringComparison.Ordinal);
        Assert.Equal("cannot take the app of silent: it ended without app.Run(). Call it at the end of the program, whatever its command line says.",
            Assert.Throws<InvalidOperationException>(() => ProgramApp.OfFile(Write("silent.cs", "_ = new Retort.App();"))).Message);
        Assert.Equal("no database", Assert.Throws<InvalidDataException>(() => ProgramApp.OfFile(Write("failing.cs", "throw new InvalidDataException(\"no database\");"))).Message);
        Assert.Equal("cannot take the app of Retort: it is no program. Name the assembly whose Main calls app.Run().", Assert.Throws<InvalidOperationException>(() => ProgramApp.Of(typeof(App).Assembly)).Message);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
