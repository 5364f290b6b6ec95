// What a request costs: Retort against ASP.NET Core minimal APIs, bare Kestrel and Flask, in one run. See ../README.md.
// dotnet run -c Release --project benchmarks/http -- --help

using Retort.Benchmarks.Http;
using Retort.Benchmarks.Http.Servers;

// The servers are this same program, each in a process of its own.
if (args is ["serve", var name, var port])
{
    Action<int> serve = name switch
    {
        "retort" => RetortServer.Run,
        "minimal" => MinimalServer.Run,
        "kestrel" => KestrelServer.Run,
        _ => throw new ArgumentException($"no server '{name}'"),
    };
    serve(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
    return;
}
if (Options.Parse(args) is { } options)
    Comparison.Run(options);
