using System.Numerics;
using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>The wordwrap filter.</summary>
internal static class WrapFilters
{
    public static void Add(BuiltinTable table) => table.Add("wordwrap", Wrap, ["s"],
        [("width", Value.From(79)), ("break_long_words", Value.True), ("wrapstring", default), ("break_on_hyphens", Value.True)]);

    private static Value Wrap(EvalContext context, ReadOnlySpan<Value> a)
    {
        var separator = a[3].IsNone ? Value.From(context.NewlineSequence) : a[3];
        // Python asks it for join before it looks at the text; a chainable undefined has one, and fails when that is called.
        if (separator.IsUndefined)
            ((Undefined)separator.Reference).Chain(Value.From("join"));
        else if (!separator.IsText && separator.Kind != ValueKind.Bytes)
            throw Argument.Lacks(separator, "join");
        // Bytes have lines, which cannot be wrapped.
        if (a[0].Kind == ValueKind.Bytes && Operators.IsTrue(a[0]))
            throw PythonError.Type("cannot use a string pattern on a bytes-like object");
        var text = a[0].Kind == ValueKind.Bytes ? string.Empty : a[0].AsText ?? throw Argument.Lacks(a[0], "splitlines");
        if (text.Length == 0)
            return Join(context, separator, new ListValue([]));
        if (Comparison.LessOrEqual(a[1], Value.From(0)))
            throw PythonError.Value($"invalid width {Text.Repr(a[1])} (must be > 0)");
        var wrapper = new TextWrapper(Width(a[1]), Operators.IsTrue(a[2]), Operators.IsTrue(a[4])) { IsWhole = a[1].IsIntegral || Comparison.Less(a[1], Value.From(1)) };
        var paragraphs = TextSplit.Lines(text, keepEnds: false).Select(paragraph => Join(context, separator, new ListValue([.. wrapper.Wrap(paragraph).Select(line => Value.From(line))])));
        return Join(context, separator, new ListValue([.. paragraphs]));
    }

    // A line holds the whole characters of a width, and one if there is room for less.
    private static long Width(in Value width) => width.IsIntegral
        ? (long)BigInteger.Min(width.AsBigInteger, long.MaxValue / 2)
        : Math.Max(1, (long)Math.Min(Numbers.ToDouble(width), long.MaxValue / 2));

    // A safe separator escapes the lines, and makes safe text of them, which it leaves as it is between paragraphs.
    private static Value Join(EvalContext context, Value separator, ListValue parts) =>
        BuiltinMethods.Find(separator, "join") is { } join ? join.Body(context, separator, new Arguments([Value.From(parts)])) : throw Argument.Lacks(separator, "join");
}
