using System.Numerics;
using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Filters that take sequences apart or put them together.</summary>
internal static class SequenceFilters
{
    public static void Add(BuiltinTable table) => table
        .Add("length,count", static (_, a) => Value.From(Count(a[0])), ["obj"])
        .AddAwaiting("list", static (_, a) => Value.From(new ListValue(Iteration.ToList(a[0]))), ["value"])
        .AddAwaiting("first", First, ["seq"])
        .Add("last", Last, ["seq"])
        .Add("random", RandomItem, ["seq"])
        .Add("reverse", static (context, a) => Reverse(context, a[0]), ["value"])
        .AddAwaiting("join", Join, ["value"], [("d", Value.Empty), ("attribute", default)])
        .Add("batch", static (c, a) => Generators.Of("do_batch", Batch(c, a[0], a[1], a[2])), ["value", "linecount"], [("fill_with", default)])
        .AddAwaiting("slice", static (_, a) => Generators.Of("sync_do_slice", Slice(a[0], a[1], a[2])), ["value", "slices"], [("fill_with", default)])
        .Add("items", static (_, a) => Generators.Of("do_items", Items(a[0])), ["value"])
        .AddAwaiting("sum", Sum, ["iterable"], [("attribute", default), ("start", Value.From(0))]);

    private static BigInteger Count(in Value value) => value.Reference is RangeValue range && value.Kind == ValueKind.Range ? (BigInteger)range.Count : Operators.Length(value);

    private static Value First(EvalContext context, ReadOnlySpan<Value> a)
    {
        var items = Iteration.Start(a[0]);
        using var closing = items as IDisposable;
        return items.MoveNext(out var item) ? item : context.MakeUndefined(UndefinedOrigin.Because("No first item, sequence was empty."));
    }

    private static Value Last(EvalContext context, ReadOnlySpan<Value> a)
    {
        if (!Reversal.TryReverse(a[0], out var reversed))
            throw PythonError.Type($"'{Text.TypeName(a[0])}' object is not reversible");
        return reversed.MoveNext(out var item) ? item : context.MakeUndefined(UndefinedOrigin.Because("No last item, sequence was empty."));
    }

    private static Value RandomItem(EvalContext context, ReadOnlySpan<Value> a)
    {
        var count = Operators.Length(a[0]);
        if (count == 0)
            return context.MakeUndefined(UndefinedOrigin.Because("No random item, sequence was empty."));
        var index = Value.From(Random.Shared.NextInt64(count));
        if (Members.TryGetItem(context, a[0], index, out var item))
            return item;
        throw a[0].Kind == ValueKind.Dict ? PythonError.Key(Text.Repr(index)) : PythonError.Type($"'{Text.TypeName(a[0])}' object is not subscriptable");
    }

    private static Value Reverse(EvalContext context, in Value value)
    {
        if (value.IsText)
            return Members.Slice(context, value, default, default, Value.From(-1));
        if (Reversal.TryReverse(value, out var reversed))
            return Value.From(reversed);
        if (!Iteration.IsIterable(value))
            throw new FilterArgumentError("argument must be iterable");
        var items = Iteration.ToList(value);
        items.Reverse();
        return Value.From(new ListValue(items));
    }

    private static Value Join(EvalContext context, ReadOnlySpan<Value> a)
    {
        var path = a[2].IsNone ? null : new AttributePath(context, a[2]);
        // Python begins to read attributes before it makes text of the separator.
        var begun = path is null ? null : Iteration.Start(a[0]);
        var plain = context.Autoescape ? null : Text.Str(a[1]);
        var parts = new List<Value>();
        for (var items = begun ?? Iteration.Start(a[0]); items.MoveNext(out var item);)
            parts.Add(path is null ? item : path.Read(item));
        if (plain is not null)
            return Value.From(JoinText(context, plain, parts));
        // A separator that has HTML of its own but is no text is joined as plain text.
        if (!a[1].IsText && Text.HasHtml(a[1]))
            return Value.From(JoinText(context, Text.Str(a[1]), parts));
        var separator = Text.Soft(a[1]);
        // A separator that has HTML but is no safe text makes text of everything.
        if (separator.Kind != ValueKind.Markup && (Text.HasHtml(a[1]) || !parts.Exists(part => Text.HasHtml(part))))
            return Value.From(JoinText(context, separator.AsText!, parts));
        var safe = Text.Escape(separator).ToString();
        var escaped = parts.ConvertAll(part => Text.Escape(Text.TryGetHtml(part, out _) ? part : Text.Soft(part)).ToString());
        return Value.From(new Markup(StringMethods.Join(context, safe, escaped)));
    }

    private static string JoinText(EvalContext context, string separator, List<Value> parts) =>
        StringMethods.Join(context, separator, parts.ConvertAll(part => Text.Str(part)));

