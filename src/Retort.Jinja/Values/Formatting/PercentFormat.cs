using System.Globalization;
using System.Numerics;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Python's <c>%</c> formatting of text and bytes. Of a Markup, arguments are escaped and the result is safe.</summary>
internal static class PercentFormat
{
    public static Value Format(EvalContext? context, in Value format, in Value arguments)
    {
        var text = new Run(context, format, arguments).Expand();
        return format.Kind switch
        {
            ValueKind.Markup => Value.From(new Markup(text)),
            ValueKind.Bytes => BytesMethods.FromText(text),
            _ => Value.From(text),
        };
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
            result.Append(code < 0x80 ? CodePoints.Single((char)code) : PythonChar.Escape(code));
        }
        return result.ToString();
    }

    private sealed class Run(EvalContext? context, Value target, Value arguments)
    {
        private readonly bool _isMarkup = target.Kind == ValueKind.Markup;
        private readonly bool _isBytes = target.Kind == ValueKind.Bytes;
        private readonly string _format = target.AsText ?? BytesMethods.ToText(target);
        private readonly Value[]? _tuple = arguments.Kind == ValueKind.Tuple ? ((TupleValue)arguments.Reference).Items : null;
        private readonly bool _isMapping = arguments.Kind is ValueKind.Dict or ValueKind.List or ValueKind.Range or ValueKind.Undefined || (arguments.Kind == ValueKind.Bytes && target.IsText);
        private int _position;
        private int _used;

        public string Expand()
        {
            var result = new StringBuilder(_format.Length + 16);
            while (_position < _format.Length)
            {
                var percent = _format.IndexOf('%', _position);
                if (percent < 0)
                {
                    result.Append(_format, _position, _format.Length - _position);
                    break;
                }
                result.Append(_format, _position, percent - _position);
                _position = percent + 1;
                result.Append(Directive());
                Concatenation.Limit(result.Length, context);
            }
            if (_used < (_tuple?.Length ?? 1) && !_isMapping)
                throw PythonError.Type($"not all arguments converted during {(_isBytes ? "bytes" : "string")} formatting");
            Budget.Charge(result.Length);
            return result.ToString();
        }

        private string Directive()
        {
            // With anything between the two it is the letter of a conversion that does not exist.
            if (Peek() == '%')
            {
                _position++;
                return "%";
            }
            var keyed = Peek() == '(' ? Keyed() : (Value?)null;
            var flags = Flags();
            var width = Number("width", out var negative);
            var precision = -1;
            if (Peek() == '.')
            {
                _position++;
                precision = Number("precision", out var below) is var given && below ? 0 : given;
            }
            if (Peek() is 'h' or 'l' or 'L')
                _position++;
            var type = Peek();
            if (type == '\0' && _position >= _format.Length)
                throw PythonError.Value("incomplete format");
            var index = _position++;
            var align = negative || flags.Contains('-') ? '<' : '>';
            var sign = flags.Contains('+') ? '+' : flags.Contains(' ') ? ' ' : '\0';
            var spec = new FormatSpec(" ", align, flags.Contains('0'), sign, NoNegativeZero: false, flags.Contains('#'), width, '\0', precision, type);
            return Convert(keyed ?? Next(), spec, index);
        }

        private char Peek() => _position < _format.Length ? _format[_position] : '\0';

        private Value Keyed()
        {
            if (!_isMapping || arguments.Kind != ValueKind.Dict)
            {
                // A list passes for a mapping, too, but has no item under a name.
                throw arguments.IsUndefined ? ((Undefined)arguments.Reference).Error()
                    : PythonError.Type(_isMapping ? $"{Text.TypeName(arguments)} indices must be integers or slices, not str" : "format requires a mapping");
            }
            var start = ++_position;
            var end = FormatSpec.Closing(_format, start, '(', ')');
            if (end < 0)
                throw PythonError.Value("incomplete format key");
            _position = end + 1;
            var key = _format[start..end];
            _used = 1;
            var name = _isBytes ? BytesMethods.FromText(key) : Value.From(key);
            return Mappings.TryGet(arguments, name, out var value) ? value : throw PythonError.Key(Text.Repr(name));
        }

        private Value Next()
        {
            if (_tuple is null ? _used > 0 : _used >= _tuple.Length)
                throw PythonError.Type("not enough arguments for format string");
            return _tuple is null ? (_used++, arguments).arguments : _tuple[_used++];
        }

        private string Flags()
        {
            var start = _position;
            while (Peek() is '-' or '+' or ' ' or '#' or '0')
                _position++;
            return _format[start.._position];
        }

        // Digits, or a star for the next argument; 0 if neither.
        private int Number(string what, out bool negative)
        {
            negative = false;
            if (Peek() == '*')
            {
                _position++;
                var value = Next();
                if (!value.IsIntegral || _isMarkup)
                    throw PythonError.Type("* wants int");
                negative = value.AsBigInteger.Sign < 0;
                return Argument.Width(context, Value.From(BigInteger.Abs(value.AsBigInteger)));
            }
            return FormatSpec.Number(context, _format, ref _position, what + " too big") ?? 0;
        }

        private string Convert(in Value value, FormatSpec spec, int index) => spec.Type switch
        {
            's' or 'b' when _isBytes => Cut(OfBytes(value), spec),
            's' => Cut(_isMarkup ? Text.Escape(value).ToString() : Text.Str(value), spec),
            'r' when !_isBytes => Cut(_isMarkup ? HtmlEscape.Escape(Text.Repr(value)) : Text.Repr(value), spec),
            'r' or 'a' => Cut(_isMarkup ? HtmlEscape.Escape(Ascii(Text.Repr(value))) : Ascii(Text.Repr(value)), spec),
            'c' => ValueFormat.Pad(Character(value), spec, spec.Align),
            'd' or 'i' or 'u' or 'o' or 'x' or 'X' => Integer(value, spec),
            'e' or 'E' or 'f' or 'F' or 'g' or 'G' => Float(value, spec),
            _ => throw PythonError.Value(string.Create(CultureInfo.InvariantCulture, $"unsupported format character '{spec.Type}' (0x{(int)spec.Type:x}) at index {index}")),
        };

        private static string OfBytes(in Value value) => value.Kind == ValueKind.Bytes ? BytesMethods.ToText(value)
            : throw PythonError.Type($"%b requires a bytes-like object, or an object that implements __bytes__, not '{Text.TypeName(value)}'");

        private static string Cut(string text, FormatSpec spec) => ValueFormat.Pad(spec.Precision >= 0 ? CodePoints.Take(text, spec.Precision) : text, spec, spec.Align);

        private string Character(in Value value)
        {
            if (_isMarkup)
                throw PythonError.Type("%c requires int or char");
            if (_isBytes)
            {
                return value.Kind == ValueKind.Bytes && ((byte[])value.Reference).Length == 1 ? BytesMethods.ToText(value)
                    : !value.IsIntegral ? throw PythonError.Type("%c requires an integer in range(256) or a single byte")
                    : value.AsBigInteger >= 0 && value.AsBigInteger <= 255 ? ((char)(int)value.AsBigInteger).ToString()
                    : throw PythonError.Overflow("%c arg not in range(256)");
            }
            if (value.IsIntegral)
                return ValueFormat.Character(value.AsBigInteger);
            return value.AsText is { } text && CodePoints.Count(text) == 1 ? text : throw PythonError.Type("%c requires int or char");
        }

        private string Integer(in Value value, FormatSpec spec)
        {
            var number = ToInteger(value, spec.Type);
            var (prefix, digits) = ValueFormat.Digits(number, spec.Type);
            return ValueFormat.PadNumber(number.Sign < 0, spec.Alternate ? prefix : string.Empty, digits.PadLeft(Math.Max(0, spec.Precision), '0'), string.Empty, Zeros(spec), 3);
        }

        private BigInteger ToInteger(in Value value, char type)
        {
            // MarkupSafe's stand-in for an argument can be made an integer or a float, but is none.
            if (value.IsIntegral && (!_isMarkup || type is 'd' or 'i' or 'u'))
                return value.AsBigInteger;
            if (type is 'd' or 'i' or 'u')
            {
                if (value.IsNumber || (_isMarkup && value.IsText))
                    return IntegerText.FromValue(value);
                throw Argument.Wrong(value, $"%{type} format: a real number is required, not {Text.TypeName(value)}");
            }
            throw PythonError.Type($"%{type} format: an integer is required, not {(_isMarkup ? "_MarkupEscapeHelper" : Text.TypeName(value))}");
        }

        private string Float(in Value value, FormatSpec spec)
        {
            if (!value.IsNumber && !(_isMarkup && value.IsText))
                throw Argument.Wrong(value, $"must be real number, not {Text.TypeName(value)}");
            var number = IntegerText.ToFloat(value);
            var text = FloatFormat.Format(number, char.ToLowerInvariant(spec.Type), spec.Precision < 0 ? 6 : spec.Precision, spec.Alternate);
            return ValueFormat.PadNumber(double.IsNegative(number) && !double.IsNaN(number), string.Empty, char.IsUpper(spec.Type) ? text.ToUpperInvariant() : text, string.Empty, double.IsFinite(number) ? Zeros(spec) : spec, 3);
        }

        // Zeros go between the sign and the digits, unless the number stands on the left.
        private static FormatSpec Zeros(FormatSpec spec) => spec is { ZeroPadded: true, Align: '>' } ? spec with { Fill = "0", Align = '=' } : spec;
    }
}
