using System.Globalization;

namespace Retort.Forms.Text;

/// <summary>
/// Dates and times out of text by Python's <c>strptime</c>: numbers may lack their leading zeros, white space in the format stands for any in the text, names of months and days are
/// English, and what the format does not say is that of 1900-01-01 00:00.
/// </summary>
internal ref struct Strptime
{
    private ReadOnlySpan<char> _text;
    private int _year = 1900, _month = 1, _day = 1, _hour, _minute, _second, _dayOfYear;
    private long _ticks;
    private bool? _afternoon;

    private Strptime(ReadOnlySpan<char> text) => _text = text;

    public static bool TryParse(string text, string format, out DateTime value)
    {
        value = default;
        var parser = new Strptime(text);
        return parser.Match(format) && parser._text.IsEmpty && parser.TryMake(out value);
    }

    private bool Match(ReadOnlySpan<char> format)
    {
        while (!format.IsEmpty)
        {
            var character = format[0];
            format = format[1..];
            if (character == '%' && !format.IsEmpty)
            {
                if (format[0] == '-' && format.Length > 1)
                    format = format[1..];
                if (!Directive(format[0]))
                    return false;
                format = format[1..];
            }
            else if (char.IsWhiteSpace(character))
            {
                // At least one in the text for a run of them in the format.
                if (_text.IsEmpty || !char.IsWhiteSpace(_text[0]))
                    return false;
                _text = _text.TrimStart();
                format = format.TrimStart();
            }
            else if (!Literal(character))
            {
                return false;
            }
        }
        return true;
    }

    private bool Directive(char directive) => directive switch
    {
        'Y' => Number(4, 4, 1, 9999, out _year),
        'm' => Number(1, 2, 1, 12, out _month),
        'd' => Number(1, 2, 1, 31, out _day),
        'H' => Number(1, 2, 0, 23, out _hour),
        'I' => Number(1, 2, 1, 12, out _hour),
        'M' => Number(1, 2, 0, 59, out _minute),
        'S' => Number(1, 2, 0, 61, out _second),
        'j' => Number(1, 3, 1, 366, out _dayOfYear),
        'y' => TwoDigitYear(),
        'f' => Fraction(),
        'p' => Half(),
        'B' => Name(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames, out _month),
        'b' or 'h' => Name(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames, out _month),
        'A' => Name(CultureInfo.InvariantCulture.DateTimeFormat.DayNames, out _),
        'a' => Name(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames, out _),
        'T' => Match("%H:%M:%S"),
        'D' => Match("%m/%d/%y"),
        '%' => Literal('%'),
        _ => throw new FormatException($"'%{directive}' is no directive that a date field reads. It reads %Y %y %m %d %H %I %p %M %S %f %j %B %b %A %a %T %D and %%."),
    };

    private bool Literal(char character)
    {
        if (_text.IsEmpty || char.ToLowerInvariant(_text[0]) != char.ToLowerInvariant(character))
            return false;
        _text = _text[1..];
        return true;
    }

    // As many digits as still make a number in the range: "%m%d" reads 131 as January the 31st.
    private bool Number(int minDigits, int maxDigits, int min, int max, out int value)
    {
        value = 0;
        var best = 0;
        for (int i = 0, number = 0; i < maxDigits && i < _text.Length && char.IsAsciiDigit(_text[i]); i++)
        {
            number = (number * 10) + (_text[i] - '0');
            if (i + 1 >= minDigits && number >= min && number <= max)
                (best, value) = (i + 1, number);
        }
        _text = _text[best..];
        return best > 0;
    }

    private bool TwoDigitYear()
    {
        if (!Number(2, 2, 0, 99, out var year))
            return false;
        _year = year + (year < 69 ? 2000 : 1900);
        return true;
    }

    private bool Fraction()
    {
        var digits = 0;
        long value = 0;
        for (; digits < 6 && digits < _text.Length && char.IsAsciiDigit(_text[digits]); digits++)
            value = (value * 10) + (_text[digits] - '0');
        for (var i = digits; i < 7; i++)
            value *= 10;
        _ticks = value;
        _text = _text[digits..];
        return digits > 0;
    }

    private bool Half()
    {
        if (!Name(["am", "pm"], out var which))
            return false;
        _afternoon = which == 2;
        return true;
    }

    private bool Name(string[] names, out int number)
    {
        var best = 0;
        number = 0;
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length > best && _text.StartsWith(names[i], StringComparison.OrdinalIgnoreCase))
                (best, number) = (names[i].Length, i + 1);
        }
        _text = _text[best..];
        return best > 0;
    }

    // Seconds up to 61 are read, for the sake of leap seconds, but there is no such moment.
    private readonly bool TryMake(out DateTime value)
    {
        value = default;
        var hour = _afternoon is { } afternoon ? (_hour % 12) + (afternoon ? 12 : 0) : _hour;
        if (_second > 59 || _day > DateTime.DaysInMonth(_year, _month) || _dayOfYear > (DateTime.IsLeapYear(_year) ? 366 : 365))
            return false;
        value = new DateTime(_year, _month, _day, hour, _minute, _second).AddTicks(_ticks);
        if (_dayOfYear > 0)
            value = new DateTime(_year, 1, 1).AddDays(_dayOfYear - 1) + value.TimeOfDay;
        return true;
    }
}
