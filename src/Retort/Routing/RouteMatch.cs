using System.Runtime.CompilerServices;

namespace Retort.Routing;

/// <summary>What came of matching a path, before its variables are converted.</summary>
public enum RouteStatus
{
    /// <summary>No rule answers the path.</summary>
    NotFound,

    /// <summary>A rule answers; see <see cref="RouteMatch.MayRedirect"/>.</summary>
    Found,

    /// <summary>The path needs another slash or fewer; <see cref="MapAdapter.RedirectUrl"/> tells where to go.</summary>
    Redirect,

    /// <summary>Rules answer the path, but not for this method.</summary>
    MethodNotAllowed,

    /// <summary>The rule for this path is for WebSockets and the request is not one, or the other way round.</summary>
    WebSocketMismatch,
}

/// <summary>A variable of a rule and what converts it.</summary>
/// <param name="Name">The name in the rule.</param>
/// <param name="Converter">The converter, with the arguments of the rule.</param>
public sealed record RouteVariable(string Name, Converter Converter);

/// <summary>
/// The result of <see cref="Map.Match(string, ReadOnlySpan{char}, out RouteMatch, string, bool)"/>: the rule and where in the path its
/// variables stand. It holds no copy of the path; <see cref="Text"/> has to be given the same one.
/// </summary>
public struct RouteMatch
{
    private const int Inline = 4;
    private Ranges _ranges;
    private (int Start, int Length)[]? _more;

    /// <summary>What came of it.</summary>
    public RouteStatus Status { get; internal set; }

    /// <summary>The rule, when one was found.</summary>
    public readonly Rule? Rule => Bound?.Rule;

    /// <summary>The rule's variables, those of the subdomain or host first.</summary>
    public readonly IReadOnlyList<RouteVariable> Variables => Bound is null ? [] : Bound.Variables;

    /// <summary>Whether <see cref="MapAdapter.RedirectUrl"/> has to be asked before the rule is used: the rule is an alias, redirects, or another rule's defaults may be the canonical URL.</summary>
    public readonly bool MayRedirect => Status == RouteStatus.Redirect || (Status == RouteStatus.Found && Bound!.MayRedirect);

    /// <summary>The methods of the rules that answer the path; empty unless the method is not allowed.</summary>
    public readonly IReadOnlyList<string> AllowedMethods => Allowed ?? [];

    internal BoundRule? Bound { get; set; }

    internal string Domain { readonly get; set; }

    internal string? RedirectPath { readonly get; set; }

    internal List<string>? Allowed { readonly get; set; }

    /// <summary>The text of a variable within the path that was matched (or within its domain).</summary>
    public readonly ReadOnlySpan<char> Text(int variable, ReadOnlySpan<char> path)
    {
        var (start, length) = variable < Inline ? _ranges[variable] : _more![variable - Inline];
        return variable < Bound!.DomainVariables ? Domain.AsSpan(start, length) : path.Slice(start, length);
    }

    /// <summary>All variables, converted, and the rule's defaults.</summary>
    public readonly RouteValues Values(ReadOnlySpan<char> path)
    {
        var values = new RouteValues();
        for (var i = 0; i < Variables.Count; i++)
        {
            Variables[i].Converter.TryRead(Text(i, path), out var value);
            values.Set(Variables[i].Name, value);
        }
        foreach (var (name, value) in Rule?.Defaults ?? RouteValues.Empty)
            values.Set(name, value);
        return values;
    }

    internal void SetRange(int variable, int start, int length)
    {
        if (variable < Inline)
        {
            _ranges[variable] = (start, length);
            return;
        }
        if (_more is null || _more.Length <= variable - Inline)
            Array.Resize(ref _more, Math.Max(8, (variable - Inline + 1) * 2));
        _more[variable - Inline] = (start, length);
    }

    [InlineArray(Inline)]
    private struct Ranges
    {
        private (int Start, int Length) _first;
    }
}
