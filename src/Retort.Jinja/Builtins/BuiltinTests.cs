using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Jinja's tests, read as a table. Source: Template Designer page, List of Builtin Tests.</summary>
internal static class BuiltinTests
{
    public static BuiltinTable Add(BuiltinTable table)
    {
        AddKinds(table);
        AddComparisons(table);
        return table
            .Add("defined", static (_, a) => Value.From(!a[0].IsUndefined), ["value"])
            .Add("undefined", static (_, a) => Value.From(a[0].IsUndefined), ["value"])
            .Add("odd", static (context, a) => Value.From(Operators.Modulo(context, a[0], Value.From(2)) == Value.From(1)), ["value"])
            .Add("even", static (context, a) => Value.From(Operators.Modulo(context, a[0], Value.From(2)) == Value.From(0)), ["value"])
            .Add("divisibleby", static (context, a) => Value.From(Operators.Modulo(context, a[0], a[1]) == Value.From(0)), ["value", "num"])
            .Add("lower", static (_, a) => Value.From(StringMethods.IsLower(Text.Str(a[0]))), ["value"])
            .Add("upper", static (_, a) => Value.From(StringMethods.IsUpper(Text.Str(a[0]))), ["value"])
            .Add("filter", static (context, a) => Value.From(Name(a[0]) is { } name && context.HasFilter(name)), ["value"])
            .Add("test", static (context, a) => Value.From(Name(a[0]) is { } name && context.HasTest(name)), ["value"])
            .Add("sameas", static (_, a) => Value.From(a[0].IsSameAs(a[1]) || AreOneCharacter(a[0], a[1])), ["value", "other"])
            .Add("in", static (_, a) => Value.From(Operators.Contains(a[1], a[0])), ["value", "seq"]);
    }

    // Of the empty text, and of each of Latin 1's characters, Python has one object only.
    private static bool AreOneCharacter(in Value left, in Value right) =>
        left.IsPlainString && right.IsPlainString && left.AsText is { Length: 0 } or [<= 'ÿ'] && left.AsText == right.AsText;

    private static void AddKinds(BuiltinTable table) => table
        .Add("none", static (_, a) => Value.From(a[0].IsNone), ["value"])
        .Add("boolean", static (_, a) => Value.From(a[0].IsBool), ["value"])
        .Add("true", static (_, a) => Value.From(a[0].IsBool && a[0].AsBool), ["value"])
        .Add("false", static (_, a) => Value.From(a[0].IsBool && !a[0].AsBool), ["value"])
        .Add("integer", static (_, a) => Value.From(a[0].Kind is ValueKind.Int or ValueKind.BigInt), ["value"])
        .Add("float", static (_, a) => Value.From(a[0].IsFloat), ["value"])
        .Add("number", static (_, a) => Value.From(a[0].IsNumber), ["value"])
        .Add("string", static (_, a) => Value.From(a[0].IsText), ["value"])
        .Add("mapping", static (_, a) => Value.From(a[0].Kind == ValueKind.Dict), ["value"])
        .Add("sequence", static (_, a) => Value.From(IsSequence(a[0])), ["value"])
        .Add("iterable", static (_, a) => Value.From(IsIterable(a[0])), ["value"])
        .Add("callable", static (_, a) => Value.From(Calls.IsCallable(a[0])), ["value"])
        .Add("escaped", static (_, a) => Value.From(Text.HasHtml(a[0])), ["value"]);

    private static void AddComparisons(BuiltinTable table) => table
        .Add("==,eq,equalto", static (_, a) => Value.From(Equality.AreEqual(a[0], a[1])), ["a", "b"])
        .Add("!=,ne", static (_, a) => Value.From(!Equality.AreEqual(a[0], a[1])), ["a", "b"])
        .Add("<,lt,lessthan", static (_, a) => Value.From(Comparison.Less(a[0], a[1])), ["a", "b"])
        .Add("<=,le", static (_, a) => Value.From(Comparison.LessOrEqual(a[0], a[1])), ["a", "b"])
        .Add(">,gt,greaterthan", static (_, a) => Value.From(Comparison.Greater(a[0], a[1])), ["a", "b"])
        .Add(">=,ge", static (_, a) => Value.From(Comparison.GreaterOrEqual(a[0], a[1])), ["a", "b"]);

    // Names are looked up in a dictionary, which needs something hashable.
    private static string? Name(in Value value)
    {
        Equality.Hash(value);
        return value.AsText;
    }

    // A length and items by key; whatever goes wrong while asking means no.
    private static bool IsSequence(in Value value)
    {
        if (value.Kind is ValueKind.Set or ValueKind.Iterator)
            return false;
        if (value.Kind == ValueKind.Template)
            return value.Reference is TemplateObject { Length: > 0 } own && own.TryGetItem(Value.From(0), out _);
        if (value.Kind == ValueKind.Host)
            return Iteration.LengthHint(value) >= 0;
        try
        {
            return Operators.Length(value) >= 0;
        }
        catch (TemplateError)
        {
            return false;
        }
    }

    // A strict undefined refuses the question.
    private static bool IsIterable(in Value value)
    {
        if (value.IsUndefined)
            ((Undefined)value.Reference).GetIterator();
        return Iteration.IsIterable(value);
    }
}
