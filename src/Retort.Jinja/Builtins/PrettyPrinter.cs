using System.Text;
using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Python's <c>pprint.pformat</c>: at most 80 columns where items can be broken, dictionaries and sets sorted.</summary>
internal sealed class PrettyPrinter
{
    private const int Width = 80;

    private readonly StringBuilder _text = new();
    private readonly List<object> _open = [];

    public static string Format(in Value value)
    {
        var printer = new PrettyPrinter();
        printer.Append(value, 0, 0);
        return printer._text.ToString();
    }

    private void Append(in Value value, int indent, int allowance)
    {
        var flat = Flat(value);
        if (CodePoints.Count(flat) <= Width - indent - allowance || !CanBreak(value) || _open.Contains(value.Reference, ReferenceEqualityComparer.Instance))
        {
            _text.Append(flat);
            return;
        }
        _open.Add(value.Reference);
        if (value.IsPlainString)
            AppendString((string)value.Reference, indent, allowance);
        else
            AppendParts(value, indent + 1, allowance);
        _open.RemoveAt(_open.Count - 1);
    }

    private static bool CanBreak(in Value value) => value.Kind switch
    {
        ValueKind.Dict or ValueKind.List => true,
        ValueKind.Set => Operators.Length(value) > 0,
        ValueKind.Tuple => IsPlain(value),
        ValueKind.String => ((string)value.Reference).Length > 0,
        _ => false,
    };

    private static bool IsPlain(in Value tuple) => ((TupleValue)tuple.Reference).Names is null;

    private void AppendParts(in Value container, int indent, int allowance)
    {
        var (open, parts, close) = Take(container);
        _text.Append(open);
        for (var i = 0; i < parts.Count; i++)
        {
            var (key, item) = parts[i];
            _text.Append(i > 0 ? ",\n" + new string(' ', indent) : string.Empty).Append(key);
            Append(item, indent + CodePoints.Count(key), i == parts.Count - 1 ? allowance + close.Length : 1);
        }
        _text.Append(close);
    }

    // A container as what stands between its brackets: each item with the key before it, if it has one.
    private (string Open, List<(string Key, Value Item)> Parts, string Close) Take(in Value container) => container.Kind switch
    {
        ValueKind.Dict => ("{", SortedItems(container).ConvertAll(item => (Flat(item.Key) + ": ", item.Value)), "}"),
        ValueKind.Set => ("{", Sorting.Sort(Iteration.ToList(container), key: null, reverse: false, SafeLess).ConvertAll(WithoutKey), "}"),
        ValueKind.List => ("[", Iteration.ToList(container).ConvertAll(WithoutKey), "]"),
        _ => ("(", Iteration.ToList(container).ConvertAll(WithoutKey), Operators.Length(container) == 1 ? ",)" : ")"),
    };

    private static (string Key, Value Item) WithoutKey(Value item) => (string.Empty, item);

    // Long text becomes several literals, broken at line ends and else at white space; in parentheses where nothing else encloses it.
    private void AppendString(string text, int indent, int allowance)
    {
        var alone = _open.Count == 1;
        if (alone)
            (indent, allowance) = (indent + 1, allowance + 1);
        var lines = TextSplit.Lines(text, keepEnds: true).ToList();
        var chunks = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            var last = i == lines.Count - 1;
            var quoted = StringRepr.Of(lines[i]);
            if (CodePoints.Count(quoted) <= Width - indent - (last ? allowance : 0))
                chunks.Add(quoted);
            else
                AddParts(chunks, lines[i], Width - indent, last ? allowance : 0);
        }
        if (chunks.Count == 1)
        {
            _text.Append(StringRepr.Of(lines[^1]));
            return;
        }
        _text.Append(alone ? "(" : string.Empty).AppendJoin("\n" + new string(' ', indent), chunks).Append(alone ? ")" : string.Empty);
    }

    private static void AddParts(List<string> chunks, string line, int width, int allowance)
    {
        var current = string.Empty;
        for (var i = 0; i < line.Length;)
        {
            var end = i;
            end = PythonChar.SkipWord(line, end);
            end = PythonChar.SkipSpace(line, end);
            var candidate = current + line[i..end];
            if (CodePoints.Count(StringRepr.Of(candidate)) > width - (end == line.Length ? allowance : 0))
            {
                if (current.Length > 0)
                    chunks.Add(StringRepr.Of(current));
                candidate = line[i..end];
            }
            current = candidate;
            i = end;
        }
        if (current.Length > 0)
            chunks.Add(StringRepr.Of(current));
    }

    /// <summary>The repr, but with dictionaries in the order of their keys at every level.</summary>
    private string Flat(in Value value)
    {
        if (value.Kind is not (ValueKind.Dict or ValueKind.List) && !(value.Kind == ValueKind.Tuple && IsPlain(value)))
            return Measured(Text.Repr(value));
        if (_open.Contains(value.Reference, ReferenceEqualityComparer.Instance))
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"<Recursion on {Text.TypeName(value)} with id={TemplateObject.Identify(value.Reference)}>");
        Depth.EnsureLevel(_open.Count, "while pretty printing");
        Budget.Walk();
        _open.Add(value.Reference);
        var (open, parts, close) = Take(value);
        var text = open + string.Join(", ", parts.ConvertAll(part => part.Key + Flat(part.Item))) + close;
        _open.RemoveAt(_open.Count - 1);
        return Measured(text);
    }

    // A list that holds the same text a thousand times is a thousand times as long once it is written.
    private string Measured(string text)
    {
        _flattened += text.Length;
        Concatenation.Limit(_flattened, null);
        Budget.Charge(text.Length);
        return text;
    }

    private long _flattened;

    private static List<KeyValuePair<Value, Value>> SortedItems(in Value dict)
    {
        var items = Mappings.Items(dict).ToList();
        var positions = Sorting.Sort([.. Enumerable.Range(0, items.Count).Select(i => Value.From(i))], i => items[(int)i.AsLong].Key, reverse: false, SafeLess);
        return positions.ConvertAll(i => items[(int)i.AsLong]);
    }

    // Keys without an order among each other go by the names of their types.
    private static bool SafeLess(in Value left, in Value right)
    {
        try
        {
            return Comparison.Less(left, right);
        }
        catch (PythonError error) when (error.Kind == PythonErrorKind.TypeError)
        {
            return string.CompareOrdinal(Text.TypeName(left), Text.TypeName(right)) < 0;
        }
    }
}
