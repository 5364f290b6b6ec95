using System.Collections.Frozen;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Retort.Architecture.Tests;

/// <summary>Walks the instructions of a method body. Source: ECMA-335, partition III.</summary>
internal static class Instructions
{
    private static readonly FrozenDictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToFrozenDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    /// <summary>The metadata that the instructions name: types, members, and signatures of indirect calls.</summary>
    public static IEnumerable<EntityHandle> Tokens(byte[] code)
    {
        var position = 0;
        while (position < code.Length)
        {
            var operand = Operands[ReadCode(code, ref position)];
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineSig or OperandType.InlineTok or OperandType.InlineType)
                yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(code, position));
            position += Length(operand, code, position);
        }
    }

    private static int ReadCode(byte[] code, ref int position)
    {
        int first = code[position++];
        return first == 0xFE ? (first << 8) | code[position++] : first;
    }

    private static int Length(OperandType operand, byte[] code, int position) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, position)),
        _ => 4,
    };
}
