using System.Globalization;

namespace Retort.Benchmarks.Http;

/// <summary>What is measured, and for how long.</summary>
internal sealed record Options
{
    private const string Help = """
        Options (with their defaults):
          --rounds 5             rounds; each measures every endpoint on every server
          --seconds 2            length of one measurement
          --warm-up 3            seconds of load on each endpoint of each server before the first round
          --connections 32       connections of the load generator
          --starts 5             starts of each server for the start-up time; 0 leaves it out
          --endpoints all        or some: plaintext,json,number,variables,query,echo,form,last of 500,session,page,static,missing
          --servers all          or some: minimal,retort,kestrel,flask (minimal is always there)
        """;

    public int Rounds { get; private init; } = 5;

    public int Seconds { get; private init; } = 2;

    public int WarmUp { get; private init; } = 3;

    public int Connections { get; private init; } = 32;

    public int Starts { get; private init; } = 5;

    public IReadOnlyList<Endpoint> Endpoints { get; private init; } = Endpoint.All;

    public IReadOnlyList<string>? Servers { get; private init; }

    public static Options? Parse(string[] args)
    {
        var options = new Options();
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var value = args[i + 1];
            options = args[i] switch
            {
                "--rounds" => options with { Rounds = Number(value) },
                "--seconds" => options with { Seconds = Number(value) },
                "--warm-up" => options with { WarmUp = Number(value) },
                "--connections" => options with { Connections = Number(value) },
                "--starts" => options with { Starts = Number(value) },
                "--endpoints" => options with { Endpoints = [.. Endpoint.All.Where(endpoint => value.Split(',').Contains(endpoint.Name))] },
                "--servers" => options with { Servers = value.Split(',') },
                _ => throw new ArgumentException($"no option '{args[i]}'.\n{Help}"),
            };
        }
        if (args.Length % 2 == 0)
            return options;
        Console.WriteLine(Help);
        return null;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
