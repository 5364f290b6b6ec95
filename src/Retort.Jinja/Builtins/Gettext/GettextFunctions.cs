using Retort.Jinja.Values;

namespace Retort.Jinja;

/// <summary>
/// The functions of a catalogue, or of none, as templates call them: with any value for a message, which comes back as it is where there is no translation.
/// Source: Python's gettext module, GNUTranslations and NullTranslations.
/// </summary>
internal sealed class GettextFunctions
{
    private readonly GettextCatalog? _catalog;

    public GettextFunctions(GettextCatalog? catalog)
    {
        _catalog = catalog;
        Gettext = Function("gettext", ["message"], (_, a) => Single(a[0].AsText, a[0]));
        NGettext = Function("ngettext", ["msgid1", "msgid2", "n"], (_, a) => Plural(a[0].AsText, a[0], a[1], a[2]));
        PGettext = Function("pgettext", ["context", "message"], (_, a) => Single(Key(a[0], a[1]), a[1]));
        NPGettext = Function("npgettext", ["context", "msgid1", "msgid2", "n"], (_, a) => Plural(Key(a[0], a[1]), a[1], a[2], a[3]));
    }

    public JinjaFunction Gettext { get; }

    public JinjaFunction NGettext { get; }

    public JinjaFunction PGettext { get; }

    public JinjaFunction NPGettext { get; }

    private JinjaFunction Function(string name, string[] parameters, BuiltinBody body) =>
        new SignedFunction(new Signature($"{(_catalog is null ? "NullTranslations" : "GNUTranslations")}.{name}", parameters), body).Call;

    private static string? Key(in Value context, in Value message) => context.AsText is { } where && message.AsText is { } text ? GettextCatalog.KeyOf(where, text) : null;

    private Value Single(string? key, in Value message) => key is not null && _catalog?.Find(key) is { } found ? Value.From(found) : message;

    private Value Plural(string? key, in Value singular, in Value plural, in Value count)
    {
        if (_catalog is not null && key is not null && _catalog.FindPlural(key, Number(count)) is { } found)
            return Value.From(found);
        return Equality.AreEqual(count, Value.From(1)) ? singular : plural;
    }

    private static long Number(in Value count) => count.Kind switch
    {
        ValueKind.Bool => count.AsBool ? 1 : 0,
        ValueKind.Int => count.AsLong,
        ValueKind.Float when double.IsInteger(count.AsDouble) && Math.Abs(count.AsDouble) < long.MaxValue => (long)count.AsDouble,
        _ => throw PythonError.Type($"Plural value must be an integer, got {Text.TypeName(count)}"),
    };
}
