using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Python's <c>+</c> and <c>*</c> of text, bytes, lists and tuples.</summary>
internal static class Concatenation
{
    public static Value Add(in Value left, in Value right)
    {
        if (left.IsPlainString && right.IsPlainString)
        {
            Check((long)((string)left.Reference).Length + ((string)right.Reference).Length, null);
            return Value.From(string.Concat((string)left.Reference, (string)right.Reference));
        }
        // Safe text asks the other side first, and an undefined may have a text.
        if (left.Kind == ValueKind.Markup && (right.IsText || Text.TryGetHtml(right, out _)))
            return Value.From(new Markup(left.AsText + Text.Escape(right)));
        Operators.ThrowIfUndefined(left, right);
        if (right.Kind == ValueKind.Markup && (left.IsText || Text.TryGetHtml(left, out _)))
            return Value.From(new Markup(Text.Escape(left).ToString() + right.AsText));
        if (left.Kind == ValueKind.List && right.Kind == ValueKind.List)
        {
            Check(Operators.Length(left) + Operators.Length(right), null);
            return Value.From(new ListValue([.. Iteration.ToList(left), .. Iteration.ToList(right)]));
        }
        if (left.Kind == ValueKind.Tuple && right.Kind == ValueKind.Tuple)
        {
            Check(Operators.Length(left) + Operators.Length(right), null);
            return Value.From(new TupleValue([.. ((TupleValue)left.Reference).Items, .. ((TupleValue)right.Reference).Items]));
        }
        if (left.Kind == ValueKind.Bytes && right.Kind == ValueKind.Bytes)
            return Value.From((byte[])[.. (byte[])left.Reference, .. (byte[])right.Reference]);
        if (DateMath.TryCompute('+', left, right, out var result))
            return result;
        throw left.Kind switch
        {
            ValueKind.String => PythonError.Type($"can only concatenate str (not \"{Text.TypeName(right)}\") to str"),
            ValueKind.List or ValueKind.Tuple => PythonError.Type($"can only concatenate {Text.TypeName(left)} (not \"{Text.TypeName(right)}\") to {Text.TypeName(left)}"),
            ValueKind.Bytes => PythonError.Type($"can't concat {Text.TypeName(right)} to bytes"),
            _ => Operators.Unsupported("+", left, right),
        };
    }

    public static bool IsRepeatable(in Value value) => value.Kind is ValueKind.String or ValueKind.Markup or ValueKind.Bytes or ValueKind.List or ValueKind.Tuple;

    public static Value Repeat(in Value sequence, in Value times, long limit)
    {
        if (!times.IsIntegral)
        {
            throw PythonError.Type(sequence.Kind == ValueKind.Markup
                ? $"'{Text.TypeName(times)}' object cannot be interpreted as an integer"
                : $"can't multiply sequence by non-int of type '{Text.TypeName(times)}'");
        }
        if (times.AsBigInteger > long.MaxValue || times.AsBigInteger < long.MinValue)
            throw PythonError.Overflow("cannot fit 'int' into an index-sized integer");
        var length = sequence.IsText ? sequence.AsText!.Length : Operators.Length(sequence);
        var count = times.AsBigInteger.Sign <= 0 || length == 0 ? 0 : times.AsBigInteger > limit / length ? throw TooLong(limit) : (int)times.AsBigInteger;
        Budget.Charge((long)length * count);
        return sequence.Kind switch
        {
            ValueKind.String => Value.From(Repeat(sequence.AsText!, count)),
            ValueKind.Markup => Value.From(new Markup(Repeat(sequence.AsText!, count))),
            ValueKind.Bytes => Value.From(Repeat((byte[])sequence.Reference, count)),
            ValueKind.Tuple => Value.From(new TupleValue(Repeat(((TupleValue)sequence.Reference).Items, count))),
            _ => Value.From(new ListValue([.. Repeat([.. Iteration.ToList(sequence)], count)])),
        };
    }

    /// <summary>Refuses a result that is longer than a repetition may be, before it is made; charges for a long one.</summary>
    public static void Check(long length, EvalContext? context)
    {
        if (length < Unchecked)
            return;
        Limit(length, context);
        Budget.Charge(length);
    }

    /// <summary>Refuses a length that a repetition could not have.</summary>
    public static void Limit(long length, EvalContext? context)
    {
        var limit = context?.Access.MaxRepeat ?? LongestHere;
        if (length > limit)
            throw TooLong(limit);
    }

    /// <summary>The limit of the running render where nothing else of it is known: no value is longer than its output may be.</summary>
    public static long LongestHere => Math.Min(Operators.MaxRepeat, Budget.Current?.MaxOutput ?? long.MaxValue);

    /// <summary>The same for a result that has been made.</summary>
    public static Value Checked(EvalContext context, in Value result)
    {
        if (result.IsText)
            Check(result.AsText!.Length, context);
        else if (result.Kind is ValueKind.List or ValueKind.Tuple)
            Check(Sequences.Count(result), context);
        return result;
    }

    // Limits are above it, or of no use.
    public const int Unchecked = 1000;

    public static PythonError TooLong(long limit) =>
        PythonError.Overflow(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the result would be longer than the limit of {limit}"));

    private static string Repeat(string text, int count) =>
        text.Length == 1 ? new string(text[0], count) : new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static T[] Repeat<T>(T[] items, int count)
    {
        var result = new T[items.Length * count];
        for (var i = 0; i < count; i++)
            items.CopyTo(result, i * items.Length);
        return result;
    }
}
