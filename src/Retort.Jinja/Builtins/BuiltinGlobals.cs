using System.Globalization;
using System.Numerics;
using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Jinja's global functions but for namespace, which the runtime makes. Source: Template Designer page, List of Global Functions.</summary>
internal static class BuiltinGlobals
{
    public static IReadOnlyDictionary<string, Value> Build() => new Dictionary<string, Value>
    {
        ["range"] = Function("range", "type", Range),
        ["dict"] = Function("dict", "type", Dict),
        ["lipsum"] = Function("generate_lorem_ipsum", "function", new SignedFunction(
            new("generate_lorem_ipsum", [], [("n", Value.From(5)), ("html", Value.True), ("min", Value.From(20)), ("max", Value.From(100))]), Lipsum).Call),
        ["cycler"] = Function("jinja2.utils.Cycler", "type", MakeCycler),
        ["joiner"] = Function("jinja2.utils.Joiner", "type", new SignedFunction(new("Joiner", [], [("sep", Value.From(", "))]), static (_, a) => Value.From(new Joiner(a[0]))).Call),
    };

    private static Value Function(string name, string type, JinjaFunction body) => Value.From(new FunctionValue(body, name, type));

    private static Value Range(EvalContext context, Arguments arguments)
    {
        Argument.Count(arguments, string.Empty, "range", 1, 3);
        var given = arguments.Positional;
        var (start, stop) = given.Length == 1 ? (0, Bound(given[0])) : (Bound(given[0]), Bound(given[1]));
        var step = given.Length == 3 ? Bound(given[2]) : 1;
        if (step == 0)
            throw PythonError.Value("range() arg 3 must not be zero");
        var range = new RangeValue(start, stop, step);
        if (range.Count > context.Access.MaxRange)
            throw PythonError.Overflow(string.Create(CultureInfo.InvariantCulture, $"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({context.Access.MaxRange})."));
        return Value.From(range);
    }

    // Bounds past 64 bits make no difference that a render could live to see.
    private static long Bound(in Value value) => (long)BigInteger.Clamp(Argument.Index(value), long.MinValue, long.MaxValue);

    private static Value Dict(EvalContext context, Arguments arguments)
    {
        var result = Value.From(new DictValue());
        DictMethods.Fill(result, arguments, "dict");
        return result;
    }

    private static Value Lipsum(EvalContext context, ReadOnlySpan<Value> a)
    {
        var (count, limit) = (Argument.Integer(a[0]), context.Access.MaxRepeat);
        if (count <= 0)
            return Text.Of(string.Empty, Operators.IsTrue(a[1]));
        var first = RandomBound(a[2], 1);
        // One bound alone is the upper one.
        var (least, most) = a[3].IsNone ? (0, first) : (first, RandomBound(a[3], 2));
        if (least >= most)
            throw PythonError.Value($"empty range for randrange() ({least}, {most}, {most - least})");
        if (most > limit || count > limit || count * Math.Max(0, most) * LoremIpsum.WordLength > limit)
            throw Concatenation.TooLong(limit);
        var html = Operators.IsTrue(a[1]);
        return Text.Of(LoremIpsum.Generate((int)count, html, (int)least, (int)most), html);
    }

    // Python's randrange tries int() on what is not an integer, and then insists that nothing was lost.
    private static long RandomBound(in Value value, int position)
    {
        if (value.IsFloat && double.IsInteger(value.AsDouble) && Math.Abs(value.AsDouble) < long.MaxValue)
            return (long)value.AsDouble;
        if (value.IsFloat || value.IsText || value.Kind == ValueKind.Bytes)
            throw PythonError.Value(string.Create(CultureInfo.InvariantCulture, $"non-integer arg {position} for randrange()"));
        return value.IsIntegral ? Argument.Integer(value) : throw Argument.Wrong(value, $"int() argument must be a string, a bytes-like object or a real number, not '{Text.TypeName(value)}'");
    }

    private static Value MakeCycler(EvalContext context, Arguments arguments) => arguments.Names.IsEmpty
        ? Value.From(new Cycler(arguments.Positional.ToArray()))
        : throw PythonError.Type($"Cycler.__init__() got an unexpected keyword argument '{arguments.Names[0]}'");
}

/// <summary>Gives its items in turn, for ever.</summary>
internal sealed class Cycler : TemplateObject
{
    private readonly Value[] _items;
    private int _position;

    public Cycler(Value[] items) => _items = items.Length > 0 ? items : throw new PythonError(PythonErrorKind.RuntimeError, "at least one item has to be provided");

    public override string TypeName => "jinja2.utils.Cycler";

    public override bool IsTrue => true;

    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        value = name switch
        {
            "current" => _items[_position],
            "pos" => Value.From(_position),
            "items" => Value.From(new TupleValue(_items)),
            "next" or "__next__" => Value.From(new FunctionValue((_, _) => Next(), name, "method", Value.From(this))),
            "reset" => Value.From(new FunctionValue((_, _) => Reset(), name, "method", Value.From(this))),
            _ => default,
        };
        return name is "current" || !value.IsNone;
    }

    private Value Next()
    {
        var item = _items[_position];
        _position = (_position + 1) % _items.Length;
        return item;
    }

    private Value Reset()
    {
        _position = 0;
        return default;
    }
}

/// <summary>Nothing at the first call, the separator at every later one.</summary>
internal sealed class Joiner(Value separator) : TemplateObject
{
    private bool _used;

    public override string TypeName => "jinja2.utils.Joiner";

    public override bool IsTrue => true;

    public override bool IsCallable => true;

    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        value = name switch { "sep" => separator, "used" => Value.From(_used), _ => default };
        return name is "sep" or "used";
    }

    public override Value Call(EvalContext context, Arguments arguments)
    {
        if (_used)
            return separator;
        _used = true;
        return Value.Empty;
    }
}
