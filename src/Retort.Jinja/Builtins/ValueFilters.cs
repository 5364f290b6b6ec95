using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Filters over values of any kind.</summary>
internal static class ValueFilters
{
    public static void Add(BuiltinTable table) => table
        .Add("default,d", static (_, a) => a[0].IsUndefined || (Operators.IsTrue(a[2]) && !Operators.IsTrue(a[0])) ? a[1] : a[0], ["value"],
            [("default_value", Value.Empty), ("boolean", Value.False)])
        .Add("attr", Attribute, ["obj", "name"])
        .Add("pprint", static (_, a) => Value.From(PrettyPrinter.Format(a[0])), ["value"])
        .Add("tojson", ToJson, ["value"], [("indent", default)]);

    private static Value Attribute(EvalContext context, ReadOnlySpan<Value> a)
    {
        if (!a[1].IsText)
        {
            // A strict undefined name says so itself.
            _ = Text.Str(a[1]);
            throw PythonError.Type("attribute name must be string, not '" + Text.TypeName(a[1]) + "'");
        }
        return Members.GetMemberOnly(context, a[0], a[1]);
    }

    private static Value ToJson(EvalContext context, ReadOnlySpan<Value> a)
    {
        var json = context.Policies.JsonDumps is { } dumps ? dumps(a[0].ToObject()) : new JsonText(context, a[0].IsText ? default : a[1]).Write(a[0]);
        return Value.From(new Markup(json
            .Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal)
            .Replace("'", "\\u0027", StringComparison.Ordinal)));
    }
}
