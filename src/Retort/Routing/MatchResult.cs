namespace Retort.Routing;

/// <summary>What came of matching a URL. The family is closed: these are all the cases.</summary>
public abstract record MatchResult
{
    private MatchResult()
    {
    }

    /// <summary>A rule answers.</summary>
    /// <param name="Rule">The rule, as it was added to the map.</param>
    /// <param name="Values">Its variables, converted, and its defaults.</param>
    public sealed record Found(Rule Rule, RouteValues Values) : MatchResult;

    /// <summary>The URL has another, canonical form.</summary>
    /// <param name="Url">Where it is: absolute from a bound adapter, a path from an unbound map.</param>
    /// <param name="Code">The status, 308: the method and body are kept.</param>
    public sealed record RedirectTo(string Url, int Code = 308) : MatchResult;

    /// <summary>No rule answers the path.</summary>
    public sealed record NotFound : MatchResult;

    /// <summary>Rules answer the path, but not for this method.</summary>
    /// <param name="Methods">The methods they do answer, each once, in the rules' order.</param>
    public sealed record MethodNotAllowed(IReadOnlyList<string> Methods) : MatchResult;

    /// <summary>The rule for this path is for WebSockets and the request is not one, or the other way round.</summary>
    public sealed record WebSocketMismatch : MatchResult;

    /// <summary>The host is not a valid one.</summary>
    public sealed record BadHost : MatchResult;
}
