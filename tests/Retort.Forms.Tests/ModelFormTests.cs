using System.ComponentModel.DataAnnotations;
using Retort.Http;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Forms.Tests;

public sealed class ModelFormTests
{
    internal enum Plan
    {
        Free,
        [Display(Name = "For teams")]
        ForTeams,
    }

    internal sealed record Register(
        [Required, StringLength(20, MinimumLength = 2)] string UserName,
        [EmailAddress, Display(Name = "E-mail", Prompt = "you@example.org")] string Email,
        [DataType(DataType.Password)] string Password,
        [property: Compare("Password")] string Repeat,
        [Range(18, 120)] int? Age,
        bool Terms,
        Plan Plan) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (UserName == Password)
                yield return new ValidationResult("Name and password are the same.");
        }
    }

    internal sealed class Upload
    {
        [Display(Description = "A picture.")]
        public FileStorage? Photo { get; set; }

        public DateOnly Day { get; set; }

        [ScaffoldColumn(false)]
        public Uri? Ignored { get; set; }
    }

    internal sealed record Booking([Range(typeof(DateTime), "2026-01-01", "2026-12-31")] DateTime From);

    [Fact]
    public async Task A_page_is_the_same_before_and_after_the_first_form_was_sent()
    {
        var app = Apps.Make();
        app.Config["WTF_CSRF_ENABLED"] = false;
        app.Get("/", () => RenderTemplateString("{{ form.from }}", new { form = Form.Of<Booking>() }));
        app.Post("/", () => Form.Of<Booking>().ValidateOnSubmit() ? "good" : "wrong");
        var before = (await app.TestClient().Get("/")).Text;
        Assert.Equal("wrong", (await app.TestClient().Post("/", form: new { from = "2025-01-01T10:00" })).Text);
        Assert.Equal(before, (await app.TestClient().Get("/")).Text);
    }

    private static App Make()
    {
        var app = Apps.Make();
        app.Config["WTF_CSRF_ENABLED"] = false;
        app.Get("/", () => RenderTemplateString("{{ form.user_name.label }} {{ form.user_name }} {{ form.email }} {{ form.password }} {{ form.plan }} {{ form.age }}", new { form = Form.Of<Register>() }));
        app.Post("/", () => Form.Of<Register>() is var form && form.ValidateOnSubmit()
            ? form.Model.ToString()
            : string.Join(" | ", form.Errors.Select(pair => $"{pair.Key}: {string.Join(", ", (IEnumerable<string>)pair.Value)}")));
        return app;
    }

    private static async Task<string> Post(params (string Name, string Value)[] form) =>
        (await Make().TestClient().Post("/", form: form.ToDictionary(pair => pair.Name, pair => (object?)pair.Value))).Text;

    [Fact]
    public async Task A_record_is_a_form_with_its_annotations_as_attributes() => Assert.Equal(
        """<label for="user_name">User Name</label> <input id="user_name" maxlength="20" minlength="2" name="user_name" required type="text" value=""> """
        + """<input id="email" name="email" placeholder="you@example.org" required type="email" value=""> <input id="password" name="password" required type="password" value=""> """
        + """<select id="plan" name="plan" required><option value="Free">Free</option><option value="ForTeams">For teams</option></select> <input id="age" max="120" min="18" name="age" type="number" value="">""",
        (await Make().TestClient().Get("/")).Text);

    [Fact]
    public async Task Good_values_make_the_record() => Assert.Equal(
        "Register { UserName = ann, Email = a@b.co, Password = pw, Repeat = pw, Age = 20, Terms = True, Plan = ForTeams }",
        await Post(("user_name", "ann"), ("email", "a@b.co"), ("password", "pw"), ("repeat", "pw"), ("age", "2_0"), ("terms", "y"), ("plan", "ForTeams")));

    [Fact]
    public async Task Bad_values_are_errors_of_their_fields() => Assert.Equal(
        "user_name: Field must be between 2 and 20 characters long. | email: Invalid email address. | password: This field is required. "
        + "| repeat: Field must be equal to Password. | age: Not a valid integer value. | plan: Not a valid choice.",
        await Post(("user_name", "a"), ("email", "nonsense"), ("repeat", "x"), ("age", "x"), ("plan", "Paid")));

    [Fact]
    public async Task What_the_object_says_of_itself_is_an_error_of_the_form() => Assert.Equal(
        ": Name and password are the same.",
        await Post(("user_name", "ann"), ("email", "a@b.co"), ("password", "ann"), ("repeat", "ann"), ("plan", "Free")));

    [Fact]
    public void The_model_is_not_given_out_before_it_is_valid()
    {
        using var context = Make().TestRequestContext();
        Assert.Contains("not found valid", Assert.Throws<InvalidOperationException>(() => Form.Of<Register>().Model).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_is_filled_from_an_object()
    {
        using var context = Make().TestRequestContext();
        var form = Form.Of(new Upload { Day = new DateOnly(2026, 1, 2) });
        Assert.Equal(["photo", "day"], form.Select(field => field.Name));
        Assert.Equal(new DateOnly(2026, 1, 2), form["day"].Data);
    }
}
