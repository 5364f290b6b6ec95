using System.Collections.Frozen;

namespace Retort.Jinja.Values;

/// <summary>The methods of <c>Markup</c>: those of <c>str</c>, with results safe and what they put in escaped. Source: MarkupSafe 3; older versions escape what is looked for as well.</summary>
internal static class MarkupMethods
{
    private static readonly string[] Wrapping =
    [
        "capitalize", "casefold", "title", "lower", "upper", "replace", "ljust", "rjust", "lstrip", "rstrip", "center", "strip", "translate", "expandtabs", "swapcase", "zfill",
        "partition", "rpartition", "removeprefix", "removesuffix", "split", "rsplit", "splitlines",
    ];

    // Their second argument becomes a part of the result.
    private static readonly string[] Inserting = ["replace", "ljust", "rjust", "center"];

    public static FrozenDictionary<string, BuiltinMethod> Table { get; } = Build();

    /// <summary>Whether MarkupSafe has a method of its own in the place of <c>str</c>'s.</summary>
    public static bool IsWrapped(string name) => Wrapping.Contains(name) || name is "join" or "unescape" or "striptags" or "escape" or "format" or "format_map";

    private static FrozenDictionary<string, BuiltinMethod> Build()
    {
        var table = new MethodTable("Markup", isBuiltin: false)
            .Add("unescape", static (_, in self, _) => Value.From(((Markup)self.Reference).Unescape()))
            .Add("striptags", static (_, in self, _) => Value.From(((Markup)self.Reference).StripTags()))
            .Add("escape", static (_, in _, a) => Value.From(Text.Escape(a[0])), ["s"])
            .Add("__html__", static (_, in self, _) => self)
            .Add("join", Join, ["seq"]);
        foreach (var (name, method) in StringMethods.Table)
        {
            if (name == "join")
                continue;
            var inserts = Inserting.Contains(name);
            table.AddRaw(name, !Wrapping.Contains(name) ? method.Body
                : (context, in self, arguments) => Safe(method.Body(context, Value.From(self.AsText), inserts ? EscapeSecond(arguments) : arguments)));
        }
        return table.Freeze();
    }

    private static Arguments EscapeSecond(Arguments arguments)
    {
        var positional = arguments.Positional.ToArray();
        if (positional.Length > 1)
            positional[1] = Value.From(Text.Escape(positional[1]).ToString());
        return new Arguments(positional, arguments.Names, arguments.Named);
    }

    private static Value Safe(in Value result) => result.Reference switch
    {
        string text when result.Kind == ValueKind.String => Value.From(new Markup(text)),
        ListValue list => Value.From(new ListValue(list.Items.ConvertAll(item => Safe(item)))),
        TupleValue tuple => Value.From(new TupleValue(Array.ConvertAll(tuple.Items, item => Safe(item)))),
        _ => result,
    };

    private static Value Join(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        var parts = new List<string>();
        for (var items = Iteration.Start(arguments[0]); items.MoveNext(out var item);)
            parts.Add(Text.Escape(item).ToString());
        return Value.From(new Markup(string.Join(self.AsText, parts)));
    }
}
