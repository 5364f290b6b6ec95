namespace Retort.Forms;

/// <summary>Translates the texts of fields and validators, which are those of WTForms in English. See <see cref="Form.Translations"/> and <see cref="Register"/>.</summary>
public abstract class Translations
{
    private const string Key = "wtf.translations";

    /// <summary>The text in the user's language; the same text if there is none.</summary>
    public abstract string Gettext(string text);

    /// <summary>The text for a number. Default: English plurals, each translated.</summary>
    public virtual string Ngettext(string singular, string plural, long number) => Gettext(number == 1 ? singular : plural);

    /// <summary>Makes these the translations of all <see cref="FlaskForm"/>s of an app, unless <c>WTF_I18N_ENABLED</c> is false.</summary>
    public static void Register(App app, Translations translations)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Extensions[Key] = translations;
    }

    internal static Translations? Of(App app) => app.Extensions.TryGetValue(Key, out var found) && app.Config.Get("WTF_I18N_ENABLED", true) ? found as Translations : null;
}
