using System.Globalization;
using System.Text;
using Retort.Jinja.Values;

namespace Retort.Conformance;

/// <summary>Python's <c>json.dumps(value, ensure_ascii, indent, separators, sort_keys)</c>, which chat templates expect their host to offer.</summary>
internal sealed class PythonJson(bool ensureAscii, Value indent, Value separators, bool sortKeys)
{
    private readonly string? _indent = indent.IsNone ? null : indent.AsText ?? new string(' ', (int)indent.AsLong);

    private string ItemSeparator => separators.IsNone ? (_indent is null ? ", " : ",") : Text.Str(Iteration.ToList(separators)[0]);

    private string KeySeparator => separators.IsNone ? ": " : Text.Str(Iteration.ToList(separators)[1]);

    public string Write(in Value value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.ToString();
    }

    private void Write(StringBuilder text, in Value value, int level)
    {
        switch (value.Kind)
        {
            case ValueKind.None: text.Append("null"); break;
            case ValueKind.Bool: text.Append(value.AsBool ? "true" : "false"); break;
            case ValueKind.Int or ValueKind.BigInt: text.Append(Text.Str(value)); break;
            case ValueKind.Float:
                text.Append(value.AsDouble switch { double.NaN => "NaN", double.PositiveInfinity => "Infinity", double.NegativeInfinity => "-Infinity", _ => Text.Repr(value) });
                break;
            case ValueKind.String or ValueKind.Markup: Quote(text, Text.Str(value)); break;
            case ValueKind.List or ValueKind.Tuple: WriteList(text, Iteration.ToList(value), level); break;
            case ValueKind.Dict: WriteDict(text, value, level); break;
            default: throw Retort.Jinja.PythonError.Type($"Object of type {Text.TypeName(value)} is not JSON serializable");
        }
    }

    private void WriteList(StringBuilder text, List<Value> items, int level)
    {
        if (items.Count == 0)
        {
            text.Append("[]");
            return;
        }
        text.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            Separate(text, i, level + 1);
            Write(text, items[i], level + 1);
        }
        NewLine(text, level);
        text.Append(']');
    }

    private void WriteDict(StringBuilder text, in Value dict, int level)
    {
        var items = Mappings.Items(dict).ToList();
        if (items.Count == 0)
        {
            text.Append("{}");
            return;
        }
        if (sortKeys)
            items = [.. items.OrderBy(item => Text.Str(item.Key), StringComparer.Ordinal)];
        text.Append('{');
        for (var i = 0; i < items.Count; i++)
        {
            Separate(text, i, level + 1);
            Quote(text, KeyText(items[i].Key));
            text.Append(KeySeparator);
            Write(text, items[i].Value, level + 1);
        }
        NewLine(text, level);
        text.Append('}');
    }

    private static string KeyText(in Value key) => key.Kind switch
    {
        ValueKind.None => "null",
        ValueKind.Bool => key.AsBool ? "true" : "false",
        _ => Text.Str(key),
    };

    private void Separate(StringBuilder text, int index, int level)
    {
        if (index > 0)
            text.Append(ItemSeparator);
        NewLine(text, level);
    }

    private void NewLine(StringBuilder text, int level)
    {
        if (_indent is null)
            return;
        text.Append('\n');
        for (var i = 0; i < level; i++)
            text.Append(_indent);
    }

    private void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            switch (character)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"); break;
                case > '~' when ensureAscii: text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"); break;
                default: text.Append(character); break;
            }
        }
        text.Append('"');
    }
}
