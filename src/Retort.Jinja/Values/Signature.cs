using System.Runtime.CompilerServices;

namespace Retort.Jinja.Values;

/// <summary>Parameters of a builtin and how arguments bind to them, with Python's errors.</summary>
internal sealed class Signature
{
    /// <summary>The most parameters a builtin has.</summary>
    public const int MaxParameters = 8;

    private readonly string _function;
    private readonly string[] _names;
    private readonly Value[] _defaults;
    private readonly int _required;
    private readonly int _positionalOnly;

    /// <summary>Parameters without defaults come first. <paramref name="positionalOnly"/> many cannot be named.</summary>
    public Signature(string function, string[] required, (string Name, Value Default)[]? optional = null, int positionalOnly = 0)
    {
        _function = function;
        _required = required.Length;
        _names = new string[required.Length + (optional?.Length ?? 0)];
        _defaults = new Value[_names.Length];
        required.CopyTo(_names, 0);
        for (var i = required.Length; i < _names.Length; i++)
            (_names[i], _defaults[i]) = optional![i - required.Length];
        _positionalOnly = positionalOnly;
    }

    public int Count => _names.Length;

    /// <summary>Room for the bound arguments on the stack.</summary>
    [InlineArray(MaxParameters)]
    public struct Slots
    {
        private Value _first;
    }

    /// <summary>The arguments as they are, where they are all there, or the defaults where none is.</summary>
    public bool TryBindWhole(Arguments arguments, out ReadOnlySpan<Value> bound)
    {
        var given = arguments.Positional.Length;
        bound = given == _names.Length ? arguments.Positional : _defaults;
        return arguments.Names.IsEmpty && (given == _names.Length || (given == 0 && _required == 0));
    }

    /// <summary>
    /// Positional arguments that stand at the start of a room of the caller's, with the defaults of the rest put in after them. False where that is not all there is to do.
    /// </summary>
    public bool TryComplete(Arguments arguments, Span<Value> room, out ReadOnlySpan<Value> bound)
    {
        var given = arguments.Positional.Length;
        bound = room;
        if (given < _required || given > _names.Length || room.Length < _names.Length || !arguments.Names.IsEmpty)
            return false;
        for (var i = given; i < _defaults.Length; i++)
            room[i] = _defaults[i];
        bound = room[.._names.Length];
        return true;
    }

    /// <summary>Puts each argument or default into its slot.</summary>
    public ReadOnlySpan<Value> Bind(Arguments arguments, Span<Value> slots)
    {
        var given = arguments.Positional.Length;
        if (given > _names.Length)
            throw TooMany(given);
        arguments.Positional.CopyTo(slots);
        _defaults.AsSpan(given).CopyTo(slots[given..]);
        var named = 0;
        for (var i = 0; i < arguments.Names.Length; i++)
        {
            var index = Array.IndexOf(_names, arguments.Names[i]);
            if (index < 0 || index < _positionalOnly)
                throw PythonError.Type($"{_function}() got an unexpected keyword argument '{arguments.Names[i]}'");
            if (index < given)
                throw PythonError.Type($"{_function}() got multiple values for argument '{_names[index]}'");
            slots[index] = arguments.Named[i];
            named |= 1 << index;
        }
        for (var i = given; i < _required; i++)
        {
            if ((named & (1 << i)) == 0)
                throw Missing(given, named);
        }
        return slots[.._names.Length];
    }

    private PythonError TooMany(int given)
    {
        var allowed = _required == _names.Length ? $"{_required}" : $"from {_required} to {_names.Length}";
        return PythonError.Type($"{_function}() takes {allowed} positional argument{(_names.Length == 1 ? string.Empty : "s")} but {given} {(given == 1 ? "was" : "were")} given");
    }

    private PythonError Missing(int given, int named)
    {
        var missing = _names[given.._required].Where((_, i) => (named & (1 << (given + i))) == 0).Select(name => $"'{name}'").ToArray();
        var list = missing.Length == 1 ? missing[0] : missing.Length == 2 ? $"{missing[0]} and {missing[1]}" : $"{string.Join(", ", missing[..^1])}, and {missing[^1]}";
        return PythonError.Type($"{_function}() missing {missing.Length} required positional argument{(missing.Length == 1 ? string.Empty : "s")}: {list}");
    }
}
