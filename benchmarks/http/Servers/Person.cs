namespace Retort.Benchmarks.Http.Servers;

/// <summary>What is posted as JSON and sent back.</summary>
internal sealed record Person(string name, int age, string[] tags);
