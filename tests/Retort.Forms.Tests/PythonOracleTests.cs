using System.Text.Json;
using Retort.Testing;
using Retort.Tests.Shared;
using static Retort.Forms.Validators;
using static Retort.Globals;

namespace Retort.Forms.Tests;

/// <summary>A form fetched from Flask with Flask-WTF is posted to Retort, and the other way round, under one SECRET_KEY; skipped, with the reason, where Flask-WTF is not installed.</summary>
public sealed class PythonOracleTests
{
    private const string Theirs = """
        import json, sys
        from flask import Flask, render_template_string
        from flask_wtf import FlaskForm, CSRFProtect
        from wtforms import StringField
        from wtforms.validators import DataRequired
        app = Flask("app")
        app.secret_key = "test key of some length"
        csrf = CSRFProtect(app)
        class NoteForm(FlaskForm):
            title = StringField("Title", [DataRequired()])
        @app.route("/", methods=["GET", "POST"])
        def index():
            form = NoteForm()
            if form.validate_on_submit():
                return "saved " + form.title.data
            return render_template_string("{{ form.hidden_tag() }}{{ form.title }}", form=form)
        client = app.test_client()
        if len(sys.argv) == 1:
            page = client.get("/")
            print(json.dumps([page.headers["Set-Cookie"].split("session=")[1].split(";")[0], page.get_data(as_text=True)]))
        else:
            client.set_cookie("localhost", "session", sys.argv[1])
            good = client.post("/", data={"title": "t", "csrf_token": sys.argv[2]})
            bad = client.post("/", data={"title": "t", "csrf_token": sys.argv[2] + "x"})
            print(json.dumps([good.get_data(as_text=True), bad.status_code]))
        """;

    private sealed class NoteForm : FlaskForm
    {
        public StringField Title = new("Title", DataRequired());
    }

    private static TestClient Ours()
    {
        var app = Apps.Make();
        _ = new CsrfProtect(app);
        app.Route("/", Index, ["GET", "POST"]);
        return app.TestClient();

        static Response Index()
        {
            var form = new NoteForm();
            return form.ValidateOnSubmit() ? "saved " + form.Title.Data : RenderTemplateString("{{ form.hidden_tag() }}{{ form.title }}", new { form });
        }
    }

    [Fact]
    public async Task A_form_fetched_from_Flask_posts_to_Retort()
    {
        var answer = JsonSerializer.Deserialize<string[]>(Repository.Python(Theirs, ["flask_wtf"]))!;
        var client = Ours();
        client.SetCookie("session", answer[0]);
        var token = Apps.TokenIn(answer[1]);
        Assert.Equal("saved t", (await client.Post("/", form: new { title = "t", csrf_token = token })).Text);
        Assert.Equal(400, (await client.Post("/", form: new { title = "t", csrf_token = token + "x" })).StatusCode);
        Assert.Equal(answer[1].Replace(token, "", StringComparison.Ordinal), (await client.Get("/")).Text is var page ? page.Replace(Apps.TokenIn(page), "", StringComparison.Ordinal) : "");
    }

    [Fact]
    public async Task A_form_fetched_from_Retort_posts_to_Flask()
    {
        var client = Ours();
        var token = Apps.TokenIn((await client.Get("/")).Text);
        var answer = JsonSerializer.Deserialize<JsonElement[]>(Repository.Python(Theirs, ["flask_wtf"], client.GetCookie("session")!.Value, token))!;
        Assert.Equal(("saved t", 400), (answer[0].GetString(), answer[1].GetInt32()));
    }
}
