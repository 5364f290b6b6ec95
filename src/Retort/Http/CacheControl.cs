using System.Collections;
using System.Globalization;

namespace Retort.Http;

/// <summary>The directives of a <c>Cache-Control</c> header, in order. Source: werkzeug.datastructures.cache_control; RFC 9111, 5.2.</summary>
public abstract class CacheControl : IReadOnlyCollection<KeyValuePair<string, string?>>
{
    private readonly OrderedDictionary<string, string?> _directives;

    private protected CacheControl(string? header) => _directives = ListHeader.ParsePairsInOrder(header);

    /// <summary>The number of directives.</summary>
    public int Count => _directives.Count;

    /// <summary><c>max-age</c> in seconds; null when it is missing or no number.</summary>
    public int? MaxAge { get => Seconds("max-age"); protected set => SetSeconds("max-age", value); }

    /// <summary><c>no-store</c>.</summary>
    public bool NoStore { get => Contains("no-store"); protected set => SetFlag("no-store", value); }

    /// <summary><c>no-transform</c>.</summary>
    public bool NoTransform { get => Contains("no-transform"); protected set => SetFlag("no-transform", value); }

    /// <summary><c>no-cache</c>, with or without field names.</summary>
    public bool NoCache { get => Contains("no-cache"); protected set => SetFlag("no-cache", value); }

    /// <summary><c>stale-if-error</c> in seconds.</summary>
    public int? StaleIfError { get => Seconds("stale-if-error"); protected set => SetSeconds("stale-if-error", value); }

    /// <summary>Whether a directive is there.</summary>
    public bool Contains(string directive) => _directives.ContainsKey(directive);

    /// <summary>The value of a directive; null when it is missing or has none.</summary>
    public string? Get(string directive) => _directives.GetValueOrDefault(directive);

    /// <summary>The directives in order.</summary>
    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator() => _directives.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The header value.</summary>
    public override string ToString() => ListHeader.Dump(_directives);

    private protected int? Seconds(string directive) =>
        PlainInteger.Parse(Get(directive)) is { } seconds ? (int)Math.Clamp(seconds, int.MinValue, int.MaxValue) : null;

    private protected void SetSeconds(string directive, int? seconds) => Set(directive, seconds is not null, seconds?.ToString(CultureInfo.InvariantCulture));

    private protected void SetFlag(string directive, bool present) => Set(directive, present, null);

    private protected void Set(string directive, bool present, string? value)
    {
        if (present) _directives[directive] = value;
        else _directives.Remove(directive);
        OnChanged();
    }

    private protected virtual void OnChanged()
    {
    }
}

/// <summary>The <c>Cache-Control</c> of a request.</summary>
public sealed class RequestCacheControl : CacheControl
{
    /// <summary>Reads a header.</summary>
    public RequestCacheControl(string? header) : base(header)
    {
    }

    /// <summary><c>max-stale</c> in seconds; the largest number when it is there without one.</summary>
    public int? MaxStale => Contains("max-stale") && Get("max-stale") is null ? int.MaxValue : Seconds("max-stale");

    /// <summary><c>min-fresh</c> in seconds.</summary>
    public int? MinFresh => Seconds("min-fresh");

    /// <summary><c>only-if-cached</c>.</summary>
    public bool OnlyIfCached => Contains("only-if-cached");
}

/// <summary>The <c>Cache-Control</c> of a response: setting a property to false or null removes the directive.</summary>
public sealed class ResponseCacheControl : CacheControl
{
    private readonly Action<ResponseCacheControl>? _changed;

    /// <summary>Reads a header.</summary>
    /// <param name="header">The header to begin with.</param>
    /// <param name="changed">Called after each change, to write the header back.</param>
    public ResponseCacheControl(string? header = null, Action<ResponseCacheControl>? changed = null) : base(header) => _changed = changed;

    /// <inheritdoc cref="CacheControl.MaxAge"/>
    public new int? MaxAge { get => base.MaxAge; set => base.MaxAge = value; }

    /// <inheritdoc cref="CacheControl.NoStore"/>
    public new bool NoStore { get => base.NoStore; set => base.NoStore = value; }

    /// <inheritdoc cref="CacheControl.NoTransform"/>
    public new bool NoTransform { get => base.NoTransform; set => base.NoTransform = value; }

    /// <inheritdoc cref="CacheControl.NoCache"/>
    public new bool NoCache { get => base.NoCache; set => base.NoCache = value; }

    /// <summary>The fields <c>no-cache</c> is limited to.</summary>
    public string? NoCacheFields { get => Get("no-cache"); set => Set("no-cache", value is not null, value); }

    /// <inheritdoc cref="CacheControl.StaleIfError"/>
    public new int? StaleIfError { get => base.StaleIfError; set => base.StaleIfError = value; }

    /// <summary><c>stale-while-revalidate</c> in seconds.</summary>
    public int? StaleWhileRevalidate { get => Seconds("stale-while-revalidate"); set => SetSeconds("stale-while-revalidate", value); }

    /// <summary><c>s-maxage</c> in seconds.</summary>
    public int? SMaxAge { get => Seconds("s-maxage"); set => SetSeconds("s-maxage", value); }

    /// <summary><c>public</c>.</summary>
    public bool Public { get => Contains("public"); set => SetFlag("public", value); }

    /// <summary><c>private</c>, with or without field names.</summary>
    public bool Private { get => Contains("private"); set => SetFlag("private", value); }

    /// <summary>The fields <c>private</c> is limited to.</summary>
    public string? PrivateFields { get => Get("private"); set => Set("private", value is not null, value); }

    /// <summary><c>must-revalidate</c>.</summary>
    public bool MustRevalidate { get => Contains("must-revalidate"); set => SetFlag("must-revalidate", value); }

    /// <summary><c>proxy-revalidate</c>.</summary>
    public bool ProxyRevalidate { get => Contains("proxy-revalidate"); set => SetFlag("proxy-revalidate", value); }

    /// <summary><c>must-understand</c>.</summary>
    public bool MustUnderstand { get => Contains("must-understand"); set => SetFlag("must-understand", value); }

    /// <summary><c>immutable</c>.</summary>
    public bool Immutable { get => Contains("immutable"); set => SetFlag("immutable", value); }

    private protected override void OnChanged() => _changed?.Invoke(this);
}
