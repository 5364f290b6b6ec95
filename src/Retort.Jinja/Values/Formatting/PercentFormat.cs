using System.Globalization;
using System.Numerics;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Python's <c>%</c> formatting of text. Of a Markup, arguments are escaped and the result is safe.</summary>
internal static class PercentFormat
{
    public static Value Format(EvalContext? context, in Value format, in Value arguments)
    {
        var run = new Run(context, format.AsText!, arguments, format.Kind == ValueKind.Markup);
        var text = run.Expand();
        return format.Kind == ValueKind.Markup ? Value.From(new Markup(text)) : Value.From(text);
    }

    /// <summary>Python's <c>ascii()</c> of a repr: what is outside ASCII becomes an escape.</summary>
    public static string Ascii(string repr)
    {
        if (System.Text.Ascii.IsValid(repr))
            return repr;
        var result = new StringBuilder(repr.Length * 2);
        for (var i = 0; i < repr.Length; i += CodePoints.Width(repr, i))
        {
            var code = CodePoints.At(repr, i);
            result.Append(code switch
            {
                < 0x80 => ((char)code).ToString(),
                < 0x100 => $"\\x{code:x2}",
                < 0x10000 => $"\\u{code:x4}",
                _ => $"\\U{code:x8}",
            });
        }
        return result.ToString();
    }

    private sealed class Run(EvalContext? context, string format, Value arguments, bool isMarkup)
    {
        private readonly Value[]? _tuple = arguments.Kind == ValueKind.Tuple ? ((TupleValue)arguments.Reference).Items : null;
        private readonly bool _isMapping = arguments.Kind is ValueKind.Dict or ValueKind.List or ValueKind.Range or ValueKind.Bytes or ValueKind.Undefined;
        private int _position;
        private int _used;

        public string Expand()
        {
            var result = new StringBuilder(format.Length + 16);
            var limit = context?.Access.MaxRepeat ?? Operators.MaxRepeat;
            while (_position < format.Length)
            {
                var percent = format.IndexOf('%', _position);
                if (percent < 0)
                {
                    result.Append(format, _position, format.Length - _position);
                    break;
                }
                result.Append(format, _position, percent - _position);
                _position = percent + 1;
                result.Append(Directive());
                if (result.Length > limit)
                    throw Concatenation.TooLong(limit);
            }
            if (_used < (_tuple?.Length ?? 1) && !_isMapping)
                throw PythonError.Type("not all arguments converted during string formatting");
            return result.ToString();
        }

        private string Directive()
        {
            var keyed = Peek() == '(' ? Keyed() : (Value?)null;
            var flags = Flags();
            var width = Number(out var negative);
            if (negative)
                flags |= Flag.Left;
            var precision = -1;
            if (Peek() == '.')
            {
                _position++;
                precision = Number(out var below) is var given && below ? 0 : given;
            }
            if (Peek() is 'h' or 'l' or 'L')
                _position++;
            var type = Peek();
            if (type == '\0' && _position >= format.Length)
                throw PythonError.Value("incomplete format");
            var index = _position++;
            if (type == '%')
                return "%";
            var value = keyed ?? Next();
            var text = Convert(value, type, flags, precision, index, out var isNumber);
            return Pad(text, width, flags, isNumber);
        }

        private char Peek() => _position < format.Length ? format[_position] : '\0';

        private Value Keyed()
        {
            if (!_isMapping || arguments.Kind != ValueKind.Dict)
            {
                // A list passes for a mapping, too, but has no item under a name.
                throw arguments.IsUndefined ? ((Undefined)arguments.Reference).Error()
                    : PythonError.Type(_isMapping ? $"{Text.TypeName(arguments)} indices must be integers or slices, not str" : "format requires a mapping");
            }
            var (depth, start) = (1, ++_position);
            for (; _position < format.Length && depth > 0; _position++)
                depth += format[_position] == '(' ? 1 : format[_position] == ')' ? -1 : 0;
            if (depth > 0)
                throw PythonError.Value("incomplete format key");
            var key = format[start..(_position - 1)];
            _used = 1;
            return Mappings.TryGet(arguments, Value.From(key), out var value) ? value : throw PythonError.Key(StringRepr.Of(key));
        }

        private Value Next()
        {
            if (_tuple is null ? _used > 0 : _used >= _tuple.Length)
                throw PythonError.Type("not enough arguments for format string");
            return _tuple is null ? (_used++, arguments).arguments : _tuple[_used++];
        }

        private Flag Flags()
        {
            var flags = Flag.None;
            for (; ; _position++)
            {
                var flag = Peek() switch { '-' => Flag.Left, '+' => Flag.Plus, ' ' => Flag.Space, '#' => Flag.Alternate, '0' => Flag.Zero, _ => Flag.None };
                if (flag == Flag.None)
                    return flags;
                flags |= flag;
            }
        }

