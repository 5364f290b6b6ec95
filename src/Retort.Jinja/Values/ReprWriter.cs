using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Python's <c>repr()</c>, also of containers that hold themselves.</summary>
internal sealed class ReprWriter
{
    private readonly StringBuilder _text = new();
    private readonly List<object> _open = [];
    private readonly long _limit = Concatenation.LongestHere;
    private int _charged;

    /// <summary>The repr of a value. Throws an OverflowError above the limit: a few lists in each other are soon longer than any memory.</summary>
    public static string Write(in Value value)
    {
        if (value.IsPlainString)
            return StringRepr.Of((string)value.Reference);
        var writer = new ReprWriter();
        writer.Append(value);
        Budget.Charge(writer._text.Length - writer._charged);
        return writer._text.ToString();
    }

    private void Append(in Value value)
    {
        if (_text.Length > _limit)
            throw Concatenation.TooLong(_limit);
        Budget.Charge(_text.Length, ref _charged);
        switch (value.Kind)
        {
            case ValueKind.String:
                StringRepr.Append(_text, (string)value.Reference);
                return;
            case ValueKind.Markup:
                _text.Append("Markup(");
                StringRepr.Append(_text, value.AsText!);
                _text.Append(')');
                return;
            case ValueKind.Bytes:
                StringRepr.Append(_text.Append('b'), Encoding.Latin1.GetString((byte[])value.Reference), asciiOnly: true);
                return;
            case ValueKind.Decimal:
                _text.Append("Decimal('").Append(Text.Str(value)).Append("')");
                return;
            case ValueKind.List or ValueKind.Tuple or ValueKind.Dict or ValueKind.Set:
                AppendContainer(value);
                return;
            case ValueKind.Range or ValueKind.Iterator or ValueKind.Template or ValueKind.Undefined:
                AppendObject((TemplateObject)value.Reference);
                return;
            case ValueKind.Host:
                _text.Append(HostText.Repr(value.Reference));
                return;
            default:
                _text.Append(Text.Str(value));
                return;
        }
    }

    private void AppendObject(TemplateObject target)
    {
        if (target is DictView view)
            AppendNested(view, "...", () => AppendSequence(view.TypeName + "([", Iteration.ToList(Value.From(view)), "])"));
        else if (target.ReprAttributes is var (name, attributes))
            AppendAttributes(name, attributes);
        else
            _text.Append(target.Repr());
    }

    private void AppendAttributes(string name, IReadOnlyDictionary<string, Value> attributes)
    {
        _text.Append('<').Append(name).Append(' ');
        AppendNested(attributes, "{...}", () => AppendPairs(attributes.Select(pair => KeyValuePair.Create(Value.From(pair.Key), pair.Value))));
        _text.Append('>');
    }

    private void AppendContainer(Value value)
    {
        var (whenOpen, append) = value.Kind switch
        {
            ValueKind.List => ("[...]", () => AppendSequence("[", Iteration.ToList(value), "]")),
            ValueKind.Tuple => ("(...)", () => AppendTuple((TupleValue)value.Reference)),
            ValueKind.Set => ("set(...)", () => AppendSet(Iteration.ToList(value))),
            _ => ("{...}", (Action)(() => AppendPairs(Mappings.Items(value)))),
        };
        AppendNested(value.Reference, whenOpen, append);
    }

    private void AppendNested(object container, string whenOpen, Action append)
    {
        if (_open.Contains(container, ReferenceEqualityComparer.Instance))
        {
            _text.Append(whenOpen);
            return;
        }
        Depth.EnsureLevel(_open.Count, "while getting the repr of an object");
        Budget.Walk();
        _open.Add(container);
        append();
        _open.RemoveAt(_open.Count - 1);
    }

    private void AppendItems<T>(string open, IEnumerable<T> items, Action<T> append, string close)
    {
        _text.Append(open);
        var separator = string.Empty;
        foreach (var item in items)
        {
            _text.Append(separator);
            append(item);
            separator = ", ";
        }
        _text.Append(close);
    }

    private void AppendSequence(string open, IReadOnlyList<Value> items, string close) => AppendItems(open, items, item => Append(item), close);

    private void AppendPairs(IEnumerable<KeyValuePair<Value, Value>> pairs) => AppendItems("{", pairs, pair =>
    {
        Append(pair.Key);
        _text.Append(": ");
        Append(pair.Value);
    }, "}");

    private void AppendTuple(TupleValue tuple)
    {
        if (tuple.NamedType is null)
            AppendSequence("(", tuple.Items, tuple.Items.Length == 1 ? ",)" : ")");
        else
            AppendItems(tuple.NamedType + "(", tuple.Names!.Zip(tuple.Items), part =>
            {
                _text.Append(part.First).Append('=');
                Append(part.Second);
            }, ")");
    }

    private void AppendSet(List<Value> items) => AppendSequence(items.Count == 0 ? "set(" : "{", items, items.Count == 0 ? ")" : "}");
}
