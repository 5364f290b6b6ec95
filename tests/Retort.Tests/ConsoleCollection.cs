namespace Retort.Tests;

/// <summary>Tests that listen to the console, which belongs to the process: they run while no other test writes to it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConsoleCollection
{
    public const string Name = "console";
}
