using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Python's <c>translate</c> and <c>maketrans</c>.</summary>
internal static class Translation
{
    public static string Apply(EvalContext context, string text, in Value table)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i += CodePoints.Width(text, i))
        {
            var code = CodePoints.At(text, i);
            if (!TryGet(context, table, code, out var mapped))
                result.Append(text, i, CodePoints.Width(text, i));
            else if (mapped.IsIntegral)
                result.Append(Character(Argument.Integer(mapped)));
            else if (!mapped.IsNone)
                result.Append(mapped.AsText ?? throw PythonError.Type("character mapping must return integer, None or str"));
            if (result.Length > text.Length)
                Concatenation.Limit(result.Length, context);
        }
        return result.ToString();
    }

    public static Value Make(ReadOnlySpan<Value> arguments)
    {
        var table = new DictValue();
        if (arguments[1].IsNone)
        {
            if (arguments[0].Kind != ValueKind.Dict)
                throw PythonError.Type("if you give only one argument to maketrans it must be a dict");
            foreach (var (key, value) in Mappings.Items(arguments[0]))
                table.Set(key.IsIntegral ? key : key.IsText ? Code(key) : throw PythonError.Type("keys in translate table must be strings or integers"), value);
            return Value.From(table);
        }
        var from = CodePoints.Split(Argument.Text(arguments[0], "maketrans", 1)).ToArray();
        var to = CodePoints.Split(Argument.Text(arguments[1], "maketrans", 2)).ToArray();
        var removed = arguments[2].IsNone ? string.Empty : Argument.Text(arguments[2], "maketrans", 3);
        if (from.Length != to.Length)
            throw PythonError.Value("the first two maketrans arguments must have equal length");
        for (var i = 0; i < from.Length; i++)
            table.Set(Code(from[i]), Code(to[i]));
        foreach (var character in CodePoints.Split(removed))
            table.Set(Code(character), default);
        return Value.From(table);
    }

    private static bool TryGet(EvalContext context, in Value table, int code, out Value mapped)
    {
        mapped = default;
        return table.Kind is ValueKind.Dict or ValueKind.List or ValueKind.Tuple or ValueKind.String or ValueKind.Markup or ValueKind.Bytes or ValueKind.Range or ValueKind.Host
            ? Members.TryGetItem(context, table, Value.From(code), out mapped)
            : throw Argument.Wrong(table, $"'{Text.TypeName(table)}' object is not subscriptable");
    }

    private static Value Code(in Value character)
    {
        var text = character.AsText;
        return text is not null && CodePoints.Count(text) == 1 ? Value.From(CodePoints.At(text, 0)) : throw PythonError.Value("string keys in translate table must be of length 1");
    }

    private static string Character(long code) =>
        code is >= 0 and <= 0x10FFFF ? PythonChar.ToText((int)code) : throw PythonError.Value("character mapping must be in range(0x110000)");
}
