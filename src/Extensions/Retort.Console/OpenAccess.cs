using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Retort.Console;

/// <summary>
/// Lets submissions use what is internal or private: in an app of one file every type is internal, and a debugger looks into everything. The compiler has an option for
/// it that it does not show, and the runtime an attribute of the assembly, which scripts may not write: they write it on a class, and it is moved.
/// </summary>
internal static class OpenAccess
{
    private const string Attribute = "IgnoresAccessChecksToAttribute";

    // The tag of an assembly among the things that can have an attribute. Source: ECMA-335, II.24.2.6, HasCustomAttribute.
    private const int AssemblyTag = 14;
    private const int TagBits = 5;

    /// <summary>A class with the attribute for every assembly of the app; lines of the code after it count from 1.</summary>
    public static string Preamble { get; } = MakePreamble();

    /// <summary>The options with every check of access left out.</summary>
    public static CSharpCompilationOptions Ignore(CSharpCompilationOptions options)
    {
        var flags = typeof(CSharpCompilationOptions).GetProperty("TopLevelBinderFlags", BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new NotSupportedException("cannot open a console: this version of Microsoft.CodeAnalysis.CSharp is not the one Retort.Console was written for. Use the version it asks for.");
        flags.SetValue(options, Enum.Parse(flags.PropertyType, "IgnoreAccessibility"));
        return options;
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

    private static string MakePreamble()
    {
        var preamble = new StringBuilder();
        foreach (var name in AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic).Select(assembly => assembly.GetName().Name!).Where(IsOfTheApp).Distinct(StringComparer.Ordinal))
            preamble.Append("[global::System.Runtime.CompilerServices.IgnoresAccessChecksTo(").Append(SymbolDisplay.FormatLiteral(name, quote: true)).Append(")] ");
        return preamble.Append("class __Access {}\n#line 1 \"console\"\n").ToString();
    }

    private static bool IsOfTheApp(string name) =>
        !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.", StringComparison.Ordinal) && !name.StartsWith("retort-console-", StringComparison.Ordinal);
}
