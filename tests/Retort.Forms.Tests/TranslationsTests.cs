using System.Reflection;
using System.Text.RegularExpressions;
using Retort.Forms.Text;
using Retort.Testing;
using static Retort.Forms.Validators;

namespace Retort.Forms.Tests;

public sealed partial class TranslationsTests
{
    // Not said by fields but by the token, whose words are Retort.Signing's.
    private static readonly string[] OfTokens = ["The CSRF token is missing.", "The CSRF session token is missing.", "The CSRF token has expired.", "The CSRF token is invalid.", "The CSRF tokens do not match."];

    private static readonly FieldInfo[] Table = typeof(Messages).GetFields();

    private static readonly string[] Texts = [.. Table.Select(field => field.GetValue(null)).OfType<string>(), .. OfTokens];

    private static readonly Plural[] Plurals = [.. Table.Select(field => field.GetValue(null)).OfType<Plural>()];

    public static TheoryData<string> Others => [.. Translations.Languages.Where(language => language != "en")];

    [Fact]
    public void The_languages_are_those_of_the_catalogues_and_English() => Assert.Equal(
        ["cs", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "zh", "zh_Hant"], Translations.Languages);

    [Theory]
    [MemberData(nameof(Others))]
    public void A_language_has_every_text_with_every_placeholder(string language)
    {
        var translations = Translations.For(language);
        foreach (var text in Texts)
        {
            var translated = translations.Gettext(text);
            Assert.NotEqual(text, translated);
            Assert.Equal(Placeholders(text), Placeholders(translated));
        }
        foreach (var text in Plurals)
        {
            // All forms of all these languages occur among these numbers.
            foreach (var number in (long[])[0, 1, 2, 5, 11, 21, 22, 25, 100, 1000])
            {
                var translated = translations.Ngettext(text.One, text.Other, number);
                Assert.DoesNotContain(translated, (string[])[text.One, text.Other]);
                Assert.Equal(Placeholders(text.One), Placeholders(translated));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_catalogue_has_nothing_that_is_never_said(string language)
    {
        using var reader = new StreamReader(typeof(Form).Assembly.GetManifestResourceStream($"translations/{language}.po")!);
        var said = Texts.Concat(Plurals.Select(text => text.One)).ToHashSet();
        var written = Messageid().Matches(reader.ReadToEnd()).Select(match => match.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal)).Where(text => text.Length > 0);
        Assert.Equal(said.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1, "Должен быть ровно 1 знак.")]
    [InlineData(3, "Должно быть ровно 3 знака.")]
    [InlineData(11, "Должно быть ровно 11 знаков.")]
    [InlineData(21, "Должен быть ровно 21 знак.")]
    public void Numbers_have_the_forms_of_their_language(int length, string expected) =>
        Assert.Equal([expected], Errors(["ru"], new StringField("x", Length(length, length)), "?".PadRight(length + 1, '?')));

    [Theory]
    [InlineData("Dieses Feld muss ausgefüllt werden.", "de")]
    [InlineData("Dieses Feld muss ausgefüllt werden.", "de-AT")]
    [InlineData("Dieses Feld muss ausgefüllt werden.", "DE_at.UTF-8@euro")]
    [InlineData("Dieses Feld muss ausgefüllt werden.", "xx", "de", "fr")]
    [InlineData("Este campo é obrigatório.", "pt_BR")]
    [InlineData("此字段必填。", "zh-CN")]
    [InlineData("此欄位必填。", "zh-TW")]
    [InlineData("此欄位必填。", "zh-Hant-HK")]
    [InlineData("This field is required.", "en-GB", "de")]
    [InlineData("This field is required.", "xx")]
    [InlineData("This field is required.", "d")]
    [InlineData("This field is required.", "../../de")]
    [InlineData("This field is required.", "")]
    [InlineData("This field is required.", "_")]
    [InlineData("This field is required.")]
    public void The_first_known_language_is_used_and_English_for_none(string expected, params string[] languages) =>
        Assert.Equal([expected], Errors(languages, new StringField("x", DataRequired()), ""));

    [Fact]
    public async Task An_app_says_the_language_of_each_request_unless_it_is_switched_off()
    {
        var app = Apps.Make();
        Translations.Register(app, context => context.Request.Args.Get("language"));
        app.Post("/", () => new NoteForm() is var form && form.ValidateOnSubmit() ? "good" : string.Join(' ', form.Errors.Values.Cast<IEnumerable<string>>().SelectMany(texts => texts)));
        var client = app.TestClient();
        Assert.Equal("Ce champ est obligatoire. Le jeton CSRF est absent.", (await client.Post("/?language=fr", form: new { title = "" })).Text);
        Assert.Equal("This field is required. The CSRF token is missing.", (await client.Post("/", form: new { title = "" })).Text);
        app.Config["WTF_I18N_ENABLED"] = false;
        Assert.Equal("To pole jest wymagane. Brakuje tokenu CSRF.", (await client.Post("/?language=fr", form: new { title = "" })).Text);
    }

    private static string[] Errors(string[] languages, Field field, string sent)
    {
        var form = new Speaking(languages, field, sent);
        form.Validate();
        return [.. field.Errors];
    }

    private static string[] Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"%\(\w+\)[sd]|%s|\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^msgid \"(.*)\"$", RegexOptions.Multiline)]
    private static partial Regex Messageid();

    private sealed class Speaking(string[] languages, Field field, string sent) : Form(new FormData([new("x", sent)]))
    {
        protected override IReadOnlyList<string> Locales => languages;

        private protected override IEnumerable<KeyValuePair<string, Field>> AdditionalFields() => [new("x", field)];
    }

    private sealed class NoteForm : FlaskForm
    {
        public StringField Title = new("Title", DataRequired());

        protected override IReadOnlyList<string> Locales => ["pl"];
    }
}
