using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Retort.Scripting;

/// <summary>
/// Lets submissions use what is internal or private: in an app of one file every type is internal, and a debugger looks into everything. The compiler is shown assemblies
/// in which all is public. The runtime has an attribute of the assembly for it, which scripts may not write: they write it on a class, and it is moved.
/// </summary>
internal static class OpenAccess
{
    private static readonly string[] Closed = ["System", "Microsoft", "Retort", "mscorlib", "netstandard"];
    private const string Attribute = "IgnoresAccessChecksToAttribute";

    // The tag of an assembly among the things that can have an attribute. Source: ECMA-335, II.24.2.6, HasCustomAttribute.
    private const int AssemblyTag = 14;
    private const int TagBits = 5;

    /// <summary>A class with the attribute for every assembly that the app has loaded by now, or could load.</summary>
    public static string AccessClass()
    {
        var text = new StringBuilder();
        foreach (var name in References.Names().Where(IsOpen))
            text.Append("[global::System.Runtime.CompilerServices.IgnoresAccessChecksTo(").Append(SymbolDisplay.FormatLiteral(name, quote: true)).Append(")] ");
        return text.Append("class __Access {}").ToString();
    }

    /// <summary>Whether everything in an assembly may be used: the app's own, and what it brings. The platform and the framework stay as they are.</summary>
    public static bool IsOpen(string assembly) =>
        assembly == typeof(OpenAccess).Assembly.GetName().Name || assembly == System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name
        || !Closed.Any(space => assembly == space || assembly.StartsWith(space + ".", StringComparison.Ordinal));

    /// <summary>An assembly as the compiler shall see it: with every type, method and field public.</summary>
    public static byte[] Open(byte[] image)
    {
        using var file = new PEReader(new MemoryStream(image));
        var reader = file.GetMetadataReader();
        // An event's field bears its name, and with both public the name would mean neither.
        var events = reader.TypeDefinitions.ToDictionary(handle => handle, handle => reader.GetTypeDefinition(handle).GetEvents().Select(each => reader.GetString(reader.GetEventDefinition(each).Name)).ToHashSet());
        Patch(image, file, reader, TableIndex.TypeDef, 0, (row, flags) =>
            (flags & ~(int)TypeAttributes.VisibilityMask) | (int)(reader.GetTypeDefinition(MetadataTokens.TypeDefinitionHandle(row)).IsNested ? TypeAttributes.NestedPublic : TypeAttributes.Public));
        Patch(image, file, reader, TableIndex.Field, 0, (row, flags) =>
            reader.GetFieldDefinition(MetadataTokens.FieldDefinitionHandle(row)) is var field && events[field.GetDeclaringType()].Contains(reader.GetString(field.Name))
                ? flags : (flags & ~(int)FieldAttributes.FieldAccessMask) | (int)FieldAttributes.Public);
        Patch(image, file, reader, TableIndex.MethodDef, 6, (_, flags) => (flags & ~(int)MethodAttributes.MemberAccessMask) | (int)MethodAttributes.Public);
        return image;
    }

    /// <summary>Changes the flags in each row of a table; they lie so many bytes into it, and their lower half says who may use it.</summary>
    private static void Patch(byte[] image, PEReader file, MetadataReader reader, TableIndex table, int at, Func<int, int, int> change)
    {
        var start = file.PEHeaders.MetadataStartOffset + reader.GetTableMetadataOffset(table);
        for (var row = 1; row <= reader.GetTableRowCount(table); row++)
        {
            var flags = image.AsSpan(start + ((row - 1) * reader.GetTableRowSize(table)) + at, 2);
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)change(row, BinaryPrimitives.ReadUInt16LittleEndian(flags)));
        }
    }

    /// <summary>The assembly with the attributes moved from their class to the assembly itself.</summary>
    public static byte[] Grant(byte[] image)
    {
        using var file = new PEReader(new MemoryStream(image));
        var reader = file.GetMetadataReader();
        var start = file.PEHeaders.MetadataStartOffset + reader.GetTableMetadataOffset(TableIndex.CustomAttribute);
        var size = reader.GetTableRowSize(TableIndex.CustomAttribute);
        // A row is a parent, a constructor and a value; a heap of blobs and tables as small as these have two bytes for each.
        var parentSize = size == 6 || size == 8 ? 2 : throw new NotSupportedException("the submission is too large for a console");
        var rows = new List<byte[]>();
        for (var i = 1; i <= reader.GetTableRowCount(TableIndex.CustomAttribute); i++)
        {
            var row = image[(start + ((i - 1) * size))..(start + (i * size))];
            if (IsGrant(reader, reader.GetCustomAttribute(MetadataTokens.CustomAttributeHandle(i))))
                BinaryPrimitives.WriteUInt16LittleEndian(row, (1 << TagBits) | AssemblyTag);
            rows.Add(row);
        }
        // The table is sorted by its first column.
        var next = start;
        foreach (var row in rows.OrderBy(row => BinaryPrimitives.ReadUInt16LittleEndian(row.AsSpan(0, parentSize))))
        {
            row.CopyTo(image, next);
            next += size;
        }
        return image;
    }

    private static bool IsGrant(MetadataReader reader, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && reader.StringComparer.Equals(reader.GetTypeReference((TypeReferenceHandle)parent).Name, Attribute);
}
