using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Retort.Architecture.Tests;

/// <summary>The C# compiler, over the assemblies that a product sees.</summary>
internal static class CSharp
{
    private static readonly IReadOnlyList<MetadataReference> Frameworks =
    [
        .. new[] { typeof(object), typeof(HttpContext) }
            .SelectMany(type => Directory.EnumerateFiles(Path.GetDirectoryName(type.Assembly.Location)!, "*.dll"))
            .Where(file => Path.GetFileName(file).StartsWith("System", StringComparison.Ordinal) || Path.GetFileName(file).StartsWith("Microsoft.", StringComparison.Ordinal))
            .Where(IsManaged)
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>Compiles source files into an assembly; fails the test when they do not compile.</summary>
    /// <param name="name">The name of the project and the assembly.</param>
    /// <param name="files">Paths inside of the project's folder, and what is in them.</param>
    public static CompiledAssembly Compile(string name, params (string Path, string Source)[] files)
    {
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Source, path: $"/src/{name}/{file.Path}", encoding: Encoding.UTF8));
        var stream = new MemoryStream();
        var result = Compilation(name, [.. trees]).Emit(stream, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        stream.Position = 0;
        return new CompiledAssembly(stream);
    }

    public static CSharpCompilation Compilation(string name, params SyntaxTree[] files) =>
        CSharpCompilation.Create(name, files, Frameworks, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>A product's symbols, as the compiler shows them to an app that uses it.</summary>
    public static IAssemblySymbol SymbolsOf(string product)
    {
        var products = Products.All.ToDictionary(name => name, name => MetadataReference.CreateFromFile(Products.PathOf(name)));
        var beside = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => !products.ContainsKey(Path.GetFileNameWithoutExtension(file)) && IsManaged(file))
            .Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create("reader", references: [.. Frameworks, .. products.Values, .. beside]);
        return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(products[product])!;
    }

    private static bool IsManaged(string file)
    {
        using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        return image.HasMetadata;
    }
}
