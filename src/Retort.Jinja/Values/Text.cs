using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

namespace Retort.Jinja.Values;

/// <summary>Values as text.</summary>
internal static class Text
{
    // Python refuses to print larger integers since 3.11, because the time grows with the square of the length.
    private const int MaxIntegerDigits = 4300;

    /// <summary>Python's <c>str()</c>.</summary>
    public static string Str(in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String: return (string)value.Reference;
            case ValueKind.None: return "None";
            case ValueKind.Bool: return value.AsBool ? "True" : "False";
            case ValueKind.Int: return value.AsLong.ToString(CultureInfo.InvariantCulture);
            case ValueKind.BigInt: return Integer((BigInteger)value.Reference);
            case ValueKind.Float: return FloatText.Format(value.AsDouble);
            case ValueKind.Decimal: return ((decimal)value.Reference).ToString(CultureInfo.InvariantCulture);
            case ValueKind.Markup: return ((Markup)value.Reference).ToString();
            case ValueKind.Undefined: return ((Undefined)value.Reference).Str();
            case ValueKind.Template: return ((TemplateObject)value.Reference).Str();
            case ValueKind.Host: return HostText.Str(value.Reference);
            default: return ReprWriter.Write(value);
        }
    }

    /// <summary>Python's <c>repr()</c>.</summary>
    public static string Repr(in Value value) => ReprWriter.Write(value);

    /// <summary>An integer's digits. Throws Python's ValueError beyond 4300 of them.</summary>
    public static string Integer(BigInteger value)
    {
        if (BigInteger.Abs(value).GetBitLength() > 14_285 || (BigInteger.Abs(value).GetBitLength() > 14_280 && BigInteger.Abs(value) >= BigInteger.Pow(10, MaxIntegerDigits)))
            throw PythonError.Value($"Exceeds the limit ({MaxIntegerDigits} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
        return value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Writes <c>str(value)</c> as UTF-8; escaped for HTML if asked and the value is not safe.</summary>
    public static void Write(IBufferWriter<byte> output, in Value value, bool escape)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                HtmlEscape.Write(output, (string)value.Reference, escape);
                return;
            case ValueKind.Int:
                Utf8Formatter.TryFormat(value.AsLong, output.GetSpan(24), out var length);
                output.Advance(length);
                return;
            case ValueKind.Float:
                WriteFloat(output, value.AsDouble);
                return;
            case ValueKind.Decimal:
                ((decimal)value.Reference).TryFormat(output.GetSpan(40), out length, default, CultureInfo.InvariantCulture);
                output.Advance(length);
                return;
            case ValueKind.Markup:
                HtmlEscape.Write(output, ((Markup)value.Reference).ToString(), escape: false);
                return;
            default:
                if (escape && TryGetHtml(value, out var html))
                    HtmlEscape.Write(output, html, escape: false);
                else
                    HtmlEscape.Write(output, Str(value), escape);
                return;
        }
    }

    private static void WriteFloat(IBufferWriter<byte> output, double value)
    {
        Span<char> text = stackalloc char[FloatText.MaxLength];
        var length = FloatText.Format(value, text);
        var target = output.GetSpan(FloatText.MaxLength);
        for (var i = 0; i < length; i++)
            target[i] = (byte)text[i];
        output.Advance(length);
    }

    /// <summary>MarkupSafe's <c>escape()</c>: safe text as it is, everything else as escaped text.</summary>
    public static Markup Escape(in Value value)
    {
        if (value.Kind == ValueKind.Markup)
            return (Markup)value.Reference;
        return new Markup(TryGetHtml(value, out var html) ? html : HtmlEscape.Escape(Str(value)));
    }

    /// <summary>Whether the value has <c>__html__</c>.</summary>
    public static bool HasHtml(in Value value) => TryGetHtml(value, out _);

    /// <summary>Whether the value has <c>__html__</c>, and what it gives.</summary>
    public static bool TryGetHtml(in Value value, out string html)
    {
        html = string.Empty;
        switch (value.Kind)
        {
            case ValueKind.Markup:
                html = ((Markup)value.Reference).ToString();
                return true;
            case ValueKind.Host when value.Reference is IHtml safe:
                html = safe.ToHtml();
                return true;
            case ValueKind.Template or ValueKind.Undefined when ((TemplateObject)value.Reference).TryGetHtml(out var own):
                html = own;
                return true;
            default:
                return false;
        }
    }

    /// <summary>A text, which is safe in HTML or is not.</summary>
    public static Value Of(string text, bool isSafe) => isSafe ? Value.From(new Markup(text)) : Value.From(text);

    /// <summary>The same with each plain text made something else, be it the value or in a list or tuple.</summary>
    public static Value Map(in Value value, Func<string, Value> map) => value.Reference switch
    {
        string text => map(text),
        ListValue list => Value.From(new ListValue(list.Items.ConvertAll(item => Map(item, map)))),
        TupleValue tuple => Value.From(new TupleValue(Array.ConvertAll(tuple.Items, item => Map(item, map)))),
        _ => value,
    };

    /// <summary>MarkupSafe's <c>soft_str()</c>: text stays what it is, everything else becomes plain text.</summary>
    public static Value Soft(in Value value) => value.IsText ? value : Value.From(Str(value));

    /// <summary>Python's <c>type(value).__name__</c>.</summary>
    public static string TypeName(in Value value) => value.Kind switch
    {
        ValueKind.None => "NoneType",
        ValueKind.Bool => "bool",
        ValueKind.Int or ValueKind.BigInt => "int",
        ValueKind.Float => "float",
        ValueKind.Decimal => "decimal.Decimal",
        ValueKind.String => "str",
        ValueKind.Markup => "Markup",
        ValueKind.Bytes => "bytes",
        ValueKind.List => "list",
        ValueKind.Dict => "dict",
        ValueKind.Set => "set",
        ValueKind.Host => HostText.TypeName(value.Reference),
        _ => ((TemplateObject)value.Reference).ShortTypeName,
    };

    /// <summary>The name of its class alone, Python's <c>__name__</c>.</summary>
    public static string ClassName(in Value value) => TypeName(value) is var name && name.LastIndexOf('.') is var dot and >= 0 ? name[(dot + 1)..] : name;

    /// <summary>Jinja's words for an object in messages: <c>dict object</c>, <c>None</c>.</summary>
    public static string DescribeType(in Value value) => value.Kind switch
    {
        ValueKind.None => "None",
        ValueKind.Markup => "markupsafe.Markup object",
        ValueKind.Host => HostText.FullTypeName(value.Reference) + " object",
        ValueKind.Template or ValueKind.Undefined or ValueKind.Tuple => ((TemplateObject)value.Reference).TypeName + " object",
        _ => TypeName(value) + " object",
    };
}
