using Retort.Http.Exceptions;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

[Collection(ConsoleCollection.Name)]
public sealed class AppTests
{
    [Fact]
    public async Task An_endpoint_is_given_its_view_before_or_after_its_rules()
    {
        var app = Apps.Make();
        app.AddUrlRule("/a/<int:id>", "shared");
        app.Endpoint("shared", (int id) => $"shared {id}");
        app.AddUrlRule("/b/<int:id>", "shared");
        var blueprint = new Blueprint("bp");
        blueprint.AddUrlRule("/c", "own");
        blueprint.Endpoint("own", () => "of the blueprint");
        app.RegisterBlueprint(blueprint);
        Assert.Equal("shared 1", await app.Text("/a/1"));
        Assert.Equal("shared 2", await app.Text("/b/2"));
        Assert.Equal("of the blueprint", await app.Text("/c"));
    }

    [Fact]
    public async Task A_view_that_does_not_fit_a_rule_of_its_endpoint_stops_the_start()
    {
        var app = Apps.Make();
        app.AddUrlRule("/a", "shared");
        app.Endpoint("shared", (int id) => $"shared {id}");
        var error = await Assert.ThrowsAsync<ViewError>(() => app.TestClient().Get("/a"));
        Assert.StartsWith("cannot add the rule '/a': nothing is known for the parameter 'id' (Int32)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resources_are_opened_in_the_root_and_in_the_instance_folder()
    {
        var folder = Directory.CreateTempSubdirectory();
        File.WriteAllText(Path.Combine(folder.FullName, "schema.sql"), "create");
        var app = new App("test", rootPath: folder.FullName, instanceRelativeConfig: true);
        using (var reader = new StreamReader(app.OpenResource("schema.sql")))
            Assert.Equal("create", reader.ReadToEnd());
        using (var writer = new StreamWriter(app.OpenInstanceResource("config.json", FileMode.Create)))
            writer.Write("{\"SECRET_KEY\": \"from the instance\", \"lower\": 1}");
        Assert.True(app.Config.FromJson("config.json"));
        Assert.Equal("from the instance", app.SecretKey);
        using (var reader = new StreamReader(new Blueprint("b", folder.FullName).OpenResource("schema.sql")))
            Assert.Equal("create", reader.ReadToEnd());
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(true, null, false, 404, 500)]
    [InlineData(true, null, false, 400, 500)]
    [InlineData(false, true, false, 404, 404)]
    [InlineData(false, true, false, 400, 500)]
    [InlineData(false, null, false, 400, 400)]
    [InlineData(false, null, true, 400, 400)]
    public async Task Http_errors_are_trapped_as_configured(bool all, bool? badRequests, bool debug, int code, int status)
    {
        var app = Apps.Make(testing: false);
        app.Debug = debug;
        app.Config["TRAP_HTTP_EXCEPTIONS"] = all;
        app.Config["TRAP_BAD_REQUEST_ERRORS"] = badRequests;
        app.Get("/", string () => { Abort(code); return ""; });
        Assert.Equal(status, (await app.TestClient().Get("/")).StatusCode);
    }

    [Fact]
    public async Task A_missing_key_of_a_form_is_trapped_in_debug_mode_unless_someone_handles_it()
    {
        var app = Apps.Make(testing: true);
        app.Debug = true;
        app.Get("/", () => Request.Args["missing"]);
        await Assert.ThrowsAsync<BadRequestKeyError>(() => app.TestClient().Get("/"));
        var handled = Apps.Make();
        handled.Debug = true;
        handled.Get("/", () => Request.Args["missing"]);
        handled.ErrorHandler(400, _ => ("handled", 400));
        Assert.Equal("handled", await handled.Text("/"));
    }

    [Fact]
    public async Task Files_can_be_left_to_the_server_in_front()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "a.txt");
        await File.WriteAllTextAsync(file, "content", TestContext.Current.CancellationToken);
        var app = Apps.Make();
        app.Config["USE_X_SENDFILE"] = true;
        app.Get("/", () => SendFile(file));
        var answer = await app.TestClient().Get("/");
        Assert.Equal((200, file, ""), (answer.StatusCode, answer.Headers["X-Sendfile"], answer.Text));
        folder.Delete(recursive: true);
    }
}
