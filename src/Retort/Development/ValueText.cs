using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Retort.Development;

/// <summary>
/// Shows a value as a developer reads it: text in quotes, lists and dictionaries with what is in them, objects with their properties. Never runs away: what is
/// long or deep is cut, and a member that fails says so. Members whose names say that they are secret are hidden.
/// </summary>
internal sealed class ValueText
{
    private const int LongestText = 2_000;
    private const int LongestWhole = 8_000;
    private const int MostItems = 50;
    private const int Deepest = 3;

    private readonly StringBuilder _text = new();
    private readonly HashSet<object> _open = new(ReferenceEqualityComparer.Instance);

    private ValueText()
    {
    }

    /// <summary>The value as text.</summary>
    public static string Of(object? value)
    {
        var writer = new ValueText();
        writer.Write(value, 0);
        return writer._text.Length > LongestWhole ? writer._text.ToString(0, LongestWhole) + "…" : writer._text.ToString();
    }

    /// <summary>A named value as text; hidden when the name says that it is secret.</summary>
    public static string Of(string name, object? value) =>
        SecretNames.IsSecret(name) && value is not (null or bool) ? SecretNames.Mask : SecretNames.InText(Of(value));

    private void Write(object? value, int depth)
    {
        if (_text.Length > LongestWhole)
            return;
        switch (value)
        {
            case null:
                _text.Append("null");
                break;
            case string text:
                WriteQuoted(text);
                break;
            case char character:
                _text.Append('\'').Append(character).Append('\'');
                break;
            case bool truth:
                _text.Append(truth ? "true" : "false");
                break;
            case Enum or Type or Delegate or Exception:
                _text.Append(Named(value));
                break;
            case IFormattable number when value.GetType().IsPrimitive || value is decimal or DateTime or DateTimeOffset or TimeSpan or Guid or DateOnly or TimeOnly:
                _text.Append(number.ToString(value is DateTime or DateTimeOffset ? "yyyy-MM-dd HH:mm:ss.FFFFFFFK" : null, CultureInfo.InvariantCulture));
                break;
            default:
                WriteObject(value, depth);
                break;
        }
    }

    private static string Named(object value) => value switch
    {
        Enum => $"{value.GetType().Name}.{value}",
        Type type => $"typeof({type.FullName ?? type.Name})",
        Delegate function => $"{value.GetType().Name.Split('`')[0]} {MethodNames.Of(function.Method)}",
        Exception error => $"{error.GetType().Name}: {error.Message}",
        _ => "",
    };

    private void WriteQuoted(string text)
    {
        _text.Append('"');
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, LongestText)))
        {
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                _ when char.IsControl(c) => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => _text.Append(c),
            };
        }
        _text.Append(text.Length > LongestText ? "\"… (" + text.Length.ToString(CultureInfo.InvariantCulture) + " characters)" : "\"");
    }

    private void WriteObject(object value, int depth)
    {
        if (!_open.Add(value))
        {
            _text.Append("(itself)");
            return;
        }
        try
        {
            WriteByKind(value, depth);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _text.Append("(could not be read: ").Append(error.GetType().Name).Append(": ").Append(error.Message).Append(')');
        }
        finally
        {
            _open.Remove(value);
        }
    }

    private void WriteByKind(object value, int depth)
    {
        var type = value.GetType();
        if (value is Stream or Task or CancellationToken || type.IsPointer || (depth > 0 && type.Namespace is { } space && IsPlatform(space) && value is not (IEnumerable or ITuple)))
            _text.Append(OwnText(value) ?? ShortName(type));
        else if (value is ITuple tuple && type.IsValueType)
            WriteItems("(", ")", Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), depth);
        else if (value is byte[] bytes)
            _text.Append(CultureInfo.InvariantCulture, $"byte[{bytes.Length}] {Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, 64)))}{(bytes.Length > 64 ? "…" : "")}");
        else if (value is IDictionary dictionary)
            WriteEntries(dictionary.Keys.Cast<object>().Select(key => (key, dictionary[key])), depth);
        else if (value is IEnumerable<KeyValuePair<string, object?>> pairs)
            WriteEntries(pairs.Select(pair => ((object)pair.Key, pair.Value)), depth);
        else if (value is IEnumerable<KeyValuePair<string, string>> texts)
            WriteEntries(texts.Select(pair => ((object)pair.Key, (object?)pair.Value)), depth);
        else if (value is ICollection or IReadOnlyCollection<object> || (value is IEnumerable && type.GetProperty("Count") is not null))
            WriteItems("[", "]", ((IEnumerable)value).Cast<object?>(), depth);
        else if (value is IEnumerable lazy && OwnText(value) is null)
            WriteItems("[", "]", lazy.Cast<object?>(), depth);
        else if (!IsRecordLike(type) && OwnText(value) is { } own)
            _text.Append(own);
        else
            WriteMembers(value, type, depth);
    }

    private void WriteItems(string open, string close, IEnumerable<object?> items, int depth) => WriteEach(open, "", close, items, depth, item => Write(item, depth + 1));

    private void WriteEntries(IEnumerable<(object Key, object? Value)> entries, int depth) => WriteEach("{", " ", "}", entries, depth, entry =>
    {
        Write(entry.Key, depth + 1);
        _text.Append(": ");
        WriteMember(entry.Key.ToString() ?? "", entry.Value, depth);
    });

    private void WriteMembers(object value, Type type, int depth)
    {
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .Select(property => (property.Name, Read: (Func<object?>)(() => property.GetValue(value))))
            .Concat(type.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => (field.Name, Read: (Func<object?>)(() => field.GetValue(value)))));
        WriteEach(ShortName(type) is { Length: > 0 } name ? name + " {" : "{", " ", "}", members, depth, member =>
        {
            _text.Append(member.Name).Append(" = ");
            try
            {
                WriteMember(member.Name, member.Read(), depth);
            }
            catch (TargetInvocationException error)
            {
                _text.Append('(').Append(error.InnerException?.GetType().Name).Append(": ").Append(error.InnerException?.Message).Append(')');
            }
        });
    }

    private void WriteEach<T>(string open, string gap, string close, IEnumerable<T> items, int depth, Action<T> write)
    {
        _text.Append(open);
        var count = 0;
        foreach (var item in items)
        {
            _text.Append(count > 0 ? ", " : gap);
            if (count++ == MostItems || depth >= Deepest || _text.Length > LongestWhole)
            {
                _text.Append('…');
                break;
            }
            write(item);
        }
        _text.Append(count > 0 ? gap : "").Append(close);
    }

    private void WriteMember(string name, object? value, int depth)
    {
        if (SecretNames.IsSecret(name) && value is not (null or bool))
            _text.Append(SecretNames.Mask);
        else
            Write(value, depth + 1);
    }

    /// <summary>What the object's class says of itself, or null when it leaves that to <see cref="object"/>.</summary>
    private static string? OwnText(object value)
    {
        var method = value.GetType().GetMethod(nameof(ToString), Type.EmptyTypes);
        return method is null || method.DeclaringType == typeof(object) || method.DeclaringType == typeof(ValueType) ? null : value.ToString();
    }

    private static bool IsRecordLike(Type type) => type.GetMethod("<Clone>$") is not null || IsAnonymous(type);

    private static bool IsPlatform(string space) => space is "System" or "Microsoft" || space.StartsWith("System.", StringComparison.Ordinal) || space.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static bool IsAnonymous(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.Name.Contains("AnonymousType", StringComparison.Ordinal);

    private static string ShortName(Type type) => IsAnonymous(type) ? "" : type.IsGenericType ? type.Name.Split('`')[0] : type.Name;
}
