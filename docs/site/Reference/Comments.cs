using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Retort.Site.Reference;

/// <summary>The XML comments of symbols. What says <c>inheritdoc</c> is looked up where it leads.</summary>
internal sealed class Comments(PackageSymbols symbols)
{
    /// <summary>What is written about a symbol.</summary>
    /// <param name="Xml">The comment; null when nothing is written in these packages.</param>
    /// <param name="Source">The member of .NET whose documentation counts, where the comment inherits that.</param>
    internal sealed record Comment(XElement? Xml, ISymbol? Source = null);

    public Comment Of(ISymbol symbol)
    {
        var written = Read(symbol);
        if (written?.Element("summary") is null && written?.Element("inheritdoc") is null && symbol is IPropertySymbol property && IsOfHead(property))
            return new Comment(new XElement("member", new XElement("summary", ParameterOf(property)?.Nodes() ?? OfHead(property))));
        if (written?.Element("inheritdoc") is not { } inherit)
            return new Comment(written);
        var source = inherit.Attribute("cref") is { } cref ? symbols.Find(cref.Value) : BaseOf(symbol);
        if (source is null)
            return new Comment(null);
        return symbols.IsOwn(source) ? Of(source.OriginalDefinition) : new Comment(null, source);
    }

    private static XElement? Read(ISymbol symbol)
    {
        var text = symbol.GetDocumentationCommentXml(expandIncludes: false);
        return string.IsNullOrEmpty(text) ? null : XElement.Parse(text, LoadOptions.PreserveWhitespace);
    }

    // A property that stands in the head of a record is described by its parameter. Where every one would only repeat its name, as in a syntax tree, the record's own
    // summary is enough.
    private static bool IsOfHead(IPropertySymbol property) => PackageSymbols.IsRecord(property.ContainingType)
        && property.ContainingType.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => parameter.Name == property.Name));

    private static XElement? ParameterOf(IPropertySymbol property) =>
        Read(property.ContainingType)?.Elements("param").FirstOrDefault(parameter => parameter.Attribute("name")?.Value == property.Name);

    private static IEnumerable<XNode> OfHead(IPropertySymbol property) =>
        [new XText("The value "), new XElement("c", property.Name), new XText(" that "), new XElement("see", new XAttribute("cref", property.ContainingType.GetDocumentationCommentId()!)), new XText(" is made with.")];

    private static ISymbol? BaseOf(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.BaseType is { SpecialType: SpecialType.None } parent ? parent : type.Interfaces.FirstOrDefault(),
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType.BaseType?.InstanceConstructors
            .FirstOrDefault(each => each.Parameters.Select(parameter => parameter.Type).SequenceEqual(constructor.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default)),
        IMethodSymbol { OverriddenMethod: { } overridden } => overridden,
        IPropertySymbol { OverriddenProperty: { } overridden } => overridden,
        IEventSymbol { OverriddenEvent: { } overridden } => overridden,
        _ => ImplementedBy(symbol),
    };

    private static ISymbol? ImplementedBy(ISymbol symbol) => symbol.ContainingType.AllInterfaces.SelectMany(contract => contract.GetMembers())
        .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol));
}
