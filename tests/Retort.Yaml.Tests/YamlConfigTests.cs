using Retort.Configuration;

namespace Retort.Yaml.Tests;

public sealed class YamlConfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("yaml").FullName;

    [Fact]
    public void Upper_case_keys_become_settings_of_their_types()
    {
        var app = AppWith(
            """
            DEBUG: on
            SECRET_KEY: "0123456789abcdef"
            PERMANENT_SESSION_LIFETIME: 1:00:00
            MAX_CONTENT_LENGTH: 1_000
            SECRET_KEY_FALLBACKS: [a, b]
            DATABASE: {host: localhost, port: 5432}
            ignored: 1
            """);
        Assert.True(app.Config.FromYaml("config.yaml"));
        Assert.True(app.Debug);
        Assert.Equal("0123456789abcdef", app.SecretKey);
        Assert.Equal(TimeSpan.FromHours(1), app.PermanentSessionLifetime);
        Assert.Equal(1000, app.Config.Get<long?>("MAX_CONTENT_LENGTH"));
        Assert.Equal(["a", "b"], app.Config.Get<IReadOnlyList<string>>("SECRET_KEY_FALLBACKS"));
        Assert.Equal(5432L, app.Config.Get<Dictionary<string, object?>>("DATABASE")!["port"]);
        Assert.False(app.Config.ContainsKey("ignored"));
    }

    [Fact]
    public void A_missing_file_is_an_error_unless_it_may_be_missing()
    {
        var app = new App(rootPath: _folder);
        Assert.False(app.Config.FromYaml("none.yaml", silent: true));
        Assert.Contains("none.yaml does not exist", Assert.Throws<ConfigError>(() => app.Config.FromYaml("none.yaml")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_sets_nothing()
    {
        var app = AppWith("# nothing yet\n");
        var before = app.Config.Count;
        Assert.True(app.Config.FromYaml("config.yaml"));
        Assert.Equal(before, app.Config.Count);
    }

    [Theory]
    [InlineData("DEBUG: [\n", "line 2, column 1: ")]
    [InlineData("- DEBUG\n", "it must hold a mapping from names to values, such as 'DEBUG: true'.")]
    [InlineData("ON: 1\n", "the key True is no text. Write quotes around it.")]
    public void What_cannot_be_used_is_an_error_that_names_file_and_place(string text, string reason)
    {
        var error = Assert.Throws<ConfigError>(() => AppWith(text).Config.FromYaml("config.yaml"));
        Assert.StartsWith($"cannot load configuration file {Path.Combine(_folder, "config.yaml")}: {reason}", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private App AppWith(string yaml)
    {
        File.WriteAllText(Path.Combine(_folder, "config.yaml"), yaml);
        return new App(rootPath: _folder);
    }
}
