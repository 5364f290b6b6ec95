namespace Retort.Toolbar.Profiling;

/// <summary>The samples of one request.</summary>
/// <param name="Stacks">Stacks that were seen, the most frequent first.</param>
/// <param name="Samples">How many samples there were.</param>
/// <param name="Duration">From the first mark to the last.</param>
internal sealed record Profile(IReadOnlyList<SampledStack> Stacks, int Samples, TimeSpan Duration)
{
    /// <summary>The methods by how often they ran themselves, and how often they or what they called.</summary>
    public IEnumerable<(string Method, int Own, int Total)> Methods =>
        Stacks.SelectMany(stack => stack.Methods.Distinct(StringComparer.Ordinal).Select(method => (Method: method, Own: method == stack.Methods[0] ? stack.Count : 0, Total: stack.Count)))
            .GroupBy(each => each.Method, (method, all) => all.Aggregate((Method: method, Own: 0, Total: 0), (sum, each) => (method, sum.Own + each.Own, sum.Total + each.Total)))
            .OrderByDescending(each => each.Own).ThenByDescending(each => each.Total);
}

/// <summary>A stack and how often it was seen.</summary>
/// <param name="Methods">The methods, the running one first, up to where the framework called the app.</param>
/// <param name="Count">The number of samples.</param>
internal sealed record SampledStack(IReadOnlyList<string> Methods, int Count);
