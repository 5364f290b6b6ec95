namespace Retort.Jinja;

/// <summary>
/// The messages of one language, read from a gettext catalogue. A message that is not in it, or not translated, is given back as it is.
/// Source: GNU gettext manual, The Format of PO Files and of MO Files; Python's gettext module.
/// </summary>
public sealed class GettextCatalog
{
    // Divides a context from its message inside a key.
    private const char ContextMark = '\u0004';

    private readonly Dictionary<string, string[]> _messages;
    private readonly PluralRule _plural;

    internal GettextCatalog(Dictionary<string, string[]> messages)
    {
        _messages = messages;
        Headers = ReadHeaders(messages.TryGetValue(string.Empty, out var header) ? header[0] : string.Empty);
        _plural = PluralRule.FromHeader(Headers.GetValueOrDefault("plural-forms"));
    }

    /// <summary>The catalogue's own entries, such as <c>language</c>, by lower case name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Reads a text catalogue (.po); entries marked fuzzy are left out. Throws <see cref="FormatException"/> with the line.</summary>
    public static GettextCatalog FromPo(TextReader reader) => new(PoReader.Read(reader));

    /// <summary>Reads a binary catalogue (.mo). Throws <see cref="FormatException"/> if it is not one.</summary>
    public static GettextCatalog FromMo(ReadOnlySpan<byte> bytes) => new(MoReader.Read(bytes));

    /// <summary>Reads a file by its ending, .po or .mo, in the charset that it names. Throws <see cref="FormatException"/> if it is not valid.</summary>
    public static GettextCatalog Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = File.ReadAllBytes(path);
        if (path.EndsWith(".mo", StringComparison.OrdinalIgnoreCase))
            return FromMo(bytes);
        using var reader = new StringReader(GettextCharset.Decode(GettextCharset.Of(bytes), bytes).TrimStart('\uFEFF'));
        return FromPo(reader);
    }

    /// <summary>The translation of a message.</summary>
    public string Gettext(string message) => Find(message) ?? message;

    /// <summary>The translation for a number of things.</summary>
    public string NGettext(string singular, string plural, long count) => Plural(singular, singular, plural, count);

    /// <summary>The translation of a message in a context.</summary>
    public string PGettext(string context, string message) => Find(KeyOf(context, message)) ?? message;

    /// <summary>The translation for a number of things in a context.</summary>
    public string NPGettext(string context, string singular, string plural, long count) => Plural(KeyOf(context, singular), singular, plural, count);

    /// <summary>Under what a message in a context is kept.</summary>
    internal static string KeyOf(string context, string message) => context + ContextMark + message;

    /// <summary>The translation of what is kept under a key; null if there is none.</summary>
    internal string? Find(string key) => _messages.TryGetValue(key, out var found) ? found[0] : null;

    /// <summary>The form of it for a number.</summary>
    internal string? FindPlural(string key, long count)
    {
        if (!_messages.TryGetValue(key, out var forms))
            return null;
        var form = _plural.FormOf(count);
        return form < forms.Length && forms[form].Length > 0 ? forms[form] : null;
    }

    private string Plural(string key, string singular, string plural, long count) => FindPlural(key, count) ?? (count == 1 ? singular : plural);

    private static Dictionary<string, string> ReadHeaders(string text)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers[line[..colon].Trim().ToLowerInvariant()] = line[(colon + 1)..].Trim();
        }
        return headers;
    }
}
