using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Retort.Site.Reference;

/// <summary>
/// What the packages under <c>src</c> make public, as the compiler shows it to an app, with its documentation.
/// </summary>
/// <remarks>
/// The compiler knows what reflection does not: nullable annotations, names in tuples, defaults, constraints, and which symbol a <c>cref</c> means. DocFX reads the same
/// symbols, but is a tool of half a gigabyte whose pages and search need a server, and whose templates are not Jinja.
/// </remarks>
internal sealed class PackageSymbols
{
    private readonly CSharpCompilation _compilation;

    internal PackageSymbols(CSharpCompilation compilation, ImmutableArray<IAssemblySymbol> packages)
    {
        _compilation = compilation;
        Types = [.. packages.SelectMany(package => TypesIn(package.GlobalNamespace)).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal)];
        Own = [.. packages];
    }

    /// <summary>Every visible type, also nested ones, sorted by its full name.</summary>
    public ImmutableArray<INamedTypeSymbol> Types { get; }

    private ImmutableHashSet<ISymbol?> Own { get; }

    /// <summary>Reads the packages from the folder of this program, which is built with all of them.</summary>
    /// <param name="root">The repository.</param>
    public static PackageSymbols Load(string root)
    {
        var names = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal).ToList();
        var packages = names.Select(Reference).ToList();
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !names.Contains(Path.GetFileNameWithoutExtension(file)))
            .Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create("reference", references: [.. packages, .. platform]);
        return new PackageSymbols(compilation, [.. packages.Select(package => (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(package)!)]);
    }

    /// <summary>Whether a symbol belongs to one of the packages.</summary>
    public bool IsOwn(ISymbol symbol) => Own.Contains(symbol.ContainingAssembly);

    /// <summary>The symbol that a <c>cref</c> names, such as <c>T:Retort.App</c>; null when there is none.</summary>
    public ISymbol? Find(string cref) => DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, _compilation);

    /// <summary>The members of a type that somebody wrote, without nested types.</summary>
    public static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) => type.GetMembers().Where(member => IsVisible(member) && IsWritten(member));

    public static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility == Accessibility.Public
        || (symbol.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal && symbol.ContainingType is { IsSealed: false });

    /// <summary>Whether a type is a record. That a struct is one, an assembly only says by the equality that the compiler wrote for it.</summary>
    public static bool IsRecord(INamedTypeSymbol type) =>
        type.IsRecord || type.TypeKind == TypeKind.Struct && type.GetMembers(WellKnownMemberNames.EqualityOperatorName).Any(IsCompilerMade);

    private static PortableExecutableReference Reference(string name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        var comments = Path.ChangeExtension(file, ".xml");
        if (!File.Exists(file) || !File.Exists(comments))
            throw new FileNotFoundException($"{name}.dll with its {name}.xml is not beside this program; build it with 'dotnet build docs/site'.", file);
        return MetadataReference.CreateFromFile(file, documentation: new XmlFileComments(comments));
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamespaceSymbol inner => TypesIn(inner),
        INamedTypeSymbol type when IsVisible(type) => TypesIn(type).Prepend(type),
        _ => [],
    });

    // Accessors stand with their property; what the compiler adds to a record nobody wrote.
    private static bool IsWritten(ISymbol member) => member switch
    {
        INamedTypeSymbol or { ContainingType.TypeKind: TypeKind.Delegate } => false,
        IMethodSymbol { AssociatedSymbol: not null } or IMethodSymbol { IsImplicitlyDeclared: true } => false,
        IMethodSymbol => !IsCompilerMade(member),
        IPropertySymbol { Name: "EqualityContract" } => false,
        _ => true,
    };

    private static bool IsCompilerMade(ISymbol member) => member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute");
}
