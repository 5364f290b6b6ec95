using System.ComponentModel.DataAnnotations;
using Retort.Forms.Text;

namespace Retort.Forms.Tests;

/// <summary>What annotations say: the texts of the validators that check the same, unless they have one of their own.</summary>
public sealed class AnnotationMessagesTests
{
    private sealed record Values(
        [EmailAddress] string? Email,
        [Url] string? Url,
        [Phone] string? Phone,
        [CreditCard] string? Card,
        [RegularExpression("a+")] string? Pattern,
        [StringLength(3)] string? Short,
        [StringLength(9, MinimumLength = 9)] string? Exact,
        [MinLength(3)] string? Long,
        [MaxLength(1)] string? One,
        [Length(2, 3)] string? Between,
        [Range(1, 9)] int? Number,
        [Range(typeof(DateOnly), "2026-01-01", "2026-12-31")] DateOnly? Day,
        [AllowedValues("a", "b")] string? Allowed,
        [DeniedValues("xxxx", "b")] string? Denied,
        [property: Compare("Url")] string? Same,
        [EmailAddress(ErrorMessage = "Own text of {0}.")] string? Own,
        [Range(1, 9, MaximumIsExclusive = true)] int? Exclusive);

    [Fact]
    public void Each_says_what_the_validator_says_and_in_the_language_of_the_app()
    {
        var app = Apps.Make();
        app.Config["WTF_CSRF_ENABLED"] = false;
        Translations.Register(app, _ => "de");
        using var context = app.TestRequestContext();
        var sent = typeof(Values).GetProperties().Select(property => KeyValuePair.Create(PythonText.SnakeCase(property.Name), (object?)(property.Name switch
        {
            "Number" or "Exclusive" => "10",
            "Day" => "2025-01-01",
            "Long" => "x",
            _ => "xxxx",
        })));
        var form = Form.Of<Values>();
        form.Process(new FormData(sent));
        Assert.False(form.Validate());
        Assert.Equal(
        [
            "email: Das ist keine gültige E-Mail-Adresse.", "url: Das ist keine gültige URL.", "phone: Die Eingabe ist ungültig.", "card: Die Eingabe ist ungültig.", "pattern: Die Eingabe ist ungültig.",
            "short: Höchstens 3 Zeichen sind erlaubt.", "exact: Es müssen genau 9 Zeichen sein.", "long: Mindestens 3 Zeichen sind nötig.", "one: Höchstens 1 Zeichen ist erlaubt.",
            "between: Die Länge muss zwischen 2 und 3 Zeichen liegen.", "number: Die Zahl muss zwischen 1 und 9 liegen.", "day: Das Datum muss zwischen dem 2026-01-01 und dem 2026-12-31 liegen.",
            "allowed: Ungültiger Wert; erlaubt sind: a, b.", "denied: Ungültiger Wert; nicht erlaubt sind: xxxx, b.", "own: Own text of Own.", "exclusive: The field Exclusive must be between 1 and 9 exclusive.",
        ], form.Where(field => field.Name != "same").SelectMany(field => field.Errors.Select(error => $"{field.Name}: {error}")));
        Assert.Empty(form["same"].Errors);
    }

    private sealed record Lists([MinLength(2)] int[] Few, [MaxLength(1)] List<string> Many, [Length(3, 4)] string[] Between, [MaxLength(1)] IReadOnlyList<Colour> Chosen);

    private enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public void Lists_have_words_of_their_own()
    {
        var app = Apps.Make();
        app.Config["WTF_CSRF_ENABLED"] = false;
        var language = "en";
        Translations.Register(app, _ => language);
        Assert.Equal(
        [
            "few: Number of entries must be at least 2.", "many: Number of entries must be at most 1.", "between: Number of entries must be between 3 and 4.", "chosen: Number of entries must be at most 1.",
        ], Errors());
        language = "fr";
        Assert.Equal("few: Le nombre d’entrées doit être supérieur ou égal à 2.", Errors()[0]);

        List<string> Errors()
        {
            using var context = app.TestRequestContext();
            var form = Form.Of<Lists>();
            form.Process(new FormData(new KeyValuePair<string, object?>[] { new("few-0", "1"), new("many-0", "a"), new("many-1", "b"), new("between-0", "a"), new("chosen", "Red"), new("chosen", "Green") }));
            Assert.False(form.Validate());
            return [.. form.SelectMany(field => field.Errors.Select(error => $"{field.Name}: {error}"))];
        }
    }

    private sealed record Passwords(
        [Display(Name = nameof(Words.First), ResourceType = typeof(Words))] string First,
        [property: Compare("First", ErrorMessage = "{0} is not {1}."), Display(Name = "Repeated")] string Own,
        [property: Compare("First", ErrorMessageResourceName = nameof(Words.Differs), ErrorMessageResourceType = typeof(Words))] string Resource);

    public static class Words
    {
        internal static AsyncLocal<bool> IsGerman { get; } = new();

        public static string First => IsGerman.Value ? "Passwort" : "Password";

        public static string Differs => IsGerman.Value ? "Anders als {1}." : "Another than {1}.";
    }

    [Fact]
    public void A_comparison_s_own_text_names_the_other_field_as_the_form_does_in_the_language_of_each_request()
    {
        var app = Apps.Make();
        app.Config["WTF_CSRF_ENABLED"] = false;
        foreach (var (isGerman, own, resource) in new[] { (false, "Repeated is not Password.", "Another than Password."), (true, "Repeated is not Passwort.", "Anders als Passwort.") })
        {
            Words.IsGerman.Value = isGerman;
            using var context = app.TestRequestContext();
            var form = Form.Of<Passwords>();
            form.Process(new FormData(new KeyValuePair<string, object?>[] { new("first", "a"), new("own", "b"), new("resource", "c") }));
            Assert.False(form.Validate());
            Assert.Equal([own], form["own"].Errors);
            Assert.Equal([resource], form["resource"].Errors);
        }
    }
}
