using System.Globalization;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>
/// Python's <c>str.format</c>. In a sandbox every attribute and item inside the format is read through the environment, however the method was
/// reached (CVE-2016-10745, CVE-2019-10906, CVE-2024-56326, CVE-2025-27516).
/// </summary>
internal static class BraceFormat
{
    private const int MaxNesting = 2;

    public static Value Format(EvalContext context, in Value self, Arguments arguments) =>
        new Run(context, arguments.Positional.ToArray(), Value.From(arguments.NamedAsDict()), self.Kind == ValueKind.Markup).Expand(self.AsText!);

    public static Value FormatMap(EvalContext context, in Value self, in Value mapping) =>
        new Run(context, null, mapping, self.Kind == ValueKind.Markup).Expand(self.AsText!);

    private sealed class Run(EvalContext context, Value[]? positional, Value names, bool isMarkup)
    {
        private int _automatic;
        private bool _manual;

        private bool UsesFormatter => isMarkup || context.Access.IsSandbox;

        public Value Expand(string format) => Text.Of(Expand(format, MaxNesting), isMarkup);

        private string Expand(string format, int nesting)
        {
            if (nesting < 0)
                throw PythonError.Value("Max string recursion exceeded");
            var result = new StringBuilder(format.Length + 16);
            for (var i = 0; i < format.Length;)
            {
                var brace = format.AsSpan(i).IndexOfAny('{', '}');
                if (brace < 0)
                    return result.Append(format, i, format.Length - i).ToString();
                result.Append(format, i, brace);
                i += brace;
                if (i + 1 < format.Length && format[i + 1] == format[i])
                {
                    result.Append(format[i]);
                    i += 2;
                    continue;
                }
                if (format[i] == '}')
                    throw PythonError.Value("Single '}' encountered in format string");
                if (i + 1 == format.Length)
                    throw PythonError.Value("Single '{' encountered in format string");
                i++;
                result.Append(Field(format, ref i, nesting));
                Concatenation.Limit(result.Length, context);
            }
            return result.ToString();
        }

        // A name, a conversion after an exclamation mark, a specification after a colon; as CPython's parse_field reads them.
        private string Field(string format, ref int next, int nesting)
        {
            var nameEnd = NameEnd(format, next);
            var name = format[next..nameEnd];
            var (mark, conversion, spec) = (format[nameEnd], '\0', string.Empty);
            next = nameEnd + 1;
            if (mark == '!')
            {
                conversion = next < format.Length ? format[next++] : throw PythonError.Value("end of string while looking for conversion specifier");
                mark = next < format.Length ? format[next++] : ':';
                if (mark is not (':' or '}'))
                    throw PythonError.Value("expected ':' after conversion specifier");
            }
            if (mark == ':')
            {
                var end = FormatSpec.Closing(format, next, '{', '}');
                if (end < 0)
                    throw PythonError.Value("unmatched '{' in format spec");
                spec = format[next..end];
                next = end + 1;
            }
            var value = Convert(Resolve(name), conversion);
            return FormatField(value, spec.Contains('{') ? Expand(spec, nesting - 1) : spec);
        }

        // Inside of brackets every character is part of a key.
        private static int NameEnd(string format, int start)
        {
            for (var i = start; i < format.Length; i++)
            {
                if (format[i] is ':' or '!' or '}')
                    return i;
                if (format[i] == '{')
                    throw PythonError.Value("unexpected '{' in field name");
                if (format[i] == '[' && format.IndexOf(']', i) is var close)
                    i = close < 0 ? format.Length : close;
            }
            throw PythonError.Value("expected '}' before end of string");
        }

        private string FormatField(in Value value, string spec)
        {
            if (!isMarkup)
                return ValueFormat.Format(context, value, spec);
            if (!Text.TryGetHtml(value, out var html))
                return HtmlEscape.Escape(ValueFormat.Format(context, value, spec));
            return spec.Length == 0 ? html : throw PythonError.Value(value.Kind == ValueKind.Markup
                ? "Unsupported format specification for Markup."
                : $"Format specifier {spec} given, but {Text.TypeName(value)} does not define __html_format__.");
        }