    private static IEnumerable<Value> Batch(EvalContext context, Value value, Value lineCount, Value fill)
    {
        var batch = new List<Value>();
        for (var items = Iteration.Start(value); items.MoveNext(out var item);)
        {
            if (Value.From(batch.Count) == lineCount)
            {
                yield return Value.From(new ListValue(batch));
                batch = [];
            }
            batch.Add(item);
        }
        if (batch.Count == 0)
            yield break;
        if (!fill.IsNone && Comparison.Less(Value.From(batch.Count), lineCount))
        {
            var missing = Operators.Subtract(lineCount, Value.From(batch.Count));
            batch.AddRange(Iteration.ToList(Operators.Multiply(Value.From(new ListValue([fill])), missing, context.Access.MaxRepeat)));
        }
        yield return Value.From(new ListValue(batch));
    }

    private static IEnumerable<Value> Slice(Value value, Value slices, Value fill)
    {
        var items = Iteration.ToList(value);
        Operators.ThrowIfUndefined(slices, slices);
        var count = Argument.Integer(slices);
        if (count == 0)
            throw PythonError.ZeroDivision("integer division or modulo by zero");
        var size = (int)Math.Floor((double)items.Count / count);
        var withExtra = items.Count - (size * count);
        var start = 0;
        for (var i = 0L; i < count; i++)
        {
            var length = size + (i < withExtra ? 1 : 0);
            var slice = items.GetRange(start, length);
            start += length;
            if (!fill.IsNone && i >= withExtra)
                slice.Add(fill);
            yield return Value.From(new ListValue(slice));
        }
    }

    private static IEnumerable<Value> Items(Value value)
    {
        if (value.IsUndefined)
            yield break;
        if (value.Kind != ValueKind.Dict)
            throw PythonError.Type("Can only get item pairs from a mapping.");
        foreach (var (key, item) in Mappings.Items(value))
            yield return Value.From(new TupleValue([key, item]));
    }

    private static Value Sum(EvalContext context, ReadOnlySpan<Value> a)
    {
        var total = a[2];
        var path = a[1].IsNone ? null : new AttributePath(context, a[1]);
        var items = Iteration.Start(a[0]);
        // The asynchronous filter adds up whatever there is.
        if (!context.IsAsync && (total.IsText || total.Kind == ValueKind.Bytes))
            throw PythonError.Type(total.IsText ? "sum() can't sum strings [use ''.join(seq) instead]" : "sum() can't sum bytes [use b''.join(seq) instead]");
        while (items.MoveNext(out var item))
            total = Concatenation.Checked(context, Operators.Add(total, path is null ? item : path.Read(item)));
        return total;
    }
}

/// <summary>Values of generators, which give their items once and on demand.</summary>
internal static class Generators
{
    public static Value Of(string name, IEnumerable<Value> items) => Value.From(new SequenceIterator(items.GetEnumerator(), "generator", name));
}

/// <summary>Python's <c>reversed()</c>.</summary>
internal static class Reversal
{
    /// <summary>The items from the last to the first; false for what has no order or cannot be gone back through.</summary>
    public static bool TryReverse(in Value value, out ValueIterator reversed)
    {
        var source = value;
        IEnumerable<Value>? items = value.Kind switch
        {
            ValueKind.List or ValueKind.Tuple => Indexed(source, Sequences.Count(source)),
            ValueKind.String => CodePoints.Split(value.AsText!).Reverse(),
            // Going back reads by index, which keeps what it reads safe; going forward does not.
            ValueKind.Markup => CodePoints.Split(value.AsText!).Reverse().Select(character => Value.From(new Markup(character.AsText))),
            ValueKind.Dict => Mappings.Items(value).Select(item => item.Key).Reverse(),
            ValueKind.Range => Numbers((RangeValue)value.Reference),
            ValueKind.Bytes => ((byte[])value.Reference).Reverse().Select(item => Value.From(item)),
            ValueKind.Template when value.Reference is DictView => Iteration.ToList(value).AsEnumerable().Reverse(),
            ValueKind.Undefined when ((Undefined)value.Reference).Length == 0 => [],
            _ => null,
        };
        reversed = items is null ? EmptyIterator.Instance : new SequenceIterator(items.GetEnumerator(), value.Kind == ValueKind.List ? "list_reverseiterator" : "reversed");
        return items is not null;
    }

    private static IEnumerable<Value> Indexed(Value sequence, int count)
    {
        for (var i = count - 1; i >= 0 && i < Sequences.Count(sequence); i--)
            yield return Sequences.At(sequence, i);
    }

    private static IEnumerable<Value> Numbers(RangeValue range)
    {
        for (var i = range.Count - 1; i >= 0; i--)
            yield return Value.From(range.At(i));
    }
}
