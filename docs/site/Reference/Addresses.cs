using Microsoft.CodeAnalysis;

namespace Retort.Site.Reference;

/// <summary>Where types and members stand: a page for each type, an anchor for each member.</summary>
internal sealed class Addresses
{
    private readonly Dictionary<string, (string Page, string Anchor)> _addresses = new(StringComparer.Ordinal);

    public Addresses(IEnumerable<INamedTypeSymbol> types)
    {
        foreach (var type in types)
        {
            var page = $"api/{NameOf(type)}.html";
            _addresses[IdOf(type)] = (page, "");
            var taken = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in PackageSymbols.MembersOf(type))
            {
                var (name, anchor) = (AnchorOf(member), AnchorOf(member));
                for (var number = 1; !taken.Add(anchor); number++)
                    anchor = $"{name}-{number}";
                _addresses[IdOf(member)] = (page, anchor);
            }
        }
    }

    public static string PageOf(INamespaceSymbol space) => $"api/{space.ToDisplayString()}.html";

    public string PageOf(INamedTypeSymbol type) => _addresses[IdOf(type)].Page;

    public string AnchorIn(ISymbol member) => _addresses[IdOf(member)].Anchor;

    /// <summary>The address of a type or member as seen from the folder <c>api</c>; null when it has no page.</summary>
    public string? From(ISymbol symbol)
    {
        if (!_addresses.TryGetValue(IdOf(symbol.OriginalDefinition), out var address))
            return null;
        return address.Page["api/".Length..] + (address.Anchor.Length > 0 ? "#" + address.Anchor : "");
    }

    private static string IdOf(ISymbol symbol) => symbol.GetDocumentationCommentId() ?? symbol.ToDisplayString();

    private static string NameOf(INamedTypeSymbol type)
    {
        var name = type.ContainingType is { } outer ? $"{NameOf(outer)}.{type.Name}" : $"{type.ContainingNamespace.ToDisplayString()}.{type.Name}";
        return type.Arity > 0 ? $"{name}-{type.Arity}" : name;
    }

    private static string AnchorOf(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "new",
        IPropertySymbol { IsIndexer: true } => "this",
        _ => member.Name,
    };
}
