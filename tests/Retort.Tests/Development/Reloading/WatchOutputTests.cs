using Retort.Development.Reloading;

namespace Retort.Tests.Development.Reloading;

public sealed class WatchOutputTests
{
    private readonly WatchOutput _output = new();

    [Theory]
    [InlineData("127.0.0.1 - - \"GET / HTTP/1.1\" 200 -")]
    [InlineData("  what the app -- printed")]
    [InlineData("error: this is the app's own word")]
    [InlineData("")]
    public void What_the_app_prints_is_shown(string line) => Assert.Equal(line, _output.Read(line));

    [Theory]
    [InlineData("dotnet watch : Waiting for changes")]
    [InlineData("dotnet watch : C# and Razor changes applied in 126ms.")]
    [InlineData("  Determining projects to restore...")]
    [InlineData("  app.cs -> /tmp/bin/debug/app.dll")]
    [InlineData("Build FAILED.")]
    [InlineData("    1 Error(s)")]
    public void What_the_build_and_the_watch_say_of_themselves_is_not(string line) => Assert.Null(_output.Read(line));

    [Fact]
    public void The_empty_lines_of_a_build_are_not_shown_and_those_of_the_app_are()
    {
        string[] build = ["  Determining projects to restore...", "  app -> /tmp/app.dll", "", "Build succeeded.", "    0 Warning(s)", "    0 Error(s)", "", "Time Elapsed 00:00:01.07"];
        Assert.All(build, line => Assert.Null(_output.Read(line)));
        Assert.Equal("", _output.Read(""));
        _output.Read("  Determining projects to restore...");
        _output.Started();
        Assert.Equal("", _output.Read(""));
    }

    [Fact]
    public void A_change_is_one_line() => Assert.Equal(" * Detected change in './app.cs', reloading", _output.Read("dotnet watch : File updated: ./app.cs"));

    [Theory]
    [InlineData("dotnet watch : File added: ./log.txt")]
    [InlineData("dotnet watch : File updated: ./instance/app.sqlite")]
    public void A_change_of_a_file_that_is_no_source_is_none(string line) => Assert.Null(_output.Read(line));

    [Theory]
    [InlineData("dotnet watch : Failed to restore project '/tmp/w/app.cs.csproj'.")]
    [InlineData("dotnet watch : The file watcher observing '/tmp/w/' encountered an error: Object reference not set to an instance of an object.")]
    public void A_watch_that_will_follow_nothing_any_more_is_noticed(string line)
    {
        Assert.Null(_output.Read(line));
        Assert.True(_output.IsStuck);
        _output.Clear();
        Assert.False(_output.IsStuck);
    }

    [Fact]
    public void Each_build_has_its_beginning()
    {
        var before = _output.BuildBegan;
        _output.Read("dotnet watch : Waiting for changes");
        Assert.Equal(before, _output.BuildBegan);
        Thread.Sleep(2);
        Assert.Null(_output.Read("  Determining projects to restore..."));
        Assert.True(_output.BuildBegan > before);
    }

    [Fact]
    public void A_project_that_cannot_be_restored_is_the_authors_business()
    {
        _output.Read("dotnet watch : Failed to restore project '/tmp/w/app.csproj'.");
        Assert.False(_output.IsStuck);
    }

    [Theory]
    [InlineData("dotnet watch : /tmp/w/app.cs(10,28): error CS1026: ) expected")]
    [InlineData("/tmp/w/app.cs(10,28): error CS1026: ) expected [/tmp/w/app.csproj]")]
    [InlineData("/tmp/w/app.cs(10,28): error CS1026: ) expected [/tmp/w/app.cs]")]
    public void A_mistake_is_known_by_its_place(string line)
    {
        Assert.Equal("/tmp/w/app.cs(10,28): error CS1026: ) expected", _output.Read(line));
        Assert.Equal([new BuildError("/tmp/w/app.cs", 10, 28, "CS1026", ") expected")], _output.Errors);
        Assert.Null(_output.Read(line));
    }

    [Fact]
    public void A_mistake_without_a_place_is_known_too()
    {
        Assert.Equal("/tmp/w/app.csproj: error NU1101: Unable to find package Retrot. No packages exist with this id", _output.Read("/tmp/w/app.csproj : error NU1101: Unable to find package Retrot. No packages exist with this id"));
        Assert.Equal("error MSB1009: Project file does not exist.", _output.Read("error MSB1009: Project file does not exist."));
        Assert.Equal(["/tmp/w/app.csproj", ""], _output.Errors.Select(error => error.File));
    }

    [Theory]
    [InlineData("dotnet watch : C# and Razor changes applied in 208ms.")]
    [InlineData("dotnet watch : No managed code changes to apply.")]
    [InlineData("dotnet watch : Restart is needed to apply the changes.")]
    [InlineData("dotnet watch : Unable to apply changes due to compilation errors.")]
    public void The_next_edit_ends_the_mistakes(string line)
    {
        _output.Read("/a.cs(1,1): error CS1026: ) expected");
        _output.Read(line);
        Assert.Empty(_output.Errors);
    }

    [Fact]
    public void The_start_of_the_app_ends_the_mistakes_of_its_build_and_not_those_of_a_later_edit()
    {
        _output.Read("/a.cs(1,1): error CS1026: ) expected [/a.csproj]");
        _output.Read("dotnet watch : /a.cs(2,2): error CS1002: ; expected");
        _output.Started();
        Assert.Equal([new BuildError("/a.cs", 2, 2, "CS1002", "; expected")], _output.Errors);
    }
}
