namespace Retort.Http;

/// <summary>What a form body held. Dispose it at the end of the request: that deletes the temporary files of large uploads.</summary>
/// <param name="Fields">The fields that are no files.</param>
/// <param name="Files">The uploaded files.</param>
public sealed record Form(MultiDict Fields, MultiDict<FileStorage> Files) : IDisposable
{
    /// <summary>A form without fields: what a body that is no form reads as.</summary>
    public static Form Empty { get; } = new Form(new MultiDict(), new MultiDict<FileStorage>()).Freeze();

    /// <summary>Closes every file.</summary>
    public void Dispose()
    {
        foreach (var (_, file) in Files.Items()) file.Dispose();
    }

    internal Form Freeze()
    {
        Fields.Freeze();
        Files.Freeze();
        return this;
    }
}
