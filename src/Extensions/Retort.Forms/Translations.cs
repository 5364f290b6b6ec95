using Retort.Forms.Text;

namespace Retort.Forms;

/// <summary>Translates the texts of fields and validators, which are those of WTForms in English. See <see cref="Form.Translations"/> and <see cref="Register(App, Translations)"/>.</summary>
public abstract class Translations
{
    private const string Key = "wtf.translations";

    /// <summary>The languages that <see cref="For"/> knows, English among them.</summary>
    public static IReadOnlyList<string> Languages => BundledTranslations.Languages;

    /// <summary>The text in the user's language; the same text if there is none.</summary>
    public abstract string Gettext(string text);

    /// <summary>The text for a number. Default: English plurals, each translated.</summary>
    public virtual string Ngettext(string singular, string plural, long number) => Gettext(number == 1 ? singular : plural);

    /// <summary>
    /// The texts in the first of these languages that is known; in English if none is. A language is written <c>de</c>, <c>de-AT</c> or <c>de_AT</c>; without texts for the country it is the language alone.
    /// </summary>
    public static Translations For(params IReadOnlyList<string> languages)
    {
        ArgumentNullException.ThrowIfNull(languages);
        return BundledTranslations.Of(languages);
    }

    /// <summary>Makes these the translations of all <see cref="FlaskForm"/>s of an app, unless <c>WTF_I18N_ENABLED</c> is false.</summary>
    public static void Register(App app, Translations translations)
    {
        ArgumentNullException.ThrowIfNull(translations);
        Register(app, _ => translations);
    }

    /// <summary>
    /// Makes the language of all <see cref="FlaskForm"/>s of an app what a function says of each request, unless <c>WTF_I18N_ENABLED</c> is false:
    /// <c>Translations.Register(app, context => context.Request.AcceptLanguages.BestMatch(["en", "de"]))</c>. Null is English. Source: Flask-Babel's get_locale in flask_wtf.i18n.
    /// </summary>
    public static void Register(App app, Func<Context, string?> language)
    {
        ArgumentNullException.ThrowIfNull(language);
        Register(app, context => language(context) is { } name ? For(name) : For());
    }

    private static void Register(App app, Func<Context, Translations> choose)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Extensions[Key] = choose;
    }

    internal static Translations? Of(Context context) =>
        context.App.Extensions.TryGetValue(Key, out var choose) && context.App.Config.Get("WTF_I18N_ENABLED", true) ? ((Func<Context, Translations>)choose)(context) : null;
}
