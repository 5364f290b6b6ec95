namespace Retort.Browser.Tests;

/// <summary>Where a scenario puts its pictures: a folder of its own in RETORT_BROWSER_PICTURES, to be looked at, or one that is gone afterwards.</summary>
internal sealed class PictureFolder : IDisposable
{
    private readonly bool _isKept;

    public PictureFolder(string scenario)
    {
        var given = Environment.GetEnvironmentVariable("RETORT_BROWSER_PICTURES");
        _isKept = given is not null;
        Name = given is null ? Directory.CreateTempSubdirectory("retort-pictures-").FullName : Directory.CreateDirectory(Path.Combine(given, scenario)).FullName;
        foreach (var old in Pictures)
            File.Delete(old);
    }

    public string Name { get; }

    public string[] Pictures => Directory.GetFiles(Name, "*.png");

    public void Dispose()
    {
        if (!_isKept)
            Directory.Delete(Name, recursive: true);
    }
}
