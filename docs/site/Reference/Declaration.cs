using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Retort.Jinja;

namespace Retort.Site.Reference;

/// <summary>Types and members as C# declares them, coloured, with links to the types they name.</summary>
internal sealed class Declaration(Addresses addresses)
{
    // Longer ones have a line for each parameter.
    private const int Width = 88;

    private static readonly SymbolDisplayFormat TypeFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    // Where a type is only named, its constraints are not said again.
    private static readonly SymbolDisplayFormat UseFormat = TypeFormat.RemoveGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance);

    private static readonly SymbolDisplayFormat MemberFormat = TypeFormat
        .WithKindOptions(SymbolDisplayKindOptions.IncludeMemberKeyword)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeExplicitInterface)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeExtensionThis);

    private static readonly SymbolDisplayFormat NameFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The name of a type as code writes it, without its namespace.</summary>
    public static string NameOf(ISymbol type) => type.ToDisplayString(NameFormat);

    /// <summary>What kind of thing a type is: class, record, struct, interface, enum or delegate.</summary>
    public static string KindOf(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Class => PackageSymbols.IsRecord(type) ? "record" : "class",
        TypeKind.Struct => PackageSymbols.IsRecord(type) ? "record struct" : "struct",
        _ => type.TypeKind.ToString().ToLowerInvariant(),
    };

    /// <summary>A type in a sentence or a table, linked where it has a page.</summary>
    public Markup TypeName(ITypeSymbol type) => new(Html(type.ToDisplayParts(NameFormat)));

    /// <summary>The head of a type: attributes, modifiers, name, bases and constraints.</summary>
    public Markup Of(INamedTypeSymbol type)
    {
        var head = Attributes(type) + Keywords($"{Modifiers(type)}{KindOf(type)} ");
        var parts = type.ToDisplayParts(TypeFormat);
        var where = parts.TakeWhile(part => part is not { Kind: SymbolDisplayPartKind.Keyword } || part.ToString() != "where").Count();
        var (name, constraints) = (Html(parts[..where]).TrimEnd(), where < parts.Length ? " " + Html(parts[where..]) : "");
        if (type.DelegateInvokeMethod is { } call)
        {
            var parameters = call.Parameters.Select(parameter => Html(parameter.ToDisplayParts(MemberFormat)));
            return new Markup($"{head}{Html(call.ReturnType.ToDisplayParts(UseFormat))} {name}({string.Join(", ", parameters)}){constraints}");
        }
        var bases = Bases(type).Select(each => Html(each.ToDisplayParts(UseFormat))).ToList();
        return new Markup(head + name + (bases.Count > 0 ? " : " + string.Join(", ", bases) : "") + constraints);
    }

    /// <summary>A member with its type and parameters.</summary>
    public Markup Of(ISymbol member)
    {
        var parts = member.ToDisplayParts(MemberFormat);
        if (member.ContainingType.TypeKind == TypeKind.Enum && member is IFieldSymbol value)
            return new Markup(Html([.. parts.Where(part => part.ToString() == value.Name).Take(1)]) + $" = <span class=\"n\">{value.ConstantValue}</span>");
        if (parts.Sum(part => part.ToString().Length) > Width)
            parts = OnLines(member, parts);
        return new Markup(Attributes(member) + Html(parts) + Accessors(member));
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface))
            return [];
        var contracts = type.Interfaces.Where(contract => !(PackageSymbols.IsRecord(type) && contract.Name == nameof(IEquatable<>)));
        return (type.BaseType is { SpecialType: SpecialType.None } parent ? contracts.Prepend(parent) : contracts).Where(PackageSymbols.IsVisible);
    }

    private static string Modifiers(INamedTypeSymbol type) => (type.DeclaredAccessibility == Accessibility.Public ? "public " : "protected ") + type switch
    {
        { IsStatic: true } => "static ",
        { TypeKind: TypeKind.Class, IsAbstract: true } => "abstract ",
        { TypeKind: TypeKind.Class, IsSealed: true } => "sealed ",
        { TypeKind: TypeKind.Struct, IsReadOnly: true } => "readonly ",
        _ => "",
    } + (type.IsRefLikeType ? "ref " : "");

    private static string Accessors(ISymbol member)
    {
        if (member is not IPropertySymbol property)
            return "";
        var words = new List<string>();
        if (property.GetMethod is { } getter && PackageSymbols.IsVisible(getter))
            words.Add("get");
        if (property.SetMethod is { } setter && PackageSymbols.IsVisible(setter))
            words.Add((setter.DeclaredAccessibility < property.DeclaredAccessibility ? "protected " : "") + (setter.IsInitOnly ? "init" : "set"));
        return $" {{ {string.Join(' ', words.Select(word => Keywords(word) + ";"))} }}";
    }

    // Those that a caller must know of.
    private string Attributes(ISymbol symbol) => string.Concat(symbol.GetAttributes().Select(Shown).OfType<string>());

    private string? Shown(AttributeData attribute)
    {
        var arguments = attribute.AttributeClass!.ToDisplayString() switch
        {
            "System.ObsoleteAttribute" or "System.FlagsAttribute" or "System.AttributeUsageAttribute" or "System.Diagnostics.CodeAnalysis.DoesNotReturnAttribute"
                or "System.Diagnostics.CodeAnalysis.ExperimentalAttribute" => attribute.ConstructorArguments.Select(each => each.ToCSharpString())
                    .Concat(attribute.NamedArguments.Select(each => $"{each.Key} = {each.Value.ToCSharpString()}")),
            _ => null,
        };
        if (arguments is null)
            return null;
        var list = string.Join(", ", arguments.Select(each => each.Replace("System.", "", StringComparison.Ordinal)));
        var name = attribute.AttributeClass.Name[..^nameof(Attribute).Length];
        return Markup.Format("[<span class=\"t\">{0}</span>{1}]\n", name, list.Length > 0 ? $"({list})" : "").ToHtml();
    }

    private static ImmutableArray<SymbolDisplayPart> OnLines(ISymbol member, ImmutableArray<SymbolDisplayPart> parts)
    {
        var lines = ImmutableArray.CreateBuilder<SymbolDisplayPart>(parts.Length + 8);
        var (named, depth, angles) = (false, 0, 0);
        foreach (var part in parts)
        {
            var text = part.ToString();
            named |= part.Symbol is { } symbol && (SymbolEqualityComparer.Default.Equals(symbol, member) || member is IMethodSymbol { MethodKind: MethodKind.Constructor } && SymbolEqualityComparer.Default.Equals(symbol, member.ContainingType))
                || text is "this" && member is IPropertySymbol { IsIndexer: true } || text == "operator";
            var opens = text is "(" or "[";
            // A line ends before the first parameter and behind the commas between parameters.
            if (named && depth == 1 && angles == 0 && text == " " && lines[^1].ToString() == ",")
            {
                lines.Add(Plain("\n    "));
                continue;
            }
            lines.Add(part);
            if (!named)
                continue;
            depth += opens ? 1 : text is ")" or "]" ? -1 : 0;
            angles += text == "<" ? 1 : text == ">" ? -1 : 0;
            if (opens && depth == 1 && angles == 0)
                lines.Add(Plain("\n    "));
        }
        return lines.DrainToImmutable();
    }

    private static SymbolDisplayPart Plain(string text) => new(SymbolDisplayPartKind.Space, null, text);

    private static string Keywords(string words) =>
        string.Join(' ', words.Split(' ').Select(word => word.Length == 0 ? "" : $"<span class=\"k\">{word}</span>"));

    private string Html(ImmutableArray<SymbolDisplayPart> parts)
    {
        var html = new StringBuilder();
        foreach (var part in parts)
        {
            var text = Markup.Escape(part.ToString());
            var name = ClassOf(part);
            if (part.Symbol is INamedTypeSymbol type && addresses.From(type) is { } address)
                html.Append(Markup.Format("<a class=\"t\" href=\"{0}\">{1}</a>", address, text));
            else if (name.Length > 0)
                html.Append(Markup.Format("<span class=\"{0}\">{1}</span>", name, text));
            else
                html.Append(text);
        }
        return html.ToString();
    }

    private static string ClassOf(SymbolDisplayPart part) => part.Kind switch
    {
        SymbolDisplayPartKind.Keyword => "k",
        SymbolDisplayPartKind.ClassName or SymbolDisplayPartKind.RecordClassName or SymbolDisplayPartKind.StructName or SymbolDisplayPartKind.RecordStructName
            or SymbolDisplayPartKind.InterfaceName or SymbolDisplayPartKind.EnumName or SymbolDisplayPartKind.DelegateName or SymbolDisplayPartKind.TypeParameterName => "t",
        SymbolDisplayPartKind.MethodName or SymbolDisplayPartKind.ExtensionMethodName => "f",
        SymbolDisplayPartKind.StringLiteral => "s",
        SymbolDisplayPartKind.NumericLiteral => "n",
        _ => "",
    };
}
