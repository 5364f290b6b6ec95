using System.Buffers;
using System.Globalization;
using System.Text;
using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>JSON as Python's <c>json.dumps</c> writes it. Objects of the host become JSON objects of their members.</summary>
internal sealed class JsonText
{
    // What becomes a backslash and a letter, and the letters.
    private const string Escaped = "\"\\\n\r\t\f\b";
    private const string Letters = "\"\\nrtfb";
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', 0x7F - ' ').Select(code => (char)code).Except(Escaped)]);

    private readonly StringBuilder _text = new();
    private readonly List<object> _open = [];
    private readonly Func<object, string?>? _default;
    private readonly AccessPolicy _access;
    private readonly bool _sortKeys;
    private readonly bool _ensureAscii;
    private readonly string? _indent;
    private int _charged;

    public JsonText(EvalContext context, in Value indent)
    {
        var policies = context.Policies;
        _access = context.Access;
        _default = policies.JsonDefault;
        _sortKeys = policies.JsonSortKeys;
        _ensureAscii = policies.JsonEnsureAscii;
        _indent = indent.AsText ?? (!indent.IsNone ? Operators.Multiply(Value.From(" "), indent).AsText : policies.JsonIndent is { } spaces ? new string(' ', spaces) : null);
    }

    public string Write(in Value value)
    {
        Append(value);
        return _text.ToString();
    }

    private void Append(in Value value)
    {
        Concatenation.Limit(_text.Length, null);
        Budget.Charge(_text.Length, ref _charged);
        if (_default is not null && value.Kind is ValueKind.Host or ValueKind.Decimal && value.ToObject() is { } host && _default(host) is { } text)
        {
            AppendString(text);
            return;
        }
        switch (value.Kind)
        {
            case ValueKind.Decimal:
                _text.Append(Text.Str(value));
                return;
            case ValueKind.String or ValueKind.Markup:
                AppendString(value.AsText!);
                return;
            case ValueKind.List or ValueKind.Tuple:
                AppendItems(value.Reference, "[]", Iteration.ToList(value), item => Append(item));
                return;
            case ValueKind.Dict:
                AppendObject(value.Reference, Mappings.Items(value));
                return;
            case ValueKind.Host when HostItems(value.Reference) is { } members:
                AppendObject(value.Reference, members);
                return;
            case ValueKind.Host when value.Reference is DateTime or DateTimeOffset or DateOnly or TimeOnly or Guid or Uri or Version:
                AppendString(value.Reference is Guid or Uri or Version ? HostText.Str(value.Reference) : Dates.IsoFormat(value.Reference, 'T'));
                return;
            default:
                _text.Append(Scalar(value) ?? throw PythonError.Type($"Object of type {Text.ClassName(value)} is not JSON serializable"));
                return;
        }
    }

    // What has members but is no date, identifier or the like.
    private IEnumerable<KeyValuePair<Value, Value>>? HostItems(object host)
    {
        var type = HostType.Of(host);
        if (type.IsForbidden || host is System.Collections.IEnumerable or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Guid or Uri or Version)
            return null;
        var members = type.Members.Values.Where(member => !member.IsMethod && type.Members.ContainsKey(member.Name)).DistinctBy(member => member.Name);
        if (_access.IsSandbox)
        {
            // What the template may not read it may not have written out either.
            var self = Value.FromHost(host, ValueKind.Host);
            members = members.Where(member => _access.AllowsMember(self, member.Name)).ToArray();
            if (!members.Any())
                return null;
        }
        return members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => new KeyValuePair<Value, Value>(Value.From(member.Name), member.Get(host)));
    }

    // What is written alike as a value and, in quotes, as a key.
    private static string? Scalar(in Value value) => value.Kind switch
    {
        ValueKind.None => "null",
        ValueKind.Bool => value.AsBool ? "true" : "false",
        ValueKind.Int or ValueKind.BigInt => Text.Str(value),
        ValueKind.Float when double.IsFinite(value.AsDouble) => FloatText.Format(value.AsDouble),
        ValueKind.Float => double.IsNaN(value.AsDouble) ? "NaN" : value.AsDouble > 0 ? "Infinity" : "-Infinity",
        _ => null,
    };

    private void AppendObject(object owner, IEnumerable<KeyValuePair<Value, Value>> source)
    {
        var items = source.ToList();
        if (_sortKeys)
        {
            var order = Sorting.Sort(items.ConvertAll(item => item.Key), key: null, reverse: false);
            var values = new Dictionary<Value, Value>(items);
            items = order.ConvertAll(key => new KeyValuePair<Value, Value>(key, values[key]));
        }
        AppendItems(owner, "{}", items, item =>
        {
            AppendString(Key(item.Key));
            _text.Append(": ");
            Append(item.Value);
        });
    }

    private void AppendItems<T>(object owner, string brackets, List<T> items, Action<T> append)
    {
        // Nothing goes between the brackets of nothing, not even a new line.
        if (items.Count == 0)
        {
            _text.Append(brackets);
            return;
        }
        if (_open.Exists(open => ReferenceEquals(open, owner)))
            throw PythonError.Value("Circular reference detected");
        Depth.EnsureLevel(_open.Count, "while encoding a JSON object");
        Budget.Walk();
        _open.Add(owner);
        _text.Append(brackets[0]);
        for (var i = 0; i < items.Count; i++)
        {
            _text.Append(i == 0 ? string.Empty : _indent is null ? ", " : ",");
            NewLine();
            append(items[i]);
        }
        _open.RemoveAt(_open.Count - 1);
        NewLine();
        _text.Append(brackets[1]);
    }

    private static string Key(in Value key) =>
        key.AsText ?? Scalar(key) ?? throw PythonError.Type($"keys must be str, int, float, bool or None, not {Text.ClassName(key)}");

    private void NewLine()
    {
        if (_indent is null)
            return;
        _text.Append('\n');
        for (var i = 0; i < _open.Count; i++)
            _text.Append(_indent);
    }

    private void AppendString(string text)
    {
        _text.Append('"');
        var rest = text.AsSpan();
        for (var next = rest.IndexOfAnyExcept(Plain); next >= 0; next = rest.IndexOfAnyExcept(Plain))
        {
            _text.Append(rest[..next]);
            AppendCharacter(rest[next]);
            rest = rest[(next + 1)..];
        }
        _text.Append(rest).Append('"');
    }

    private void AppendCharacter(char character)
    {
        if (Escaped.IndexOf(character) is var index and >= 0)
            _text.Append('\\').Append(Letters[index]);
        else if (character < ' ' || _ensureAscii)
            _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        else
            _text.Append(character);
    }
}
