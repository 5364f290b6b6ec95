using Retort.Configuration;

namespace Retort.Tests.Configuration;

public sealed class ConfigTests
{
    private readonly Config _config = new(Path.GetTempPath());

    [Fact]
    public void It_starts_with_flasks_defaults()
    {
        Assert.Equal("session", _config["SESSION_COOKIE_NAME"]);
        Assert.Equal(500_000L, _config["MAX_FORM_MEMORY_SIZE"]);
        Assert.Null(_config["SECRET_KEY"]);
    }

    [Fact]
    public void A_missing_key_names_the_nearest_one() =>
        Assert.Equal(
            "config has no 'SECRET_KY'. Did you mean 'SECRET_KEY'? Set it with app.Config[\"SECRET_KY\"] = ..., or read it with Config.Get.",
            Assert.Throws<KeyNotFoundException>(() => _config["SECRET_KY"]).Message);

    [Fact]
    public void Values_are_read_as_what_is_asked_for()
    {
        _config.FromMapping(new Dictionary<string, object?> { ["PORT"] = "80", ["ON"] = "yes", ["AGE"] = 60, ["lower"] = 1 });
        Assert.Equal(80, _config.Get<int>("PORT"));
        Assert.True(_config.Get("ON", false));
        Assert.Equal(TimeSpan.FromMinutes(1), _config.Get<TimeSpan>("AGE"));
        Assert.False(_config.ContainsKey("lower"));
        Assert.Equal("config['PORT'] cannot be used: a TimeSpan is needed, the value is a String. Set app.Config[\"PORT\"] to a TimeSpan.", Assert.Throws<ConfigError>(() => { _config["PORT"] = "x"; _config.Get<TimeSpan>("PORT"); }).Message);
    }

    [Fact]
    public void Who_goes_through_the_settings_sees_them_as_they_were_when_they_began()
    {
        _config["A"] = 1;
        _config["B"] = 2;
        var seen = new List<string>();
        foreach (var (key, _) in _config)
        {
            seen.Add(key);
            _config.Remove("B");
            _config[key + "_MORE"] = 1;
        }
        Assert.Equal(["A", "B"], seen[^2..]);
        Assert.Equal(["A", .. seen[..^1].Select(key => key + "_MORE"), "B_MORE"], _config.Keys.SkipWhile(key => key != "A"));
        Assert.Equal(_config.Keys, _config.Select(entry => entry.Key));
    }

    [Fact]
    public async Task Settings_are_added_by_many_at_a_time_while_others_read_them()
    {
        const int many = 4;
        const int each = 300;
        using var together = new Barrier(2 * many);
        var writers = Enumerable.Range(0, many).Select(number => Start(() =>
        {
            for (var i = 0; i < each; i++)
                _config[$"W{number}_{i}"] = i;
        }));
        var readers = Enumerable.Range(0, many).Select(number => Start(() =>
        {
            for (var i = 0; i < each; i++)
                Assert.InRange(_config.GetNamespace("W").Count, 0, many * each);
        }));
        await Task.WhenAll(writers.Concat(readers));
        Assert.Equal(many * each, _config.GetNamespace("W").Count);

        Task Start(Action run) => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                run();
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    [Fact]
    public void Objects_and_classes_give_their_upper_case_members()
    {
        _config.FromObject(typeof(Settings));
        _config.FromObject(new { SECRET_KEY = "k", other = 1 });
        Assert.Equal(("Retort", 5, "k"), (_config.Get("NAME", ""), _config.Get<int>("LIMIT"), _config.Get("SECRET_KEY", "")));
    }

    [Fact]
    public void The_environment_gives_json_values_and_reaches_into_dictionaries()
    {
        const string prefix = "RETORT_CONFIG_TEST";
        Environment.SetEnvironmentVariable(prefix + "_DEBUG", "true");
        Environment.SetEnvironmentVariable(prefix + "_NAME", "plain text");
        Environment.SetEnvironmentVariable(prefix + "_MAIL__PORT", "25");
        Environment.SetEnvironmentVariable(prefix + "_TWICE", """{"a": 1, "a": 2}""");
        _config.FromPrefixedEnvironment(prefix);
        Assert.Equal((true, "plain text"), (_config.Get<bool>("DEBUG"), _config.Get("NAME", "")));
        Assert.Equal(25L, ((IDictionary<string, object?>)_config["MAIL"]!)["PORT"]);
        Assert.Equal(2L, ((IDictionary<string, object?>)_config["TWICE"]!)["a"]);
    }

    [Fact]
    public void A_json_file_that_is_missing_or_wrong_says_so()
    {
        var folder = Directory.CreateTempSubdirectory();
        var config = new Config(folder.FullName);
        Assert.False(config.FromJson("none.json", silent: true));
        Assert.StartsWith("cannot load configuration file: ", Assert.Throws<ConfigError>(() => config.FromJson("none.json")).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder.FullName, "a.json"), """{"KEY": {"a": [1, 2.5, null]}, "lower": 1}""");
        Assert.True(config.FromJson("a.json"));
        Assert.False(config.ContainsKey("lower"));
        File.WriteAllText(Path.Combine(folder.FullName, "b.json"), "[1]");
        Assert.Throws<ConfigError>(() => config.FromJson("b.json"));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_file_of_any_format_is_read_by_its_own_reader()
    {
        var folder = Directory.CreateTempSubdirectory();
        var config = new Config(folder.FullName);
        File.WriteAllText(Path.Combine(folder.FullName, "a.ini"), "KEY=1\nlower=2");
        Assert.True(config.FromFile("a.ini", Read));
        Assert.Equal("1", config["KEY"]);
        Assert.False(config.ContainsKey("lower"));
        Assert.False(config.FromFile("none.ini", Read, silent: true));
        File.WriteAllText(Path.Combine(folder.FullName, "b.ini"), "KEY");
        Assert.StartsWith("cannot load configuration file ", Assert.Throws<ConfigError>(() => config.FromFile("b.ini", Read)).Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);

        static IEnumerable<KeyValuePair<string, object?>> Read(Stream stream)
        {
            using var reader = new StreamReader(stream);
            return [.. reader.ReadToEnd().Split('\n').Select(line => line.Split('=')).Select(pair => KeyValuePair.Create(pair[0], (object?)pair[1]))];
        }
    }

    [Fact]
    public void A_json_file_may_be_named_by_an_environment_variable()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"KEY": true}""");
        var variable = "RETORT_TEST_" + Guid.NewGuid().ToString("N");
        Assert.False(_config.FromEnvironmentVariable(variable, silent: true));
        Assert.StartsWith($"cannot load configuration: the environment variable {variable} is not set.", Assert.Throws<ConfigError>(() => _config.FromEnvironmentVariable(variable)).Message, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(variable, file);
        Assert.True(_config.FromEnvironmentVariable(variable));
        Assert.True(_config.Get<bool>("KEY"));
        Environment.SetEnvironmentVariable(variable, null);
        File.Delete(file);
    }

    [Fact]
    public void A_namespace_is_a_dictionary_of_what_shares_a_prefix()
    {
        _config.FromMapping(new Dictionary<string, object?> { ["IMAGE_TYPE"] = "fs", ["IMAGE_PATH"] = "/x" });
        Assert.Equal(new Dictionary<string, object?> { ["type"] = "fs", ["path"] = "/x" }, _config.GetNamespace("IMAGE_"));
    }

    private static class Settings
    {
        public const int LIMIT = 5;

        public static string NAME => "Retort";
    }
}