        // Digits, or a star for the next argument; 0 if neither.
        private int Number(out bool negative)
        {
            negative = false;
            if (Peek() == '*')
            {
                _position++;
                var value = Next();
                if (!value.IsIntegral || isMarkup)
                    throw PythonError.Type("* wants int");
                negative = value.AsBigInteger.Sign < 0;
                return Argument.Width(context, Value.From(BigInteger.Abs(value.AsBigInteger)));
            }
            var start = _position;
            while (char.IsAsciiDigit(Peek()))
                _position++;
            if (_position == start)
                return 0;
            if (_position - start > 18)
                throw PythonError.Value("width too big");
            return Argument.Width(context, Value.From(long.Parse(format.AsSpan(start, _position - start), CultureInfo.InvariantCulture)));
        }

        private string Convert(in Value value, char type, Flag flags, int precision, int index, out bool isNumber)
        {
            isNumber = type is 'd' or 'i' or 'u' or 'o' or 'x' or 'X' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G';
            switch (type)
            {
                case 's':
                    return Cut(isMarkup ? Text.Escape(value).ToString() : Text.Str(value), precision);
                case 'r':
                    return Cut(isMarkup ? HtmlEscape.Escape(Text.Repr(value)) : Text.Repr(value), precision);
                case 'a':
                    return Cut(isMarkup ? HtmlEscape.Escape(Ascii(Text.Repr(value))) : Ascii(Text.Repr(value)), precision);
                case 'c':
                    return Character(value);
                case 'd' or 'i' or 'u' or 'o' or 'x' or 'X':
                    return Integer(value, type, flags, precision);
                case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                    return Float(value, type, flags, precision);
                default:
                    throw PythonError.Value(string.Create(CultureInfo.InvariantCulture, $"unsupported format character '{type}' (0x{(int)type:x}) at index {index}"));
            }
        }

        private static string Cut(string text, int precision) => precision >= 0 ? CodePoints.Take(text, precision) : text;

        private string Character(in Value value)
        {
            if (isMarkup)
                throw PythonError.Type("%c requires int or char");
            if (value.IsIntegral)
                return ValueFormat.Character(value.AsBigInteger, "%c arg not in range(0x110000)");
            return value.AsText is { } text && CodePoints.Count(text) == 1 ? text : throw PythonError.Type("%c requires int or char");
        }

        private string Integer(in Value value, char type, Flag flags, int precision)
        {
            var number = ToInteger(value, type);
            var (prefix, digits) = type switch
            {
                'o' => ("0o", ValueFormat.Radix(BigInteger.Abs(number), 3)),
                'x' => ("0x", ValueFormat.Radix(BigInteger.Abs(number), 4)),
                'X' => ("0X", ValueFormat.Radix(BigInteger.Abs(number), 4).ToUpperInvariant()),
                _ => (string.Empty, Text.Integer(BigInteger.Abs(number))),
            };
            if (precision > digits.Length)
                digits = new string('0', precision - digits.Length) + digits;
            return Sign(number.Sign < 0, flags) + (flags.HasFlag(Flag.Alternate) ? prefix : string.Empty) + digits;
        }

        private BigInteger ToInteger(in Value value, char type)
        {
            // MarkupSafe's stand-in for an argument can be made an integer or a float, but is none.
            if (value.IsIntegral && (!isMarkup || type is 'd' or 'i' or 'u'))
                return value.AsBigInteger;
            if (type is 'd' or 'i' or 'u')
            {
                if (value.IsNumber || (isMarkup && value.IsText))
                    return IntegerText.FromValue(value);
                throw Argument.Wrong(value, $"%{type} format: a real number is required, not {Text.TypeName(value)}");
            }
            throw PythonError.Type($"%{type} format: an integer is required, not {(isMarkup ? "_MarkupEscapeHelper" : Text.TypeName(value))}");
        }

        private string Float(in Value value, char type, Flag flags, int precision)
        {
            if (!value.IsNumber && !(isMarkup && value.IsText))
                throw Argument.Wrong(value, $"must be real number, not {Text.TypeName(value)}");
            var number = value.IsNumber ? Numbers.ToDouble(value) : IntegerText.ToFloat(value.AsText!);
            var text = FloatFormat.Format(number, char.ToLowerInvariant(type), precision < 0 ? 6 : precision, flags.HasFlag(Flag.Alternate));
            return Sign(double.IsNegative(number) && !double.IsNaN(number), flags) + (char.IsUpper(type) ? text.ToUpperInvariant() : text);
        }

        private static string Sign(bool negative, Flag flags) => negative ? "-" : flags.HasFlag(Flag.Plus) ? "+" : flags.HasFlag(Flag.Space) ? " " : string.Empty;

        private static string Pad(string text, int width, Flag flags, bool isNumber)
        {
            var missing = width - CodePoints.Count(text);
            if (missing <= 0)
                return text;
            if (flags.HasFlag(Flag.Left))
                return text + new string(' ', missing);
            if (!isNumber || !flags.HasFlag(Flag.Zero) || text.AsSpan().ContainsAny("nN"))
                return new string(' ', missing) + text;
            var lead = text is ['+' or '-' or ' ', ..] ? 1 : 0;
            if (text.Length > lead + 1 && text[lead] == '0' && text[lead + 1] is 'x' or 'X' or 'o')
                lead += 2;
            return text[..lead] + new string('0', missing) + text[lead..];
        }
    }

    [Flags]
    private enum Flag
    {
        None = 0,
        Left = 1,
        Plus = 2,
        Space = 4,
        Alternate = 8,
        Zero = 16,
    }
}
