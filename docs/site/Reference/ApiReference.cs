using Microsoft.CodeAnalysis;
using Retort.Jinja;
using Retort.Site.Highlighting;

namespace Retort.Site.Reference;

/// <summary>The reference of everything public, made of the packages' assemblies and comments.</summary>
internal sealed class ApiReference
{
    private static readonly (string Title, string Kind, Func<ISymbol, bool> Holds)[] Kinds =
    [
        ("Constructors", "constructor", member => member is IMethodSymbol { MethodKind: MethodKind.Constructor }),
        ("Values", "value", member => member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum }),
        ("Fields", "field", member => member is IFieldSymbol),
        ("Properties", "property", member => member is IPropertySymbol),
        ("Methods", "method", member => member is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.DeclareMethod }),
        ("Operators", "operator", member => member is IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion }),
        ("Events", "event", member => member is IEventSymbol),
    ];

    private readonly PackageSymbols _symbols;
    private readonly Addresses _addresses;
    private readonly Declaration _declaration;
    private readonly Comments _comments;
    private readonly CommentHtml _html;
    private readonly List<Problem> _problems = [];

    public ApiReference(PackageSymbols symbols, Highlighter highlighter)
    {
        _symbols = symbols;
        _addresses = new Addresses(symbols.Types);
        _declaration = new Declaration(_addresses);
        _comments = new Comments(symbols);
        _html = new CommentHtml(symbols, _addresses, highlighter, _problems);
        Types = [.. symbols.Types.Select(View)];
        Namespaces = [.. Types.Where(type => !type.Entry.Name.Contains('.', StringComparison.Ordinal)).GroupBy(type => type.Namespace).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new NamespaceView(group.Key, group.First().NamespacePage, [.. group.Select(type => type.Package).Distinct().Order(StringComparer.Ordinal)], [.. group.Select(type => type.Entry)]))];
    }

    public IReadOnlyList<TypeView> Types { get; }

    public IReadOnlyList<NamespaceView> Namespaces { get; }

    /// <summary>Members without a summary, and comments that lead nowhere.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    private TypeView View(INamedTypeSymbol type)
    {
        var comment = Comment(type);
        return new TypeView(Entry(type), type.ContainingNamespace.ToDisplayString(), Addresses.PageOf(type.ContainingNamespace), type.ContainingAssembly.Name, _declaration.Of(type), comment)
        {
            Groups = [.. Groups(type)],
            Inherited = [.. Inherited(type)],
            Extensions = [.. Extensions(type)],
            Nested = [.. type.GetTypeMembers().Where(PackageSymbols.IsVisible).OrderBy(inner => inner.Name, StringComparer.Ordinal).Select(inner => new Described(_html.Name(inner, type), Line(inner)))],
            Derived = [.. _symbols.Types.Where(other => Parents(other).Any(parent => SymbolEqualityComparer.Default.Equals(parent.OriginalDefinition, type))).Select(other => _html.Name(other, type))],
        };
    }

    private TypeEntry Entry(INamedTypeSymbol type) => new(Declaration.NameOf(type), Declaration.KindOf(type), _addresses.PageOf(type), Line(type));

    private static IEnumerable<INamedTypeSymbol> Parents(INamedTypeSymbol type) => type.BaseType is { } parent ? type.Interfaces.Append(parent) : type.Interfaces;

    private IEnumerable<MemberGroup> Groups(INamedTypeSymbol type)
    {
        var members = PackageSymbols.MembersOf(type).ToLookup(member => Kinds.First(kind => kind.Holds(member)).Title);
        foreach (var (title, kind, _) in Kinds)
        {
            // The values of an enum have an order of their own.
            var sorted = title == "Values" ? members[title] : members[title].OrderBy(member => member.Name, StringComparer.Ordinal);
            var views = sorted.Select(member => new MemberView(NameOf(member), _addresses.AnchorIn(member), _declaration.Of(member), Comment(member))).ToList();
            if (views.Count > 0)
                yield return new MemberGroup(title, kind, "all-" + title.ToLowerInvariant(), views);
        }
    }

    private static string NameOf(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => $"new {member.ContainingType.Name}",
        IPropertySymbol { IsIndexer: true } => "this[]",
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } operation =>
            operation.ToDisplayString(new SymbolDisplayFormat(miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes, memberOptions: SymbolDisplayMemberOptions.None)),
        IMethodSymbol { Arity: > 0 } generic => $"{generic.Name}<{string.Join(", ", generic.TypeParameters.Select(each => each.Name))}>",
        _ => member.Name,
    };

    private IEnumerable<InheritedGroup> Inherited(INamedTypeSymbol type)
    {
        var known = PackageSymbols.MembersOf(type).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        for (var parent = type.BaseType; parent is not null && parent.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum or SpecialType.System_MulticastDelegate); parent = parent.BaseType)
        {
            var members = PackageSymbols.MembersOf(parent)
                .Where(member => member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary } && known.Add(member.Name)).OrderBy(member => member.Name, StringComparer.Ordinal);
            var names = members.Select(member => _html.Name(member, type, member is IPropertySymbol { IsIndexer: true } ? "this[]" : member.Name)).ToList();
            if (names.Count > 0)
                yield return new InheritedGroup(_declaration.TypeName(parent), names);
        }
    }

    // Methods of other classes that are called on this type.
    private IEnumerable<Described> Extensions(INamedTypeSymbol type) =>
        from holder in _symbols.Types
        where holder.IsStatic
        from method in PackageSymbols.MembersOf(holder).OfType<IMethodSymbol>()
        where method.IsExtensionMethod && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type.OriginalDefinition, type)
        orderby method.Name
        select new Described(_html.Name(method, type, method.Name), Line(method));

    private Markup Line(ISymbol symbol) => _comments.Of(symbol) switch
    {
        { Source: { } source } => SameAs(source, symbol),
        var comment => _html.Line(comment.Xml?.Element("summary"), symbol),
    };

    private CommentView Comment(ISymbol symbol)
    {
        var (xml, source) = _comments.Of(symbol);
        if (source is not null)
            return new CommentView { Summary = Markup.Format("<p>{0}</p>\n", SameAs(source, symbol)), Obsolete = Obsolete(symbol) };
        var summary = xml?.Element("summary");
        var isMadeByCompiler = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true };
        if (summary is null && !isMadeByCompiler)
            _problems.Add(new Problem(symbol.ToDisplayString(), 0, "is public and has no summary: say in /// <summary> what it is"));
        // A constructor in a type's head repeats the type's comment.
        var isRepeated = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && summary?.Value == _comments.Of(symbol.ContainingType).Xml?.Element("summary")?.Value;
        var isHead = symbol is INamedTypeSymbol { DelegateInvokeMethod: null };
        return new CommentView
        {
            Summary = isRepeated ? Markup.Empty : _html.Blocks(summary, symbol),
            Remarks = isRepeated ? Markup.Empty : _html.Blocks(xml?.Element("remarks"), symbol),
            Example = isRepeated ? Markup.Empty : Markup.Join(Markup.Empty, (xml?.Elements("example") ?? []).Select(each => _html.Blocks(each, symbol))),
            Value = _html.Blocks(xml?.Element("value"), symbol),
            Returns = _html.Blocks(xml?.Element("returns"), symbol),
            TypeParameters = [.. Named(xml, "typeparam", symbol)],
            Parameters = isHead ? [] : [.. Named(xml, "param", symbol)],
            Exceptions = [.. (xml?.Elements("exception") ?? []).Select(each => new Described(Thrown(each, symbol), _html.Blocks(each, symbol)))],
            Obsolete = Obsolete(symbol),
        };
    }

    private IEnumerable<Described> Named(System.Xml.Linq.XElement? xml, string kind, ISymbol symbol) => (xml?.Elements(kind) ?? [])
        .Select(each => new Described(Markup.Format("<code>{0}</code>", each.Attribute("name")?.Value), _html.Blocks(each, symbol))).Where(each => each.Text.ToHtml().Length > 0);

    private Markup Thrown(System.Xml.Linq.XElement exception, ISymbol symbol) =>
        _symbols.Find(exception.Attribute("cref")?.Value ?? "") is { } type ? _html.Name(type, symbol) : Markup.Format("<code>{0}</code>", exception.Attribute("cref")?.Value);

    private Markup SameAs(ISymbol source, ISymbol symbol) =>
        Markup.Format(source.ContainingType?.TypeKind == TypeKind.Interface || source is INamedTypeSymbol { TypeKind: TypeKind.Interface } ? "Implements {0}." : "As in {0}.", _html.Name(source, symbol));

    private static string? Obsolete(ISymbol symbol) => symbol.GetAttributes().FirstOrDefault(each => each.AttributeClass?.Name == nameof(ObsoleteAttribute)) is { } attribute
        ? attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "Do not use it any more."
        : null;
}
