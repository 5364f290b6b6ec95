using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests.Hosting;

[Collection(ConsoleCollection.Name)]
public sealed class CommandLineTests
{
    private readonly App _app = Apps.Make();

    [Fact]
    public void Routes_are_listed_as_flask_lists_them()
    {
        _app.Get("/", () => "x", endpoint: "index");
        _app.Route("/note/<int:id>", (int id) => "x", ["GET", "POST"], endpoint: "note");
        var result = _app.TestCliRunner().Invoke("routes");
        Assert.Equal((0, "Endpoint  Methods    Rule\n--------  ---------  --------------\nindex     GET        /\nnote      GET, POST  /note/<int:id>\n"), (result.ExitCode, result.Output.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void Routes_are_sorted_by_any_column_and_show_subdomains_and_hosts_that_are_used()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, SubdomainMatching = true };
        app.Get("/b", () => "x", endpoint: "one", options: new RouteOptions { Subdomain = "z" });
        app.Get("/a", () => "x", endpoint: "two", options: new RouteOptions { Subdomain = "api" });
        app.Get("/c", () => "x", endpoint: "three");
        Assert.Equal("Endpoint  Methods  Subdomain  Rule\n--------  -------  ---------  ----\nthree     GET                 /c\ntwo       GET      api        /a\none       GET      z          /b\n",
            app.TestCliRunner().Invoke("routes", "--sort", "domain").Output.ReplaceLineEndings("\n"));
        var hosts = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, HostMatching = true };
        hosts.Get("/", () => "x", endpoint: "one", options: new RouteOptions { Host = "a.test" });
        Assert.Equal("Endpoint  Methods  Host    Rule\n--------  -------  ------  ----\none       GET      a.test  /\n", hosts.TestCliRunner().Invoke("routes", "-s", "match").Output.ReplaceLineEndings("\n"));
        Assert.Equal("No routes were registered.", Apps.Make().TestCliRunner().Invoke("routes", "-s", "domain").Output.TrimEnd());
        Assert.Equal("Error: 'x' is not a value for --sort: give one of endpoint, methods, domain, rule, match.", Apps.Make().TestCliRunner().Invoke("routes", "-s", "x").Error.TrimEnd());
    }

