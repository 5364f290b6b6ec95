using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Retort.Architecture.Tests;

/// <summary>Decodes a signature or an attribute into the names of all types that stand in it.</summary>
internal sealed class TypeNameProvider(string assembly) : ISignatureTypeProvider<ImmutableArray<TypeName>, object?>, ICustomAttributeTypeProvider<ImmutableArray<TypeName>>
{
    private static readonly TypeName SystemType = new("System.Runtime", "System", "Type");

    public ImmutableArray<TypeName> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [NameOf(reader, handle)];

    public ImmutableArray<TypeName> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [NameOf(reader, handle)];

    public ImmutableArray<TypeName> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableArray<TypeName> GetPrimitiveType(PrimitiveTypeCode typeCode) => [new TypeName("System.Runtime", "System", typeCode.ToString())];

    public ImmutableArray<TypeName> GetGenericInstantiation(ImmutableArray<TypeName> genericType, ImmutableArray<ImmutableArray<TypeName>> typeArguments) =>
        [.. genericType, .. typeArguments.SelectMany(types => types)];

    public ImmutableArray<TypeName> GetFunctionPointerType(MethodSignature<ImmutableArray<TypeName>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(types => types)];

    public ImmutableArray<TypeName> GetModifiedType(ImmutableArray<TypeName> modifier, ImmutableArray<TypeName> unmodifiedType, bool isRequired) => [.. modifier, .. unmodifiedType];

    public ImmutableArray<TypeName> GetArrayType(ImmutableArray<TypeName> elementType, ArrayShape shape) => elementType;

    public ImmutableArray<TypeName> GetSZArrayType(ImmutableArray<TypeName> elementType) => elementType;

    public ImmutableArray<TypeName> GetByReferenceType(ImmutableArray<TypeName> elementType) => elementType;

    public ImmutableArray<TypeName> GetPointerType(ImmutableArray<TypeName> elementType) => elementType;

    public ImmutableArray<TypeName> GetPinnedType(ImmutableArray<TypeName> elementType) => elementType;

    public ImmutableArray<TypeName> GetGenericMethodParameter(object? genericContext, int index) => [];

    public ImmutableArray<TypeName> GetGenericTypeParameter(object? genericContext, int index) => [];

    public ImmutableArray<TypeName> GetSystemType() => [SystemType];

    public bool IsSystemType(ImmutableArray<TypeName> type) => type is [{ FullName: "System.Type" }];

    /// <summary>An attribute's <c>typeof</c> is text: <c>Namespace.Outer+Nested, Assembly, ...</c>.</summary>
    public ImmutableArray<TypeName> GetTypeFromSerializedName(string name)
    {
        if (System.Reflection.Metadata.TypeName.TryParse(name, out var parsed))
            return [.. Flatten(parsed)];
        throw new BadImageFormatException($"cannot read the type name '{name}' of an attribute");
    }

    // How wide an enum is decides how many bytes follow; only the loaded type knows.
    public PrimitiveTypeCode GetUnderlyingEnumType(ImmutableArray<TypeName> type)
    {
        var name = type[0];
        var loaded = Type.GetType($"{name.FullName}, {name.Assembly}");
        return loaded is { IsEnum: true } ? Enum.Parse<PrimitiveTypeCode>(Enum.GetUnderlyingType(loaded).Name) : PrimitiveTypeCode.Int32;
    }

    public TypeName NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
            type = reader.GetTypeDefinition(type.GetDeclaringType());
        return new TypeName(assembly, reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public TypeName NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => NameOf(reader, (TypeReferenceHandle)type.ResolutionScope),
            HandleKind.AssemblyReference => new TypeName(
                reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name), reader.GetString(type.Namespace), reader.GetString(type.Name)),
            _ => new TypeName(assembly, reader.GetString(type.Namespace), reader.GetString(type.Name)),
        };
    }

    private IEnumerable<TypeName> Flatten(System.Reflection.Metadata.TypeName name)
    {
        if (name.IsConstructedGenericType)
            return [.. Flatten(name.GetGenericTypeDefinition()), .. name.GetGenericArguments().SelectMany(Flatten)];
        if (name.IsArray || name.IsPointer || name.IsByRef)
            return Flatten(name.GetElementType());
        while (name.IsNested)
            name = name.DeclaringType;
        return [new TypeName(name.AssemblyName?.Name ?? assembly, name.Namespace, name.Name)];
    }
}
