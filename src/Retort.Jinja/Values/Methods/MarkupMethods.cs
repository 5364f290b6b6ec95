using System.Collections.Frozen;

namespace Retort.Jinja.Values;

/// <summary>The methods of <c>Markup</c>: those of <c>str</c>, with arguments escaped and results safe where MarkupSafe has it so.</summary>
internal static class MarkupMethods
{
    private static readonly string[] Escaping =
    [
        "capitalize", "title", "lower", "upper", "replace", "ljust", "rjust", "lstrip", "rstrip", "center", "strip", "translate", "expandtabs", "swapcase", "zfill",
        "partition", "rpartition",
    ];

    private static readonly string[] Wrapping = ["split", "rsplit", "splitlines"];

    public static FrozenDictionary<string, BuiltinMethod> Table { get; } = Build();

    /// <summary>Whether MarkupSafe has a method of its own in the place of <c>str</c>'s.</summary>
    public static bool IsWrapped(string name) =>
        Escaping.Contains(name) || Wrapping.Contains(name) || name is "join" or "unescape" or "striptags" or "escape" or "format" or "format_map";

    private static FrozenDictionary<string, BuiltinMethod> Build()
    {
        var table = new MethodTable("Markup")
            .Add("unescape", static (_, in self, _) => Value.From(((Markup)self.Reference).Unescape()))
            .Add("striptags", static (_, in self, _) => Value.From(((Markup)self.Reference).StripTags()))
            .Add("escape", static (_, in _, a) => Value.From(Text.Escape(a[0])), ["s"])
            .Add("__html__", static (_, in self, _) => self)
            .Add("join", Join, ["seq"]);
        foreach (var (name, method) in StringMethods.Table)
        {
            if (name == "join")
                continue;
            var escapes = Escaping.Contains(name);
            var wraps = escapes || Wrapping.Contains(name);
            table.AddRaw(name, !wraps ? method.Body : (context, in self, arguments) => Safe(method.Body(context, Value.From(self.AsText), escapes ? Escape(arguments) : arguments)));
        }
        return table.Freeze();
    }

    // Text and objects with HTML of their own are escaped; numbers and the like are left for the method to judge.
    private static Arguments Escape(Arguments arguments)
    {
        var positional = arguments.Positional.ToArray();
        var named = arguments.Named.ToArray();
        foreach (ref var value in positional.AsSpan())
            value = EscapeText(value);
        foreach (ref var value in named.AsSpan())
            value = EscapeText(value);
        return new Arguments(positional, arguments.Names, named);
    }

    private static Value EscapeText(in Value value) => value.IsText || Text.TryGetHtml(value, out _) ? Value.From(Text.Escape(value).ToString()) : value;

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
