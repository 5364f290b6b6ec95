namespace Retort.Jinja.Values;

/// <summary>
/// The methods of <c>Markup</c>: those of <c>str</c>, with results safe and what they put in escaped. Source: MarkupSafe 3, or 2.1 where the switch <c>Retort.Jinja.MarkupSafe2</c> is on:
/// it escapes what is looked for as well, and leaves out three methods.
/// </summary>
internal static class MarkupMethods
{
    private static readonly bool IsVersion2 = AppContext.TryGetSwitch("Retort.Jinja.MarkupSafe2", out var isOn) && isOn;

    private static readonly string[] Splitting = ["split", "rsplit", "splitlines"];

    // Their second argument becomes a part of the result.
    private static readonly string[] Inserting = ["replace", "ljust", "rjust", "center"];

    private static readonly string[] SinceVersion3 = ["casefold", "removeprefix", "removesuffix"];

    private static readonly string[] Wrapping =
    [
        "capitalize", "title", "lower", "upper", "lstrip", "rstrip", "strip", "translate", "expandtabs", "swapcase", "zfill", "partition", "rpartition", .. Inserting, .. Splitting, .. SinceVersion3,
    ];

    public static IReadOnlyDictionary<string, BuiltinMethod> Table { get; } = Build(IsVersion2);

    /// <summary>Whether MarkupSafe has a method of its own in the place of <c>str</c>'s.</summary>
    public static bool IsWrapped(string name) => Wraps(name, IsVersion2) || name is "join" or "unescape" or "striptags" or "escape" or "format" or "format_map";

    private static bool Wraps(string name, bool isVersion2) => Wrapping.Contains(name) && !(isVersion2 && SinceVersion3.Contains(name));

    internal static IReadOnlyDictionary<string, BuiltinMethod> Build(bool isVersion2)
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
            Func<Arguments, Arguments> escape = isVersion2 && !Splitting.Contains(name) ? EscapeTexts : Inserting.Contains(name) ? EscapeSecond : static arguments => arguments;
            table.AddRaw(name, Wraps(name, isVersion2) ? (context, in self, arguments) => Text.Map(method.Body(context, Value.From(self.AsText), escape(arguments)), static text => Value.From(new Markup(text))) : method.Body);
        }
        return table.Done();
    }

    private static Arguments EscapeSecond(Arguments arguments)
    {
        var positional = arguments.Positional.ToArray();
        if (positional.Length > 1)
            positional[1] = Value.From(Text.Escape(positional[1]).ToString());
        return new Arguments(positional, arguments.Names, arguments.Named);
    }

    private static Arguments EscapeTexts(Arguments arguments)
    {
        var positional = Array.ConvertAll(arguments.Positional.ToArray(), value => value.Kind == ValueKind.String ? Value.From(Text.Escape(value)) : value);
        return new Arguments(positional, arguments.Names, arguments.Named);
    }

    private static Value Join(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        var parts = new List<string>();
        var items = Iteration.Start(arguments[0]);
        while (items.MoveNext(out var item))
            parts.Add(Text.Escape(item).ToString());
        return Value.From(new Markup(StringMethods.Join(context, self.AsText!, parts)));
    }
}
