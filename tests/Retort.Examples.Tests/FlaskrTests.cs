using Retort.Tests.Shared;

namespace Retort.Examples.Tests;

/// <summary>Flaskr on the templates, the style sheet and the data of Flask's own tutorial, judged by the same program that judges the original.</summary>
[Collection("Examples")]
public sealed class FlaskrTests
{
    [Fact]
    public void The_original_templates_and_our_own_have_no_mistakes()
    {
        var originals = Path.Combine(Repository.Vectors("acceptance/flaskr-templates"), "templates");
        Assert.Equal("6 templates checked: 0 errors, 0 warnings.\n", ExampleApp.Run(new CommandLine([("FLASKR_TEMPLATES", originals)], true, "examples/flaskr", ["check"])));
        Assert.EndsWith("templates checked: 0 errors, 0 warnings.\n", ExampleApp.Run(new CommandLine([], true, "examples/flaskr", ["check"])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flaskr_serves_the_original_templates_and_passes_every_check_of_the_original()
    {
        const string python = "/usr/bin/python3";
        var originals = Repository.Vectors("acceptance/flaskr-templates");
        var check = Repository.Vectors("acceptance/flaskr_check.py");
        Assert.SkipUnless(File.Exists(python), "no /usr/bin/python3: Flaskr is not judged by the check of the original");
        var folder = Directory.CreateTempSubdirectory("retort-flaskr-");
        try
        {
            var settings = new[]
            {
                ("FLASKR_DATABASE", Path.Combine(folder.FullName, "flaskr.sqlite")),
                ("FLASKR_TEMPLATES", Path.Combine(originals, "templates")),
                ("FLASKR_STATIC", Path.Combine(originals, "static")),
                ("SECRET_KEY", "dev"),
            };
            var seed = Path.Combine(originals, "flaskr-seed.sql");
            Assert.Equal("Initialized the database.\n", ExampleApp.Run(new CommandLine(settings, true, "examples/flaskr", ["init-db", "--seed", seed])));
            using var app = await ExampleApp.Serve(new CommandLine(settings, true, "examples/flaskr", ["run"]));
            var style = Path.Combine(originals, "static", "style.css");
            var (exit, output, error) = Repository.Run(python, check, app.Url, "--seeded", "--secret-key", "dev", "--style", style);
            Assert.True(exit == 0 && output.Contains("254 of 254 checks passed", StringComparison.Ordinal), $"{output}{error}\nFlaskr printed:\n{app.Output}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
