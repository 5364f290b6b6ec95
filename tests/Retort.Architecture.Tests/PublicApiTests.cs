using Retort.Tests.Shared;

namespace Retort.Architecture.Tests;

/// <summary>The public surface changes only together with its text in <c>PublicApi</c>, where a reviewer sees it.</summary>
public sealed class PublicApiTests
{
    private const string Accept = "RETORT_ACCEPT_API";
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Retort.Architecture.Tests", "PublicApi");

    public static TheoryData<string> Packages => [.. Products.All];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_surface_is_the_accepted_one(string package)
    {
        var file = Path.Combine(Folder, package + ".txt");
        var actual = Surface.Of(CSharp.SymbolsOf(package));
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            File.WriteAllText(file, actual);
        var difference = SurfaceDifference.Between(File.Exists(file) ? File.ReadAllText(file) : "", actual);
        Assert.True(difference.Count == 0,
            $"""
            the public surface of {package} is not the one in tests/Retort.Architecture.Tests/PublicApi/{package}.txt:
            {string.Join('\n', difference)}
            If that is meant, accept it and commit the file: {Accept}=1 dotnet run --project tests/Retort.Architecture.Tests -- -class {typeof(PublicApiTests).FullName}
            """);
    }

    [Fact]
    public void Each_accepted_surface_belongs_to_a_package() =>
        Assert.Empty(Directory.EnumerateFiles(Folder).Select(file => Path.GetFileNameWithoutExtension(file)!).Except(Products.All));
}