        private static Value Convert(in Value value, char conversion) => conversion switch
        {
            '\0' => value,
            's' => Value.From(Text.Str(value)),
            'r' => Value.From(Text.Repr(value)),
            'a' => Value.From(PercentFormat.Ascii(Text.Repr(value))),
            _ => throw PythonError.Value($"Unknown conversion specifier '{conversion}'"),
        };

        private Value Resolve(string name)
        {
            var end = name.AsSpan().IndexOfAny('.', '[');
            // Python's own formatter class, which escapes and guards, numbers a field only if it is wholly empty.
            if (end == 0 && UsesFormatter)
                throw PythonError.Key("''");
            var value = First(end < 0 ? name : name[..end]);
            for (var i = end < 0 ? name.Length : end; i < name.Length;)
            {
                if (name[i] == '.')
                {
                    var next = name.AsSpan(i + 1).IndexOfAny('.', '[') is var at and >= 0 ? i + 1 + at : name.Length;
                    value = Attribute(value, NotEmpty(name[(i + 1)..next]));
                    i = next;
                    continue;
                }
                if (name[i] != '[')
                    throw PythonError.Value("Only '.' or '[' may follow ']' in format field specifier");
                var close = name.IndexOf(']', i);
                if (close < 0)
                    throw PythonError.Value("Missing ']' in format string");
                value = Item(value, NotEmpty(name[(i + 1)..close]));
                i = close + 1;
            }
            return value;
        }

        private static string NotEmpty(string name) => name.Length > 0 ? name : throw PythonError.Value("Empty attribute in format string");

        private Value First(string name)
        {
            if (name.Length > 0 && !IsNumber(name))
                return Read(names, Value.From(name));
            if (name.Length == 0 ? _manual : _automatic > 0)
                throw PythonError.Value(name.Length == 0 || UsesFormatter
                    ? "cannot switch from manual field specification to automatic field numbering"
                    : "cannot switch from automatic field numbering to manual field specification");
            _manual |= name.Length > 0;
            var index = name.Length == 0 ? _automatic++ : Index(name);
            if (positional is null)
                throw UsesFormatter ? PythonError.Index("tuple index out of range") : PythonError.Value("Format string contains positional fields");
            if (index < positional.Length)
                return positional[index];
            throw PythonError.Index(UsesFormatter ? "tuple index out of range" : string.Create(CultureInfo.InvariantCulture, $"Replacement index {index} out of range for positional args tuple"));
        }

        private Value Attribute(in Value target, string name)
        {
            if (context.Access.IsSandbox)
                return context.GetAttribute(target, name);
            return Members.TryGetMember(context, target, name, out var value)
                ? value
                : throw PythonError.Attribute($"'{Text.TypeName(target)}' object has no attribute '{name}'");
        }

        private Value Item(in Value target, string name)
        {
            var key = IsNumber(name) ? Value.From(Index(name)) : Value.From(name);
            return context.Access.IsSandbox ? context.GetItem(target, key) : Read(target, key);
        }

        // Python's own subscript, without Jinja's detour to attributes.
        private Value Read(in Value target, in Value key)
        {
            if (Members.TryGetItem(context, target, key, out var value))
                return value;
            throw target.Kind switch
            {
                ValueKind.Dict => PythonError.Key(Text.Repr(key)),
                ValueKind.List or ValueKind.Tuple or ValueKind.String or ValueKind.Markup or ValueKind.Range when key.IsInt => PythonError.Index($"{Text.TypeName(target)} index out of range"),
                ValueKind.List or ValueKind.Tuple or ValueKind.String or ValueKind.Markup or ValueKind.Range => PythonError.Type($"{Text.TypeName(target)} indices must be integers or slices, not str"),
                _ => PythonError.Type($"'{Text.TypeName(target)}' object is not subscriptable"),
            };
        }

        private static bool IsNumber(string name) => name.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && name.Length > 0;

        private static long Index(string name) => name.Length <= 18 ? long.Parse(name, CultureInfo.InvariantCulture) : throw PythonError.Value("Too many decimal digits in format string");
    }
}
