using System.Text;
using Microsoft.CodeAnalysis;

namespace Retort.Architecture.Tests;

/// <summary>The public surface of a package as text: each type with its members below, sorted, as C# declares them.</summary>
internal static class Surface
{
    private static readonly SymbolDisplayFormat TypeFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat MemberFormat = TypeFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeExplicitInterface)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeExtensionThis)
        .WithMiscellaneousOptions(TypeFormat.MiscellaneousOptions | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    public static string Of(IAssemblySymbol assembly)
    {
        var text = new StringBuilder();
        foreach (var type in TypesIn(assembly.GlobalNamespace).OrderBy(type => type.ToDisplayString(TypeFormat), StringComparer.Ordinal))
        {
            text.Append(Heading(type)).Append('\n');
            foreach (var (_, line) in MembersOf(type))
                text.Append("    ").Append(line).Append('\n');
            text.Append('\n');
        }
        return text.ToString();
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamespaceSymbol inner => TypesIn(inner),
        INamedTypeSymbol type when IsVisible(type) => TypesIn(type).Prepend(type),
        _ => [],
    });

    private static IEnumerable<(string Name, string Line)> MembersOf(INamedTypeSymbol type) =>
        type.GetMembers().Where(member => IsVisible(member) && IsWritten(member)).Select(member => (member.Name, Line: Line(member)))
            .OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Line, StringComparer.Ordinal);

    private static string Heading(INamedTypeSymbol type)
    {
        var bases = (type.BaseType is { SpecialType: SpecialType.None } parent ? new[] { parent } : [])
            .Concat(type.Interfaces.Where(contract => !(type.IsRecord && contract.Name == nameof(IEquatable<>))).OrderBy(contract => contract.ToDisplayString(TypeFormat), StringComparer.Ordinal))
            .Select(each => each.ToDisplayString(TypeFormat));
        var after = type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface ? string.Join(", ", bases) : "";
        return $"{Modifiers(type)}{Kind(type)} {Name(type)}{(after.Length > 0 ? " : " : "")}{after}";
    }

    private static string Name(INamedTypeSymbol type) => type.DelegateInvokeMethod is { } call
        ? $"{call.ReturnType.ToDisplayString(TypeFormat)} {type.ToDisplayString(TypeFormat)}({string.Join(", ", call.Parameters.Select(parameter => parameter.ToDisplayString(MemberFormat)))})"
        : type.ToDisplayString(TypeFormat);

    private static string Modifiers(INamedTypeSymbol type)
    {
        var access = type.DeclaredAccessibility == Accessibility.Public ? "public " : "protected ";
        var shape = type switch
        {
            { IsStatic: true } => "static ",
            { TypeKind: TypeKind.Class, IsAbstract: true } => "abstract ",
            { TypeKind: TypeKind.Class, IsSealed: true } => "sealed ",
            { TypeKind: TypeKind.Struct, IsReadOnly: true } => "readonly ",
            _ => "",
        };
        return access + shape + (type.IsRefLikeType ? "ref " : "");
    }

    private static string Kind(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Class => type.IsRecord ? "record" : "class",
        TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
        _ => type.TypeKind.ToString().ToLowerInvariant(),
    };

    // An enum's members are their names and numbers; the rest is as C# declares it.
    private static string Line(ISymbol member) => member switch
    {
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } value => $"{value.Name} = {value.ConstantValue}",
        IPropertySymbol property => $"{Shown(property)} {{ {string.Join(' ', Accessors(property))} }}",
        _ => Shown(member),
    };

    private static string Shown(ISymbol member)
    {
        var kind = member is IEventSymbol ? "event " : "";
        return kind + member.ToDisplayString(MemberFormat.WithMemberOptions(MemberFormat.MemberOptions & ~SymbolDisplayMemberOptions.IncludeContainingType));
    }

    private static IEnumerable<string> Accessors(IPropertySymbol property)
    {
        if (property.GetMethod is { } getter && IsVisible(getter))
            yield return "get;";
        if (property.SetMethod is { } setter && IsVisible(setter))
            yield return setter.IsInitOnly ? "init;" : "set;";
    }

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility == Accessibility.Public
        || (symbol.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal && symbol.ContainingType is { IsSealed: false });

    // Accessors stand with their property; what the compiler adds to a record, but its deconstruction, nobody wrote.
    private static bool IsWritten(ISymbol member) => member switch
    {
        INamedTypeSymbol or { ContainingType.TypeKind: TypeKind.Delegate } => false,
        IMethodSymbol { AssociatedSymbol: not null } or IMethodSymbol { IsImplicitlyDeclared: true } => false,
        IMethodSymbol method => method.Name == "Deconstruct" || !IsCompilerMade(method),
        IPropertySymbol { Name: "EqualityContract" } => false,
        _ => true,
    };

    private static bool IsCompilerMade(ISymbol member) => member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute");
}
