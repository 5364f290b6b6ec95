using System.Diagnostics;
using System.Reflection;
using Retort.Configuration;
using Retort.Testing;
using Retort.Tests.Shared;

namespace Retort.Tests.Configuration;

/// <summary>Files that change the environment, which belongs to the process: the names are made up for each test.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class DotEnvTests : IDisposable
{
    private static readonly string TwinProgram = Path.Combine(AppContext.BaseDirectory, "Retort.Twin.dll");

    private readonly string _folder = Directory.CreateTempSubdirectory("dotenv").FullName;
    private readonly string _name = "T" + Guid.NewGuid().ToString("N");
    private readonly TextWriter _error = Console.Error;
    private readonly StringWriter _warned = new();

    public DotEnvTests() => Console.SetError(_warned);

    [Fact]
    public void Files_are_found_in_a_folder_and_above_it_and_the_private_one_wins()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder, "a", "b")).FullName;
        Write(".flaskenv", $"{_name}_A=flask\n{_name}_B=flask\n{_name}_C=flask");
        Write(".retortenv", $"{_name}_B=project\n{_name}_C=project");
        Write(".env", $"{_name}_C=private");
        Write("a/.env", $"{_name}_C=near");
        Assert.True(DotEnv.Load(root: inner));
        Assert.Equal(("flask", "project", "near"), (Get("A"), Get("B"), Get("C")));
    }

    [Fact]
    public void The_environment_is_never_replaced_and_a_named_file_wins_over_the_found()
    {
        Environment.SetEnvironmentVariable(_name + "_A", "real");
        Environment.SetEnvironmentVariable(_name + "_D", "");
        Write(".env", $"{_name}_A=file\n{_name}_B=file\n{_name}_D=file");
        var named = Write("named", $"{_name}_B=named\n{_name}_C=named");
        DotEnv.Load(root: _folder);
        DotEnv.Load(named, loadDefaults: false);
        Assert.Equal(("real", "named", "named", ""), (Get("A"), Get("B"), Get("C"), Get("D")));
        // Once the program has changed one itself, it stays.
        Environment.SetEnvironmentVariable(_name + "_B", "changed");
        DotEnv.Load(named, loadDefaults: false);
        Assert.Equal("changed", Get("B"));
    }

    [Theory]
    [InlineData("1", false)]
    [InlineData("yes", false)]
    [InlineData("", true)]
    [InlineData("No", true)]
    [InlineData("0", true)]
    public void The_files_that_are_looked_for_can_be_left_out(string skip, bool loaded)
    {
        Write(".env", $"{_name}_A=1");
        Environment.SetEnvironmentVariable("RETORT_SKIP_DOTENV", skip);
        try
        {
            DotEnv.Load(root: _folder);
            Assert.Equal(loaded ? "1" : null, Get("A"));
            Assert.True(DotEnv.Load(Write("named", $"{_name}_A=2"), root: _folder));
            Assert.Equal("2", Get("A"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("RETORT_SKIP_DOTENV", null);
        }
    }

    [Fact]
    public void What_cannot_be_read_is_named_and_the_rest_is_loaded()
    {
        var file = Write("named", $"{_name}_A=1\n=2\n'{_name}=X'=3\n{_name}_B=4");
        DotEnv.Load(file, loadDefaults: false);
        Assert.Equal(("1", "4"), (Get("A"), Get("B")));
        Assert.Equal(
            $"Warning: {file}, line 2, cannot be read and is left out. Write NAME=value, with quotes around a value that holds blanks before '#' or line breaks.\n"
            + $"Warning: the variable '{_name}=X' of an environment file is left out: an environment holds no name with '=' and no null character.\n",
            _warned.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Reading_a_file_changes_nothing()
    {
        Assert.Equal(new Dictionary<string, string?> { [_name + "_A"] = "1", [_name + "_B"] = null }, DotEnv.Read(Write("named", $"\uFEFF{_name}_A=1\r\n{_name}_B\r\n")));
        Assert.Null(Get("A"));
    }

    [Fact]
    public void A_file_that_is_missing_or_no_text_is_an_error_that_names_it()
    {
        var missing = Path.Combine(_folder, "missing");
        Assert.Contains(missing, Assert.Throws<ConfigError>(() => DotEnv.Load(missing)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(missing, [0x41, 0x3d, 0xff]);
        Assert.Equal($"cannot load the environment file {missing}: it is not UTF-8 text. Name a readable text file of lines NAME=value.", Assert.Throws<ConfigError>(() => DotEnv.Read(missing)).Message);
    }

    [Fact]
    public void A_command_line_takes_a_file_before_the_command()
    {
        var app = Apps.Make();
        app.Cli.Command("show", (string word, string e = "none") => Console.Write($"{Get("A")} {word} {e}"));
        var file = Write("named", $"{_name}_A=1");
        Assert.Equal("1 x none", app.TestCliRunner().Invoke("-e", file, "show", "x").Output);
        Assert.Equal("1 x none", app.TestCliRunner().Invoke($"--env-file={file}", "show", "x").Output);
        Assert.Equal("1 x y", app.TestCliRunner().Invoke("show", "x", "-e", "y").Output.Replace("--e", "-e", StringComparison.Ordinal));
        Assert.Equal((2, "Error: the option --env-file needs a value: the name of a file of lines NAME=value."), Ended(app, "--env-file"));
        Assert.StartsWith("Error: cannot load the environment file", Ended(app, "--env-file", file + "x", "show").Error, StringComparison.Ordinal);
        Assert.Contains("-e, --env-file FILE", app.TestCliRunner().Invoke("--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_are_not_typed_come_from_the_environment()
    {
        var app = Apps.Make();
        var command = _name.ToLowerInvariant();
        app.Cli.Group("db").Command(command, (int maxAge = 1, bool loud = false) => Console.Write($"{maxAge} {loud}"));
        Environment.SetEnvironmentVariable($"RETORT_DB_{_name.ToUpperInvariant()}_MAX_AGE", "5");
        Environment.SetEnvironmentVariable($"RETORT_DB_{_name.ToUpperInvariant()}_LOUD", "1");
        Assert.Equal("5 True", app.TestCliRunner().Invoke("db", command).Output);
        Assert.Equal("7 False", app.TestCliRunner().Invoke("db", command, "--max-age", "7", "--no-loud").Output);
        Environment.SetEnvironmentVariable($"RETORT_DB_{_name.ToUpperInvariant()}_MAX_AGE", "x");
        Assert.Equal((2, $"Error: the environment variable RETORT_DB_{_name.ToUpperInvariant()}_MAX_AGE cannot be used: 'x' is not a value for --max-age: give a whole number."), Ended(app, "db", command));
    }

    [Fact]
    public void A_program_has_them_before_it_configures_its_app()
    {
        _ = Repository.Vectors("conformance/flask");
        Write(".retortenv", "RETORT_ROUTES_SORT=nonsense\nRETORT_DEBUG=1");
        Assert.Contains("'nonsense' is not a value for --sort", Program([]), StringComparison.Ordinal);
        var named = Write("other", "RETORT_ROUTES_SORT=absurd");
        Assert.Contains("'absurd' is not a value for --sort", Program(["--env-file", named]), StringComparison.Ordinal);
        Assert.DoesNotContain("Error", Program([], ("RETORT_SKIP_DOTENV", "1")), StringComparison.Ordinal);
        Assert.DoesNotContain("Error", Program([], ("RETORT_ROUTES_SORT", "rule")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_never_has_them()
    {
        Assert.False(ProgramEnvironment.IsProgram(typeof(DotEnvTests).Assembly));
        Assert.False(ProgramEnvironment.IsProgram(null));
        Assert.True(ProgramEnvironment.IsProgram(Assembly.LoadFrom(TwinProgram)));
    }

    public void Dispose()
    {
        Console.SetError(_error);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What the twin says to <c>routes</c> when it is started in the folder.</summary>
    private string Program(string[] words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", TwinProgram, .. words, "routes"]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        return process.StandardError.ReadToEnd() + output.Result;
    }

    private static (int ExitCode, string Error) Ended(App app, params string[] words)
    {
        var result = app.TestCliRunner().Invoke(words);
        return (result.ExitCode, result.Error.TrimEnd());
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private string? Get(string name) => Environment.GetEnvironmentVariable($"{_name}_{name}");
}
