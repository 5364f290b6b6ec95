namespace Retort.Jinja.Values;

/// <summary>A method of one of Python's types.</summary>
internal delegate Value MethodBody(EvalContext context, in Value self, Arguments arguments);

/// <summary>A method of one of Python's types with its name.</summary>
internal sealed record BuiltinMethod(string Name, MethodBody Body)
{
    /// <summary>The body before its arguments are bound; null if it reads them itself.</summary>
    public SignedMethod? Signed { get; init; }

    public Value Bind(in Value self)
    {
        var bound = self;
        return Value.From(new FunctionValue((context, arguments) => Body(context, bound, arguments), Name, "builtin_function_or_method", self));
    }
}

/// <summary>The methods and attributes that Python's types have, by kind of value.</summary>
internal static class BuiltinMethods
{
    private static readonly Dictionary<string, BuiltinMethod> None = [];

    public static bool IsDictMethod(string name) => DictMethods.Table.ContainsKey(name);

    public static BuiltinMethod? Find(in Value target, string name) => Table(target).TryGetValue(name, out var method) ? method : null;

    /// <summary>Whether a host object shows Python's members: dates, times and spans.</summary>
    public static bool HasOwnMembers(object target) => target is DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan;

    public static bool TryGetProperty(in Value target, string name, out Value value)
    {
        value = default;
        switch (target.Kind)
        {
            case ValueKind.Bool or ValueKind.Int or ValueKind.BigInt or ValueKind.Float:
                return NumberMethods.TryGetProperty(target, name, out value);
            case ValueKind.Range:
                var range = (RangeValue)target.Reference;
                value = name switch { "start" => Value.From(range.Start), "stop" => Value.From(range.Stop), "step" => Value.From(range.Step), _ => default };
                return !value.IsNone;
            case ValueKind.Host when HasOwnMembers(target.Reference):
                return DateMethods.TryGetProperty(target.Reference, name, out value);
            default:
                return false;
        }
    }

    private static IReadOnlyDictionary<string, BuiltinMethod> Table(in Value target) => target.Kind switch
    {
        ValueKind.String => StringMethods.Table,
        ValueKind.Markup => MarkupMethods.Table,
        ValueKind.List => ListMethods.Table,
        ValueKind.Dict => DictMethods.Table,
        ValueKind.Tuple => SequenceMethods.Table,
        ValueKind.Range => SequenceMethods.Ranges,
        ValueKind.Set => SetMethods.Table,
        ValueKind.Bool or ValueKind.Int or ValueKind.BigInt => NumberMethods.Integers,
        ValueKind.Float => NumberMethods.Floats,
        ValueKind.Bytes => BytesMethods.Table,
        ValueKind.Host when HasOwnMembers(target.Reference) => DateMethods.Table,
        _ => None,
    };
}
