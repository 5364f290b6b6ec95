using System.Collections.Concurrent;
using Retort.Jinja;

namespace Retort.Forms.Text;

/// <summary>The texts of fields and validators in one of the languages that come with the package: its catalogue is the resource <c>translations/de.po</c>, read when it is first asked for.</summary>
internal sealed class BundledTranslations : Translations
{
    private const string Folder = "translations/";
    private const string English = "en";
    private static readonly ConcurrentDictionary<string, Lazy<BundledTranslations>> Known = new(StringComparer.OrdinalIgnoreCase);

    // What readers of a country are used to, where it is not what the language's own name says.
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.OrdinalIgnoreCase) { ["zh_TW"] = "zh_Hant", ["zh_HK"] = "zh_Hant", ["zh_MO"] = "zh_Hant" };

    private readonly GettextCatalog? _catalog;

    private BundledTranslations(GettextCatalog? catalog) => _catalog = catalog;

    public static new IReadOnlyList<string> Languages { get; } =
    [
        .. typeof(BundledTranslations).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..^".po".Length])
            .Append(English).Order(StringComparer.Ordinal),
    ];

    public static BundledTranslations Of(IReadOnlyList<string> languages)
    {
        var name = languages.Select(Find).FirstOrDefault(found => found is not null) ?? English;
        return Known.GetOrAdd(name, static name => new Lazy<BundledTranslations>(() => new BundledTranslations(name == English ? null : Load(name)))).Value;
    }

    public override string Gettext(string text) => _catalog?.Gettext(text) ?? text;

    public override string Ngettext(string singular, string plural, long number) => _catalog?.NGettext(singular, plural, number) ?? (number == 1 ? singular : plural);

    // The name comes from the user's browser as likely as not: it is looked up in the list, and never makes a path.
    private static string? Find(string language)
    {
        var name = language.AsSpan().IndexOfAny('.', '@') is var end and >= 0 ? language[..end] : language;
        name = name.Replace('-', '_');
        while (name.Length > 0)
        {
            var wanted = Scripts.GetValueOrDefault(name, name);
            if (Languages.FirstOrDefault(known => known.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } found)
                return found;
            name = name[..Math.Max(name.LastIndexOf('_'), 0)];
        }
        return null;
    }

    private static GettextCatalog Load(string name)
    {
        using var stream = typeof(BundledTranslations).Assembly.GetManifestResourceStream($"{Folder}{name}.po")!;
        using var reader = new StreamReader(stream);
        return GettextCatalog.FromPo(reader);
    }
}
