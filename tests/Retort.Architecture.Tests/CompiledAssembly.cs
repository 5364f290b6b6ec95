using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Retort.Architecture.Tests;

/// <summary>Everything that a compiled assembly refers to, read from its metadata and its instructions: what the compiler resolved, whatever the usings said.</summary>
internal sealed class CompiledAssembly : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly TypeNameProvider _names;
    private readonly Lazy<Dictionary<TypeName, string?>> _places;

    public CompiledAssembly(Stream stream)
    {
        _file = new PEReader(stream);
        _reader = _file.GetMetadataReader();
        Name = _reader.GetString(_reader.GetAssemblyDefinition().Name);
        _names = new TypeNameProvider(Name);
        _places = new Lazy<Dictionary<TypeName, string?>>(ReadPlaces);
    }

    public string Name { get; }

    /// <summary>The assemblies it needs.</summary>
    public IEnumerable<string> AssemblyReferences => _reader.AssemblyReferences.Select(handle => _reader.GetString(_reader.GetAssemblyReference(handle).Name));

    /// <summary>Its own types, without the nested ones and those the compiler made.</summary>
    public IEnumerable<TypeName> Types => _reader.TypeDefinitions.Select(handle => _names.NameOf(_reader, handle)).Distinct().Where(type => !type.IsCompilerMade);

    /// <summary>Where one of its types is written, as the namespace that belongs to that folder; null for what a generator wrote.</summary>
    public string? PlaceOf(TypeName type) => _places.Value.GetValueOrDefault(type);

    public static CompiledAssembly Open(string path) => new(new MemoryStream(File.ReadAllBytes(path)));

    /// <summary>Each use of a type by another one, once a member.</summary>
    public IEnumerable<Reference> References() =>
        _reader.TypeDefinitions.SelectMany(Uses).Where(use => !use.From.IsCompilerMade && !use.To.IsCompilerMade && use.From != use.To).Distinct();

    public void Dispose() => _file.Dispose();

    private Dictionary<TypeName, string?> ReadPlaces()
    {
        using var folders = new SourceFolders(_file, _reader, Name);
        return _reader.TypeDefinitions.GroupBy(handle => _names.NameOf(_reader, handle))
            .ToDictionary(group => group.Key, group => group.Select(folders.Of).FirstOrDefault(folder => folder is not null) switch
            {
                null => null,
                "" => Name,
                var folder => $"{Name}.{folder}",
            });
    }

    private IEnumerable<Reference> Uses(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        var from = _names.NameOf(_reader, handle);
        return
        [
            .. Declaration(type).Select(use => use.By(from, NestedName(type))),
            .. type.GetFields().Select(_reader.GetFieldDefinition).SelectMany(field => OfField(field).Select(use => use.By(from, _reader.GetString(field.Name)))),
            .. type.GetMethods().Select(_reader.GetMethodDefinition).SelectMany(method => OfMethod(method).Select(use => use.By(from, _reader.GetString(method.Name)))),
            .. type.GetProperties().Select(_reader.GetPropertyDefinition).SelectMany(property =>
                OfAttributes(property.GetCustomAttributes()).Select(use => use.By(from, _reader.GetString(property.Name)))),
            .. type.GetEvents().Select(_reader.GetEventDefinition).SelectMany(happening =>
                OfAttributes(happening.GetCustomAttributes()).Concat(OfToken(happening.Type)).Select(use => use.By(from, _reader.GetString(happening.Name)))),
        ];
    }

    private string NestedName(TypeDefinition type) => type.IsNested ? _reader.GetString(type.Name) : "";

    private IEnumerable<Use> Declaration(TypeDefinition type) =>
    [
        .. OfToken(type.BaseType),
        .. type.GetInterfaceImplementations().SelectMany(handle => OfToken(_reader.GetInterfaceImplementation(handle).Interface)),
        .. OfGenericParameters(type.GetGenericParameters()),
        .. OfAttributes(type.GetCustomAttributes()),
    ];

    private IEnumerable<Use> OfField(FieldDefinition field) => [.. Named(field.DecodeSignature(_names, null)), .. OfAttributes(field.GetCustomAttributes())];

    private IEnumerable<Use> OfMethod(MethodDefinition method) =>
    [
        .. Named(TypesOf(method.DecodeSignature(_names, null))),
        .. OfGenericParameters(method.GetGenericParameters()),
        .. OfAttributes(method.GetCustomAttributes()),
        .. method.GetParameters().SelectMany(handle => OfAttributes(_reader.GetParameter(handle).GetCustomAttributes())),
        .. method.RelativeVirtualAddress == 0 ? [] : OfBody(_file.GetMethodBody(method.RelativeVirtualAddress)),
    ];

    private IEnumerable<Use> OfBody(MethodBodyBlock body) =>
    [
        .. body.LocalSignature.IsNil ? [] : Named(_reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null).SelectMany(types => types)),
        .. body.ExceptionRegions.Where(region => region.Kind == ExceptionRegionKind.Catch).SelectMany(region => OfToken(region.CatchType)),
        .. Instructions.Tokens(body.GetILBytes()!).SelectMany(OfToken),
    ];

    private IEnumerable<Use> OfGenericParameters(GenericParameterHandleCollection parameters) =>
        from parameter in parameters
        from constraint in _reader.GetGenericParameter(parameter).GetConstraints()
        from use in OfToken(_reader.GetGenericParameterConstraint(constraint).Type)
        select use;

    private IEnumerable<Use> OfAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(_reader.GetCustomAttribute))
        {
            var value = attribute.DecodeValue(_names);
            IEnumerable<object?> arguments = [.. value.FixedArguments.Select(argument => argument.Value), .. value.NamedArguments.Select(argument => argument.Value)];
            foreach (var use in OfToken(attribute.Constructor).Concat(arguments.SelectMany(OfArgument)))
                yield return use;
        }
    }

    private static IEnumerable<Use> OfArgument(object? value) => value switch
    {
        ImmutableArray<TypeName> types => Named(types),
        ImmutableArray<CustomAttributeTypedArgument<ImmutableArray<TypeName>>> items => items.SelectMany(item => OfArgument(item.Value)),
        _ => [],
    };

    private IEnumerable<Use> OfToken(EntityHandle handle)
    {
        if (handle.IsNil)
            return [];
        return handle.Kind switch
        {
            HandleKind.TypeDefinition => Named([_names.NameOf(_reader, (TypeDefinitionHandle)handle)]),
            HandleKind.TypeReference => Named([_names.NameOf(_reader, (TypeReferenceHandle)handle)]),
            HandleKind.TypeSpecification => Named(_reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_names, null)),
            HandleKind.FieldDefinition => OfOwnField(_reader.GetFieldDefinition((FieldDefinitionHandle)handle)),
            HandleKind.MethodDefinition => OfOwnMethod(_reader.GetMethodDefinition((MethodDefinitionHandle)handle)),
            HandleKind.MemberReference => OfMember(_reader.GetMemberReference((MemberReferenceHandle)handle)),
            HandleKind.MethodSpecification => OfCallOfGeneric(_reader.GetMethodSpecification((MethodSpecificationHandle)handle)),
            HandleKind.StandaloneSignature => Named(TypesOf(_reader.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeMethodSignature(_names, null))),
            _ => throw new BadImageFormatException($"cannot tell what a {handle.Kind} in the instructions of {Name} refers to"),
        };
    }

    private IEnumerable<Use> OfOwnField(FieldDefinition field) =>
        [new Use(_names.NameOf(_reader, field.GetDeclaringType()), _reader.GetString(field.Name)), .. Named(field.DecodeSignature(_names, null))];

    private IEnumerable<Use> OfOwnMethod(MethodDefinition method) =>
        [new Use(_names.NameOf(_reader, method.GetDeclaringType()), _reader.GetString(method.Name)), .. Named(TypesOf(method.DecodeSignature(_names, null)))];

    private IEnumerable<Use> OfMember(MemberReference member)
    {
        var owner = OfToken(member.Parent).Select((use, index) => index == 0 ? new Use(use.Type, _reader.GetString(member.Name)) : use);
        var signature = member.GetKind() == MemberReferenceKind.Field
            ? member.DecodeFieldSignature(_names, null)
            : TypesOf(member.DecodeMethodSignature(_names, null));
        return owner.Concat(Named(signature));
    }

    private IEnumerable<Use> OfCallOfGeneric(MethodSpecification call)
    {
        var arguments = call.DecodeSignature(_names, null).SelectMany(types => types).ToImmutableArray();
        return OfToken(call.Method).Select(use => use.Member.Length > 0 ? use with { Arguments = arguments } : use).Concat(Named(arguments));
    }

    private static ImmutableArray<TypeName> TypesOf(MethodSignature<ImmutableArray<TypeName>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(types => types)];

    private static IEnumerable<Use> Named(IEnumerable<TypeName> types) => types.Select(type => new Use(type, ""));

    private sealed record Use(TypeName Type, string Member)
    {
        public IReadOnlyList<TypeName> Arguments { get; init; } = [];

        public Reference By(TypeName from, string member) => new(from, member, Type, Member, Arguments);
    }
}
