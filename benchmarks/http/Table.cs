using System.Globalization;

namespace Retort.Benchmarks.Http;

/// <summary>A quantity by row and server. Prints the peer's own figure and the others as ratios to it: each round is compared with the peer's same round, and of these the median counts.</summary>
internal sealed class Table(string title, string unit, string peer, IReadOnlyList<string> servers)
{
    private readonly OrderedDictionary<string, Dictionary<string, List<double>>> _rows = [];

    public void Add(string row, string server, double value)
    {
        if (!_rows.TryGetValue(row, out var values))
            _rows[row] = values = servers.ToDictionary(name => name, _ => new List<double>());
        values[server].Add(value);
    }

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine($"{title,-36}{$"{peer}, {unit}",14}{string.Concat(Others.Select(server => $"{server,18}"))}");
        foreach (var (row, values) in _rows)
        {
            var ratios = Others.Select(server => values[server].Zip(values[peer], (value, reference) => value / reference).Order().ToArray());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row,-36}{Median([.. values[peer].Order()]),14:0.0}") + string.Concat(ratios.Select(Shown)));
        }
    }

    private IEnumerable<string> Others => servers.Where(server => server != peer);

    // The median, and in brackets the lowest and the highest.
    private static string Shown(double[] sorted) => sorted.Length == 0 ? $"{"-",18}" : string.Create(CultureInfo.InvariantCulture, $"{Median(sorted),7:0.00} {$"({sorted[0]:0.00}-{sorted[^1]:0.00})",11}").PadLeft(18);

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
