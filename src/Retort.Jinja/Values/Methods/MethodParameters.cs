using System.Globalization;

namespace Retort.Jinja.Values;

/// <summary>
/// Refuses arguments that a method of Python's own types does not take, in the words of those methods: they are written in C, count without <c>self</c>,
/// and say different things about parameters that can be named, that are parsed the older way, and that are none or one.
/// </summary>
internal sealed class MethodParameters(string type, string method, string[] names, int required, bool canBeNamed)
{
    // The methods that search a part of a text read its bounds the older way.
    private readonly bool _isParsed = required == 1 && names is [_, "start", "end"];

    public void Check(Arguments arguments)
    {
        if (canBeNamed)
            CheckNamed(arguments);
        else
            CheckPositional(arguments.Positional.Length, arguments.Names.Length);
    }

    private void CheckPositional(int given, int named)
    {
        if (named > 0)
            throw PythonError.Type($"{(_isParsed ? string.Empty : type + ".")}{method}() takes no keyword arguments");
        if (given >= required && given <= names.Length)
            return;
        if (names.Length == 0)
            throw PythonError.Type(Invariant($"{type}.{method}() takes no arguments ({given} given)"));
        if (names.Length == 1 && required == 1)
            throw PythonError.Type(Invariant($"{type}.{method}() takes exactly one argument ({given} given)"));
        var isFew = given < required;
        var bound = Count(isFew ? required : names.Length);
        throw PythonError.Type(_isParsed ? Invariant($"{method}() takes {(isFew ? "at least" : "at most")} {bound} ({given} given)")
            : required == names.Length ? Invariant($"{method} expected {bound}, got {given}")
            : Invariant($"{method} expected {(isFew ? "at least" : "at most")} {bound}, got {given}"));
    }

    private void CheckNamed(Arguments arguments)
    {
        var given = arguments.Positional.Length;
        if (given + arguments.Names.Length > names.Length)
            throw PythonError.Type(Invariant($"{method}() takes at most {Count(names.Length, given == 0 ? "keyword " : string.Empty)} ({given + arguments.Names.Length} given)"));
        foreach (var name in arguments.Names)
        {
            var index = Array.IndexOf(names, name);
            if (index >= 0 && index < given)
                throw PythonError.Type(Invariant($"argument for {method}() given by name ('{name}') and position ({index + 1})"));
        }
        for (var i = given; i < required; i++)
        {
            if (!arguments.Names.Contains(names[i]))
                throw PythonError.Type(Invariant($"{method}() missing required argument '{names[i]}' (pos {i + 1})"));
        }
        foreach (var name in arguments.Names)
        {
            if (Array.IndexOf(names, name) < 0)
                throw PythonError.Type($"'{name}' is an invalid keyword argument for {method}()");
        }
    }

    private static string Count(int number, string kind = "") => Invariant($"{number} {kind}argument{(number == 1 ? string.Empty : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
