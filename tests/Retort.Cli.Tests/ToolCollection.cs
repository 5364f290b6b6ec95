namespace Retort.Cli.Tests;

/// <summary>Tests with the tool as it is installed: they share one installation, and start programs one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ToolCollection : ICollectionFixture<LocalFeed>
{
    public const string Name = "tool";
}
