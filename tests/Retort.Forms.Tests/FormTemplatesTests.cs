using Retort.Testing;
using static Retort.Forms.Validators;
using static Retort.Globals;

namespace Retort.Forms.Tests;

public sealed class FormTemplatesTests
{
    private sealed class Inner : Form
    {
        public StringField Street = new("Street", DataRequired());
    }

    private sealed class Everything : FlaskForm
    {
        public StringField Name = new("Name", DataRequired()) { Description = "As in your passport." };
        public BooleanField Terms = new("Terms", DataRequired());
        public RadioField Size = new("Size") { Choices = [("s", "Small"), ("l", "Large")] };
        public FileField Photo = new("Photo");
        public FormField<Inner> Home = new("Home");
        public FieldList<StringField> Tags = new(() => new("Tag", Length(max: 2)), "Tags");
    }

    private static async Task<string> Render(string method)
    {
        var app = Apps.Make();
        FormTemplates.AddTo(app);
        FormTemplates.AddTo(app);
        app.Route("/", Show, ["GET", "POST"]);
        var client = app.TestClient();
        return (method == "GET" ? await client.Get("/") : await client.Post("/", form: new Dictionary<string, object?> { ["tags-0"] = "<long>" })).Text;

        static Response Show()
        {
            var form = new Everything();
            form.ValidateOnSubmit();
            return RenderTemplateString("{% from 'retort/forms.html' import render_form %}{{ render_form(form, id='f', submit='Go') }}", new { form });
        }
    }

    [Fact]
    public async Task A_form_has_labels_descriptions_and_a_button_and_sends_uploads_as_such()
    {
        var page = await Render("GET");
        Assert.StartsWith("<form method=\"post\" enctype=\"multipart/form-data\" id=\"f\">", page, StringComparison.Ordinal);
        Assert.Contains("<label for=\"name\">Name <span class=\"form-required\" aria-hidden=\"true\">*</span></label>", page, StringComparison.Ordinal);
        Assert.Contains("<input aria-describedby=\"name-description\" id=\"name\" name=\"name\" required type=\"text\" value=\"\">", page, StringComparison.Ordinal);
        Assert.Contains("<p class=\"form-description\" id=\"name-description\">As in your passport.</p>", page, StringComparison.Ordinal);
        Assert.Contains("<legend>Size</legend>", page, StringComparison.Ordinal);
        Assert.Contains("<input id=\"size-0\" name=\"size\" type=\"radio\" value=\"s\"> <label for=\"size-0\">Small</label>", page, StringComparison.Ordinal);
        Assert.Contains("name=\"csrf_token\" type=\"hidden\"", page, StringComparison.Ordinal);
        Assert.Contains("<label for=\"home-street\">Street", page, StringComparison.Ordinal);
        Assert.Contains("<button type=\"submit\">Go</button>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("aria-invalid", page, StringComparison.Ordinal);
        Assert.DoesNotContain("role=\"alert\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_summed_up_and_stand_at_their_fields()
    {
        var page = await Render("POST");
        Assert.Contains("<div class=\"form-errors\" role=\"alert\" tabindex=\"-1\">", page, StringComparison.Ordinal);
        foreach (var (id, text) in new[] { ("name", "Name: This field is required."), ("home-street", "Street: This field is required."), ("tags-0", "Tag: Field cannot be longer than 2 characters.") })
            Assert.Contains($"<li><a href=\"#{id}\">{text}</a></li>", page, StringComparison.Ordinal);
        Assert.Contains("<li>CSRF Token: The CSRF token is missing.</li>", page, StringComparison.Ordinal);
        Assert.Contains("<input aria-describedby=\"name-error name-description\" aria-invalid=\"true\" id=\"name\" name=\"name\" required type=\"text\" value=\"\">", page, StringComparison.Ordinal);
        Assert.Contains("<ul class=\"form-field-errors\" id=\"name-error\">", page, StringComparison.Ordinal);
        Assert.Contains("value=\"&lt;long&gt;\"", page, StringComparison.Ordinal);
    }
}
