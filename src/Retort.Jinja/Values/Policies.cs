namespace Retort.Jinja.Values;

/// <summary>Settings of filters that hold for a whole environment. Source: Jinja API page, Policies.</summary>
public sealed record Policies
{
    /// <summary><c>urlize.rel</c>: words always put into the rel attribute. Default <c>noopener</c>.</summary>
    public string? UrlizeRel { get; init; } = "noopener";

    /// <summary><c>urlize.target</c>: the target attribute. Default none.</summary>
    public string? UrlizeTarget { get; init; }

    /// <summary><c>urlize.extra_schemes</c>: schemes linked besides http, https and mailto. Default none.</summary>
    public IReadOnlyList<string>? UrlizeExtraSchemes { get; init; }

    /// <summary><c>truncate.leeway</c>: how many characters too long a text may be before it is cut. Default 5.</summary>
    public long TruncateLeeway { get; init; } = 5;

    /// <summary><c>json.dumps_function</c>: what tojson serializes with; null is the engine's own, Python's format.</summary>
    public Func<object?, string>? JsonDumps { get; init; }

    /// <summary>
    /// The <c>default</c> of the dumps function: a text for a host object or decimal that JSON has no form for (or is to be written otherwise than the engine
    /// does), null to leave it to the engine. Not asked when <see cref="JsonDumps"/> is set.
    /// </summary>
    public Func<object, string?>? JsonDefault { get; init; }

    /// <summary><c>json.dumps_kwargs</c>: whether keys are sorted. Default true.</summary>
    public bool JsonSortKeys { get; init; } = true;

    /// <summary><c>json.dumps_kwargs</c>: whether characters outside ASCII are escaped. Default true.</summary>
    public bool JsonEnsureAscii { get; init; } = true;

    /// <summary><c>json.dumps_kwargs</c>: spaces per level, or null for one line. Default null.</summary>
    public int? JsonIndent { get; init; }

    /// <summary><c>ext.i18n.trimmed</c>: whether trans blocks are trimmed without saying so. Default false.</summary>
    public bool I18nTrimmed { get; init; }
}
