using static Retort.Forms.Validators;
using static Retort.Globals;

namespace Retort.Forms.Tests;

/// <summary>Requests that are answered at the same time, all of them at the same point of it.</summary>
public sealed class SideBySideTests
{
    private const int Many = 200;

    private static readonly TaskCompletionSource All = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static int _here;

    private sealed class Line : Form
    {
        public StringField Text = new("Text", DataRequired());

        public string? ValidateText(StringField field) => field.Data == "bad" ? "Bad." : null;
    }

    private sealed class Order : FlaskForm
    {
        public StringField Name = new("Name", Length(min: 100));
        public FormField<Line> Main = new();
        public FieldList<FormField<Line>> Lines = new(() => new());

        public async Task<string?> ValidateName(StringField field)
        {
            if (Interlocked.Increment(ref _here) == Many)
                All.SetResult();
            await All.Task;
            return $"Not {field.Data}.";
        }
    }

    [Fact]
    public async Task Each_form_has_its_own_values_errors_language_and_token()
    {
        string[] languages = ["en", "de", "fr", "ja"];
        var app = Apps.Make();
        new CsrfProtect().InitApp(app);
        Translations.Register(app, context => context.Request.AcceptLanguages.BestMatch(languages));
        app.Get("/", () => RenderTemplateString("{{ form.hidden_tag() }}", new { form = new Order() }));
        app.Post("/", async () =>
        {
            var form = new Order();
            var isGood = await form.ValidateOnSubmitAsync();
            return RenderTemplateString("{{ good }}|{{ form.name.data }}|{{ form.name.errors|join(' ') }}|{{ form.main.text.data }}|{{ form.lines[0].text.data }}|{{ form.lines[0].text.errors|join }}|{{ form.csrf_token.errors|join }}", new { good = isGood, form });
        });
        string TooShort(string language) => Translations.For(language).Ngettext("Field must be at least %(min)d character long.", "Field must be at least %(min)d characters long.", 100).Replace("%(min)d", "100", StringComparison.Ordinal);
        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(number => Task.Run(async () =>
        {
            var (client, token) = await app.WithToken();
            var language = languages[number % languages.Length];
            var form = new Dictionary<string, object?> { ["csrf_token"] = token, ["name"] = $"n{number}", ["main-text"] = $"m{number}", ["lines-0-text"] = number % 2 == 0 ? "bad" : $"l{number}" };
            var answer = await client.Post("/", form: form, headers: new { Accept_Language = language });
            var (line, wrong) = number % 2 == 0 ? ("bad", "Bad.") : ($"l{number}", "");
            return (answer.Text, Expected: $"False|n{number}|{TooShort(language)} Not n{number}.|m{number}|{line}|{wrong}|");
        })));
        Assert.All(answers, answer => Assert.Equal(answer.Expected, answer.Text));
    }
}
