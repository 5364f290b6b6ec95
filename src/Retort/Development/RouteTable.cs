using Retort.Routing;

namespace Retort.Development;

/// <summary>The rules of a map as the command <c>routes</c> shows them. Source: flask.cli.routes_command.</summary>
internal sealed class RouteTable(Map map, bool allMethods)
{
    /// <summary>What <see cref="Write"/> can sort by.</summary>
    public static readonly string[] Sorts = ["endpoint", "methods", "domain", "rule", "match"];

    /// <summary>Writes the table, with a column of hosts or subdomains when a rule has one.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="sort">The column to sort by; <c>match</c> is the order in which rules were added.</param>
    public void Write(TextWriter output, string sort)
    {
        var rules = map.ToList();
        if (rules.Count == 0)
        {
            output.WriteLine("No routes were registered.");
            return;
        }
        var hasDomains = rules.Exists(rule => DomainOf(rule).Length > 0);
        string[] names = hasDomains ? ["endpoint", "methods", "domain", "rule"] : ["endpoint", "methods", "rule"];
        string[] titles = hasDomains ? ["Endpoint", "Methods", map.HostMatching ? "Host" : "Subdomain", "Rule"] : ["Endpoint", "Methods", "Rule"];
        var rows = rules.ConvertAll<string[]>(rule => hasDomains ? [rule.Endpoint ?? "", MethodsOf(rule), DomainOf(rule), rule.Text] : [rule.Endpoint ?? "", MethodsOf(rule), rule.Text]);
        // Without domains there is nothing to sort by, and the order stays, as in Flask.
        if (Array.IndexOf(names, sort) is var column and >= 0)
            rows = [.. rows.OrderBy(row => row[column], StringComparer.Ordinal)];
        WriteRows(output, [titles, .. rows]);
    }

    private static void WriteRows(TextWriter output, List<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        rows.Insert(1, [.. widths.Select(width => new string('-', width))]);
        foreach (var row in rows)
            output.WriteLine(string.Join("  ", row.Zip(widths, (text, width) => text.PadRight(width))).TrimEnd());
    }

    private string DomainOf(Rule rule) => (map.HostMatching ? rule.Host : rule.Subdomain) ?? "";

    private string MethodsOf(Rule rule) =>
        string.Join(", ", (rule.Methods ?? []).Where(method => allMethods || method is not ("HEAD" or "OPTIONS")).Order(StringComparer.Ordinal));
}
