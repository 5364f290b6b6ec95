using Retort.Development.Reloading;

namespace Retort.Tests.Development.Reloading;

public sealed class ReloadTargetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("retort-target").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Beside_an_app_of_one_file_nothing_is_the_builds_business() =>
        Assert.Equal(Path.Combine(_folder, "**", "*"), OneFile("#:project ../retort/src/Retort\nusing Retort;\n").Excluded());

    [Theory]
    [InlineData("#:project lib/Mine.csproj\nusing Retort;\n")]
    [InlineData("#:package Retort@0.1.0\n#:project ./lib\n")]
    public void Unless_a_project_of_its_own_is_there(string text) => Assert.Null(OneFile(text).Excluded());

    [Fact]
    public void Unless_resources_are_there()
    {
        File.WriteAllText(Path.Combine(_folder, "texts.resx"), "<root/>");
        Assert.Null(OneFile("using Retort;\n").Excluded());
    }

    [Fact]
    public void In_a_project_only_the_instance_folder_is_not() =>
        Assert.Equal(Path.Combine(_folder, "instance", "**", "*"), new ReloadTarget(Path.Combine(_folder, "app.csproj"), IsFile: false).Excluded());

    [Fact]
    public void A_folder_whose_name_the_build_would_misread_is_left_alone() =>
        Assert.Null(new ReloadTarget(Path.Combine(_folder, "50%;off", "app.csproj"), IsFile: false).Excluded());

    [Fact]
    public void Its_source_is_the_code_in_the_projects_folder_and_not_what_is_built_of_it()
    {
        var newest = new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc);
        foreach (var (file, time) in new[] { ("app.csproj", newest.AddDays(-2)), ("views/pages.cs", newest), ("obj/made.cs", newest.AddDays(1)), ("bin/app.cs", newest.AddDays(1)), ("data.db", newest.AddDays(1)) })
        {
            var path = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
            File.SetLastWriteTimeUtc(path, time);
        }
        Assert.Equal(newest, new ReloadTarget(Path.Combine(_folder, "app.csproj"), IsFile: false).LastWritten());
        Assert.Equal(newest.AddDays(1), new ReloadTarget(Path.Combine(_folder, "bin", "app.cs"), IsFile: true).LastWritten());
    }

    private ReloadTarget OneFile(string text)
    {
        var path = Path.Combine(_folder, "app.cs");
        File.WriteAllText(path, text);
        return new ReloadTarget(path, IsFile: true);
    }
}
