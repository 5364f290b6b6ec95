namespace Retort.Http;

/// <summary>
/// A challenge of a 401 response: <c>new WwwAuthenticate("basic", new() { ["realm"] = "login" })</c>.
/// Source: werkzeug.datastructures.WWWAuthenticate; RFC 9110, 11.6.1.
/// </summary>
public sealed class WwwAuthenticate
{
    private static readonly string[] AlwaysQuoted = ["realm", "domain", "nonce", "opaque", "qop"];

    /// <summary>A challenge of a scheme with parameters, or with a token.</summary>
    public WwwAuthenticate(string type, OrderedDictionary<string, string?>? parameters = null, string? token = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type = type.ToLowerInvariant();
        Parameters = parameters ?? [];
        Token = token;
    }

    /// <summary>The scheme in lower case.</summary>
    public string Type { get; }

    /// <summary>The parameters in order.</summary>
    public OrderedDictionary<string, string?> Parameters { get; }

    /// <summary>The token, sent in place of parameters.</summary>
    public string? Token { get; set; }

    /// <summary>A parameter, or null.</summary>
    public string? this[string name]
    {
        get => Parameters.GetValueOrDefault(name);
        set
        {
            if (value is null) Parameters.Remove(name);
            else Parameters[name] = value;
        }
    }

    /// <summary>Reads the header; null when it is missing.</summary>
    public static WwwAuthenticate? Parse(string? header)
    {
        if (string.IsNullOrEmpty(header)) return null;
        var (scheme, rest) = Authorization.SplitScheme(header);
        return rest.TrimEnd('=').Contains('=', StringComparison.Ordinal) ? new(scheme, ListHeader.ParsePairsInOrder(rest)) : new(scheme, token: rest);
    }

    /// <summary>The header value.</summary>
    public override string ToString()
    {
        if (Token is not null) return $"{Authorization.Title(Type)} {Token}";
        if (Parameters.Count == 0) return Authorization.Title(Type);
        return Type == "digest"
            ? $"Digest {string.Join(", ", Parameters.Select(DumpDigestParameter))}"
            : $"{Authorization.Title(Type)} {ListHeader.Dump(Parameters)}";
    }

    private static string DumpDigestParameter(KeyValuePair<string, string?> parameter) => parameter.Value is null
        ? parameter.Key
        : $"{parameter.Key}={OptionsHeader.Quote(parameter.Value, allowToken: !AlwaysQuoted.Contains(parameter.Key))}";
}
