using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Retort.Architecture.Tests;

/// <summary>
/// In which folder of its project a type is written, from the debugging information beside its code. It is the folder that says what a type belongs to: public types may
/// bear the namespace of their package.
/// </summary>
internal sealed class SourceFolders : IDisposable
{
    // The documents of a type that has no method bodies. Source: the portable PDB format, TypeDefinitionDocuments.
    private static readonly Guid TypeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly string _start;
    private readonly MetadataReaderProvider _provider;
    private readonly MetadataReader _symbols;
    private readonly Dictionary<TypeDefinitionHandle, string> _folders = [];

    public SourceFolders(PEReader file, MetadataReader types, string project)
    {
        _start = $"/src/{project}/";
        var entry = file.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        _provider = file.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        _symbols = _provider.GetMetadataReader();
        foreach (var handle in types.MethodDefinitions)
            Add(types.GetMethodDefinition(handle).GetDeclaringType(), DocumentsOf(handle));
        foreach (var handle in types.TypeDefinitions)
            Add(handle, DocumentsOf(handle));
    }

    /// <summary>The first folder below the project's, nothing for the project's own, or null when no file of the project holds the type: it was generated.</summary>
    public string? Of(TypeDefinitionHandle type) => _folders.GetValueOrDefault(type);

    public void Dispose() => _provider.Dispose();

    private void Add(TypeDefinitionHandle type, IEnumerable<DocumentHandle> documents)
    {
        foreach (var document in documents)
        {
            if (!_folders.ContainsKey(type) && Folder(_symbols.GetString(_symbols.GetDocument(document).Name)) is { } folder)
                _folders.Add(type, folder);
        }
    }

    private IEnumerable<DocumentHandle> DocumentsOf(MethodDefinitionHandle method)
    {
        var information = _symbols.GetMethodDebugInformation(method.ToDebugInformationHandle());
        return information.Document.IsNil ? information.GetSequencePoints().Select(point => point.Document).Distinct() : [information.Document];
    }

    private IEnumerable<DocumentHandle> DocumentsOf(TypeDefinitionHandle type)
    {
        foreach (var information in _symbols.GetCustomDebugInformation(type).Select(_symbols.GetCustomDebugInformation).Where(information => _symbols.GetGuid(information.Kind) == TypeDocuments))
        {
            for (var rows = _symbols.GetBlobReader(information.Value); rows.RemainingBytes > 0;)
                yield return MetadataTokens.DocumentHandle(rows.ReadCompressedInteger());
        }
    }

    private string? Folder(string path)
    {
        path = path.Replace('\\', '/');
        var start = path.LastIndexOf(_start, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var parts = path[(start + _start.Length)..].Split('/');
        return parts.Length == 1 ? "" : parts[0] == "obj" ? null : parts[0];
    }
}
