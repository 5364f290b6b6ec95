using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests.Development;

/// <summary>What debug mode explains. Source: flask.debughelpers.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class DebugHelperTests
{
    [Fact]
    public async Task A_file_that_was_sent_by_name_alone_is_explained()
    {
        var app = Apps.Make();
        app.Debug = true;
        app.Post("/", () => Request.Files["photo"].FileName);
        var error = await Assert.ThrowsAsync<Retort.Http.DebugFilesKeyError>(() => app.TestClient().Post("/", form: new { photo = "cat.png" }));
        Assert.Equal(
            "You tried to access the file 'photo' in request.Files, but it does not exist. The mimetype for the request is 'application/x-www-form-urlencoded' instead of 'multipart/form-data', "
            + "which means that no file contents were transmitted. To fix this error write enctype=\"multipart/form-data\" in your form.\n\nThe browser instead transmitted some file names. This was submitted: 'cat.png'",
            error.Message);
    }

    [Fact]
    public async Task A_file_that_was_not_sent_at_all_and_one_outside_of_debug_mode_are_bad_requests()
    {
        foreach (var (debug, form) in new[] { (true, (object)new { other = "x" }), (false, new { photo = "cat.png" }) })
        {
            var app = Apps.Make();
            app.Debug = debug;
            app.Config["TRAP_BAD_REQUEST_ERRORS"] = false;
            app.Post("/", () => Request.Files["photo"].FileName);
            Assert.Equal(400, (await app.TestClient().Post("/", form: form)).StatusCode);
        }
    }

    [Theory]
    [InlineData("POST", 301, true)]
    [InlineData("PUT", 302, true)]
    [InlineData("POST", 307, false)]
    [InlineData("POST", 308, false)]
    [InlineData("GET", 301, false)]
    public void A_redirect_that_loses_the_form_is_an_error(string method, int code, bool isError)
    {
        var app = Apps.Make();
        using var context = app.TestRequestContext("/notes", method);
        var error = FormDataRoutingRedirect.For(context, Redirect("http://localhost/notes/", code));
        Assert.Equal(isError, error is not null);
        if (isError)
        {
            Assert.Equal(
                "A request was sent to 'http://localhost/notes', but routing issued a redirect to the canonical URL 'http://localhost/notes/'."
                + " The URL was defined with a trailing slash. A request without it is redirected to the URL with it. Send requests to the canonical URL, or use 307 or 308 for routing redirects. "
                + "Otherwise, browsers will drop form data.\n\nThis exception is only raised in debug mode.",
                error!.Message);
        }
    }

    [Fact]
    public void EXPLAIN_TEMPLATE_LOADING_tells_where_a_template_was_looked_for()
    {
        var folder = Directory.CreateTempSubdirectory("retort-explain").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "templates"));
        File.WriteAllText(Path.Combine(folder, "templates", "a.html"), "a");
        var app = new App("shop", rootPath: folder) { StaticFolder = null };
        app.Config["EXPLAIN_TEMPLATE_LOADING"] = true;
        app.RegisterBlueprint(new Blueprint("cart", folder) { TemplateFolder = "more" });
        var log = Listen(() =>
        {
            using (app.AppContext())
            {
                RenderTemplate("a.html");
                Assert.Throws<Jinja.TemplateNotFoundError>(() => RenderTemplate("b.html"));
            }
        });
        var templates = Path.Combine(folder, "templates");
        Assert.Contains($"Locating template 'a.html':\n    1: trying loader of application 'shop'\n       searchpath: {templates}\n       -> found ('{Path.Combine(templates, "a.html")}')\n    2: trying loader of blueprint 'cart'\n", log, StringComparison.Ordinal);
        Assert.Contains("       -> no match\nError: the template could not be found.", log, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static string Listen(Action action)
    {
        var before = Console.Error;
        using var log = new StringWriter();
        Console.SetError(log);
        try
        {
            action();
        }
        finally
        {
            Console.SetError(before);
        }
        return log.ToString().ReplaceLineEndings("\n");
    }
}