    [Fact]
    public void The_configuration_is_shown_in_order_and_without_secrets()
    {
        _app.Config["ZED"] = new Dictionary<string, object?> { ["name"] = "n", ["password"] = "hidden" };
        _app.Config["DATABASE_URI"] = "postgres://user:hidden@host/db";
        _app.Config["SOME_TOKEN"] = "hidden";
        _app.Config["NUMBERS"] = new List<object?> { 1, 2.5, null };
        var text = _app.TestCliRunner().Invoke("config").Output;
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("test key", text, StringComparison.Ordinal);
        var lines = text.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
        Assert.Contains("SECRET_KEY = ********", lines);
        Assert.Contains("SECRET_KEY_FALLBACKS = null", lines);
        Assert.Contains("DATABASE_URI = \"postgres://user:********@host/db\"", lines);
        Assert.Contains("PERMANENT_SESSION_LIFETIME = 31.00:00:00", lines);
        var json = _app.TestCliRunner().Invoke("config", "--json").Output;
        Assert.DoesNotContain("hidden", json, StringComparison.Ordinal);
        using var document = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal("[1,2.5,null]", document.RootElement.GetProperty("NUMBERS").ToString().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
        Assert.Equal(("n", "********"), (document.RootElement.GetProperty("ZED").GetProperty("name").GetString(), document.RootElement.GetProperty("ZED").GetProperty("password").GetString()));
        Assert.Equal(30_000_000, document.RootElement.GetProperty("MAX_CONTENT_LENGTH").GetInt64());
    }

    [Fact]
    public void Versions_are_those_of_what_runs()
    {
        var result = _app.TestCliRunner().Invoke("--version");
        Assert.Equal((0, $".NET {Environment.Version}\nRetort {typeof(App).Assembly.GetName().Version!.ToString(3)}\nASP.NET Core {Retort.Hosting.RuntimeVersion.Running}\n"), (result.ExitCode, result.Output.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void A_commands_parameters_are_its_arguments_and_options()
    {
        _app.Cli.Command("greet", (string name, int times = 1, bool loud = false, string? title = null) => Console.Write($"{title}{name} {times} {loud} {CurrentApp.Name}"));
        var runner = _app.TestCliRunner();
        Assert.Equal("jo 1 False test", runner.Invoke("greet", "jo").Output);
        Assert.Equal("Dr jo 3 True test", runner.Invoke("greet", "--times=3", "--loud", "jo", "--title", "Dr ").Output);
        Assert.Equal("-x 1 False test", runner.Invoke("greet", "--no-loud", "--", "-x").Output);
    }

    [Theory]
    [InlineData("Error: no such command 'gret'. Did you mean 'greet'? See 'test --help'.", "gret")]
    [InlineData("Error: the argument NAME is missing. See 'greet --help'.", "greet")]
    [InlineData("Error: unexpected argument 'b'. See 'greet --help'.", "greet", "a", "b")]
    [InlineData("Error: no such option '--time'. Did you mean '--times'? See 'greet --help'.", "greet", "a", "--time", "3")]
    [InlineData("Error: the option --times needs a value. See 'greet --help'.", "greet", "a", "--times")]
    [InlineData("Error: 'x' is not a value for --times: give a whole number.", "greet", "a", "--times", "x")]
    [InlineData("Error: '70000' is not a value for --port: give a number from 0 to 65535.", "run", "--port", "70000")]
    [InlineData("Error: no such option '--prot'. Did you mean '--port'? See 'run --help'.", "--prot", "80")]
    public void Words_that_mean_nothing_are_one_line_with_the_fix(string message, params string[] words)
    {
        _app.Cli.Command("greet", (string name, int times = 1) => { });
        var result = _app.TestCliRunner().Invoke(words);
        Assert.Equal((2, message), (result.ExitCode, result.Error.TrimEnd()));
    }

    /// <summary>Section 6 of the field's record: debug pages on the machine's own addresses alone, unless the user says so.</summary>
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public void Debug_mode_on_an_address_that_others_can_reach_is_refused(string host)
    {
        var result = _app.TestCliRunner().Invoke("run", "--debug", "--host", host, "--port", "0");
        Assert.Equal((1, $"Error: cannot serve on '{host}' in debug mode: everybody who reaches that address would see the app's errors and could try its debugger's PIN. "
            + "Serve on 127.0.0.1, use --no-debugger, or add --i-know if nobody else can reach it, as in a container."), (result.ExitCode, result.Error.TrimEnd()));
        // 192.0.2.1 belongs to no machine: with the leave it is tried.
        var allowed = _app.TestCliRunner().Invoke("run", "--debug", "--host", "192.0.2.1", "--port", "0", "--i-know");
        Assert.StartsWith("Error: cannot listen on 192.0.2.1", allowed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_lists_commands_and_options()
    {
        _app.Cli.Command("init-db", () => { }, "Create the tables.");
        var runner = _app.TestCliRunner();
        Assert.Contains("  init-db  Create the tables.", runner.Invoke("--help").Output, StringComparison.Ordinal);
        var run = runner.Invoke("run", "--help").Output;
        Assert.Contains("-p, --port INTEGER", run, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Split('\n'), line => line.Length > 80);
    }

    [Fact]
    public void A_failing_command_has_its_exit_code()
    {
        _app.Cli.Command("fail", () => 3);
        _app.Cli.Command("later", async () => { await Task.Yield(); return 4; });
        Assert.Equal(3, _app.TestCliRunner().Invoke("fail").ExitCode);
        Assert.Equal(4, _app.TestCliRunner().Invoke("later").ExitCode);
    }

    [Fact]
    public void A_command_cannot_be_added_twice_or_take_what_text_cannot_become()
    {
        _app.Cli.Command("a", () => { });
        Assert.Throws<ArgumentException>(() => _app.Cli.Command("a", () => { }));
        Assert.Throws<ArgumentException>(() => _app.Cli.Command("b c", () => { }));
        Assert.Throws<ArgumentException>(() => _app.Cli.Command("d", (Stream stream) => { }));
    }
}
