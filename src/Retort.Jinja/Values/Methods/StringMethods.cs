using System.Text;

namespace Retort.Jinja.Values;

/// <summary>The methods of Python's <c>str</c>.</summary>
internal static class StringMethods
{
    private static readonly (string, Value)[] Range = [("start", default), ("end", default)];
    private static readonly (string, Value)[] SplitArguments = [("sep", default), ("maxsplit", Value.From(-1))];

    public static IReadOnlyDictionary<string, BuiltinMethod> Table { get; } = Build();

    private static IReadOnlyDictionary<string, BuiltinMethod> Build()
    {
        var table = new MethodTable("str");
        AddCase(table);
        AddSearch(table);
        AddSplit(table);
        AddPad(table);
        AddClasses(table);
        return table
            .Add("replace", Replace, ["old", "new"], [("count", Value.From(-1))])
            .Add("removeprefix", static (_, in self, a) => Value.From(Without(self.AsText!, Argument.Text(a[0], "removeprefix", 1), prefix: true)), ["prefix"])
            .Add("removesuffix", static (_, in self, a) => Value.From(Without(self.AsText!, Argument.Text(a[0], "removesuffix", 1), prefix: false)), ["suffix"])
            .Add("strip", static (_, in self, a) => Value.From(Strip(self.AsText!, Argument.OptionalText(a[0], "strip", "arg"), true, true)), null, [("chars", default)])
            .Add("lstrip", static (_, in self, a) => Value.From(Strip(self.AsText!, Argument.OptionalText(a[0], "lstrip", "arg"), true, false)), null, [("chars", default)])
            .Add("rstrip", static (_, in self, a) => Value.From(Strip(self.AsText!, Argument.OptionalText(a[0], "rstrip", "arg"), false, true)), null, [("chars", default)])
            .Add("encode", static (_, in self, a) => Value.From(TextEncoding.Encode(self.AsText!, a[0], a[1])), null, [("encoding", Value.From("utf-8")), ("errors", Value.From("strict"))], 0)
            .Add("translate", static (context, in self, a) => Value.From(Translation.Apply(context, self.AsText!, a[0])), ["table"])
            .Add("maketrans", static (_, in _, a) => Translation.Make(a), ["x"], [("y", default), ("z", default)])
            .AddRaw("format", static (context, in self, arguments) => BraceFormat.Format(context, self, arguments))
            .Add("format_map", static (context, in self, a) => BraceFormat.FormatMap(context, self, a[0]), ["mapping"])
            .Done();
    }

    private static void AddCase(MethodTable table) => table
        .Add("upper", static (_, in self, _) => Value.From(CaseMapping.Upper(self.AsText!)))
        .Add("lower", static (_, in self, _) => Value.From(CaseMapping.Lower(self.AsText!)))
        .Add("capitalize", static (_, in self, _) => Value.From(CaseMapping.Capitalize(self.AsText!)))
        .Add("title", static (_, in self, _) => Value.From(CaseMapping.Title(self.AsText!)))
        .Add("swapcase", static (_, in self, _) => Value.From(CaseMapping.SwapCase(self.AsText!)))
        .Add("casefold", static (_, in self, _) => Value.From(CaseMapping.Fold(self.AsText!)));

    private static void AddSearch(MethodTable table) => table
        .Add("find", static (_, in self, a) => Value.From(TextSearch.Find(self.AsText!, a, last: false)), ["sub"], Range)
        .Add("rfind", static (_, in self, a) => Value.From(TextSearch.Find(self.AsText!, a, last: true)), ["sub"], Range)
        .Add("index", static (_, in self, a) => Found(TextSearch.Find(self.AsText!, a, last: false)), ["sub"], Range)
        .Add("rindex", static (_, in self, a) => Found(TextSearch.Find(self.AsText!, a, last: true)), ["sub"], Range)
        .Add("count", static (_, in self, a) => Value.From(TextSearch.Count(self.AsText!, a)), ["sub"], Range)
        .Add("startswith", static (_, in self, a) => Value.From(TextSearch.Matches(self.AsText!, a, "startswith", atEnd: false)), ["prefix"], Range)
        .Add("endswith", static (_, in self, a) => Value.From(TextSearch.Matches(self.AsText!, a, "endswith", atEnd: true)), ["suffix"], Range);

    private static void AddSplit(MethodTable table) => table
        .Add("split", static (_, in self, a) => List(TextSplit.Split(self.AsText!, a[0], Argument.Integer(a[1]))), null, SplitArguments, 0)
        .Add("rsplit", static (_, in self, a) => List(TextSplit.SplitFromEnd(self.AsText!, a[0], Argument.Integer(a[1]))), null, SplitArguments, 0)
        .Add("splitlines", static (_, in self, a) => List(TextSplit.Lines(self.AsText!, Argument.CInt(a[0]) != 0)), null, [("keepends", Value.False)], 0)
        .Add("partition", static (_, in self, a) => Partition(self.AsText!, a[0], "partition", last: false), ["sep"])
        .Add("rpartition", static (_, in self, a) => Partition(self.AsText!, a[0], "rpartition", last: true), ["sep"])
        .Add("join", static (context, in self, a) => Value.From(Join(context, self.AsText!, a[0])), ["iterable"]);

    private static void AddPad(MethodTable table) => table
        .Add("center", static (c, in self, a) => Pad(c, self, a, Padding.Center), ["width"], [("fillchar", Value.From(" "))])
        .Add("ljust", static (c, in self, a) => Pad(c, self, a, Padding.Right), ["width"], [("fillchar", Value.From(" "))])
        .Add("rjust", static (c, in self, a) => Pad(c, self, a, Padding.Left), ["width"], [("fillchar", Value.From(" "))])
        .Add("zfill", static (c, in self, a) => Value.From(Padding.Zeros(self.AsText!, Argument.Width(c, a[0]))), ["width"])
        .Add("expandtabs", static (c, in self, a) => Value.From(Padding.ExpandTabs(c, self.AsText!, Argument.Width(c, Value.From(Argument.CInt(a[0]))))), null, [("tabsize", Value.From(8))], 0);

    // The width has to be a number before the filling is looked at, and only then a number within the limit.
    private static Value Pad(EvalContext context, in Value self, ReadOnlySpan<Value> arguments, Func<string, int, string, string> pad)
    {
        Argument.Integer(arguments[0]);
        var fill = Padding.Fill(arguments[1]);
        return Value.From(pad(self.AsText!, Argument.Width(context, arguments[0]), fill));
    }

    private static void AddClasses(MethodTable table)
    {
        AddClass(table, "isalnum", PythonChar.IsAlnum);
        AddClass(table, "isalpha", PythonChar.IsAlpha);
        AddClass(table, "isdecimal", PythonChar.IsDecimal);
        AddClass(table, "isdigit", PythonChar.IsDigit);
        AddClass(table, "isnumeric", PythonChar.IsNumeric);
        AddClass(table, "isspace", PythonChar.IsSpace);
        table
            .Add("isascii", static (_, in self, _) => Value.From(Ascii.IsValid(self.AsText!)))
            .Add("isprintable", static (_, in self, _) => Value.From(All(self.AsText!, PythonChar.IsPrintable)))
            .Add("isidentifier", static (_, in self, _) => Value.From(PythonChar.IsIdentifier(self.AsText!)))
            .Add("islower", static (_, in self, _) => Value.From(IsLower(self.AsText!)))
            .Add("isupper", static (_, in self, _) => Value.From(IsUpper(self.AsText!)))
            .Add("istitle", static (_, in self, _) => Value.From(IsTitle(self.AsText!)));
    }

    private static void AddClass(MethodTable table, string name, Func<int, bool> holds) =>
        table.Add(name, (_, in self, _) => Value.From(self.AsText!.Length > 0 && All(self.AsText!, holds)));

    public static bool IsLower(string text) => All(text, static code => !PythonChar.IsUpper(code) && !PythonChar.IsTitle(code)) && Any(text, PythonChar.IsLower);

    public static bool IsUpper(string text) => All(text, static code => !PythonChar.IsLower(code) && !PythonChar.IsTitle(code)) && Any(text, PythonChar.IsUpper);

    public static string Strip(string text, string? characters, bool start, bool end)
    {
        if (characters is null)
        {
            var (first, last) = SpaceBounds(text, start, end);
            return text[first..last];
        }
        var (from, to) = (0, text.Length);
        while (start && from < to && IsStripped(text, characters, from, CodePoints.Width(text, from)))
            from += CodePoints.Width(text, from);
        while (end && from < to)
        {
            var width = to - from >= 2 && char.IsLowSurrogate(text[to - 1]) && char.IsHighSurrogate(text[to - 2]) ? 2 : 1;
            if (!IsStripped(text, characters, to - width, width))
                break;
            to -= width;
        }
        return text[from..to];
    }

    /// <summary>The offsets between which text is left once the spaces at its sides are gone.</summary>
    public static (int From, int To) SpaceBounds(ReadOnlySpan<char> text, bool start, bool end)
    {
        var (from, to) = (0, text.Length);
        while (start && from < to && PythonChar.IsSpace(text[from]))
            from++;
        while (end && from < to && PythonChar.IsSpace(text[to - 1]))
            to--;
        return (from, to);
    }

    private static bool IsStripped(string text, string characters, int offset, int width) => width == 1
        ? characters.Contains(text[offset])
        : characters.AsSpan().Contains(text.AsSpan(offset, width), StringComparison.Ordinal);

    public static string Join(EvalContext context, string separator, in Value items)
    {
        if (!Iteration.IsIterable(items))
            throw PythonError.Type("can only join an iterable");
        var parts = new List<string>();
        for (var iterator = Iteration.Start(items); iterator.MoveNext(out var item);)
        {
            parts.Add(item.AsText ?? throw PythonError.Type(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"sequence item {parts.Count}: expected str instance, {Text.TypeName(item)} found")));
        }
        return Join(context, separator, parts);
    }

    /// <summary>Joins texts, if the result is not too long.</summary>
    public static string Join(EvalContext context, string separator, List<string> parts)
    {
        var length = (long)separator.Length * Math.Max(0, parts.Count - 1);
        foreach (var part in parts)
            length += part.Length;
        Concatenation.Check(length, context);
        return string.Join(separator, parts);
    }

    private static Value Replace(EvalContext context, in Value self, ReadOnlySpan<Value> arguments) =>
        Value.From(Replace(context, self.AsText!, Argument.Text(arguments[0], "replace", 1), Argument.Text(arguments[1], "replace", 2), Argument.Integer(arguments[2])));

    /// <summary>Replaces the first occurrences, all if the count is negative.</summary>
    public static string Replace(EvalContext context, string text, string old, string replacement, long count)
    {
        if (count == 0 || (old.Length == 0 && replacement.Length == 0))
            return text;
        CheckGrowth(context, text, old, replacement.Length - old.Length, count);
        if (old.Length == 0)
            return Interleave(text, replacement, count);
        if (count < 0)
            return text.Replace(old, replacement, StringComparison.Ordinal);
        var result = new StringBuilder(text.Length);
        var from = 0;
        for (; count > 0 && text.IndexOf(old, from, StringComparison.Ordinal) is var at and >= 0; count--)
        {
            result.Append(text, from, at - from).Append(replacement);
            from = at + old.Length;
        }
        return result.Append(text, from, text.Length - from).ToString();
    }

    // Counts only where the result could be large.
    private static void CheckGrowth(EvalContext context, string text, string old, long growth, long count)
    {
        var most = old.Length == 0 ? text.Length + 1 : text.Length / old.Length;
        if (growth <= 0 || text.Length + (most * growth) <= Concatenation.Unchecked)
            return;
        var found = old.Length == 0 ? most : text.AsSpan().Count(old);
        Concatenation.Check(text.Length + ((count < 0 ? found : Math.Min(count, found)) * growth), context);
    }

    // The empty string occurs before every character and at the end.
    private static string Interleave(string text, string replacement, long count)
    {
        var result = new StringBuilder(text.Length * 2);
        for (var i = 0; i < text.Length;)
        {
            if (count-- != 0)
                result.Append(replacement);
            else
                return result.Append(text, i, text.Length - i).ToString();
            var width = CodePoints.Width(text, i);
            result.Append(text, i, width);
            i += width;
        }
        return count != 0 ? result.Append(replacement).ToString() : result.ToString();
    }

    private static string Without(string text, string part, bool prefix) => prefix
        ? text.StartsWith(part, StringComparison.Ordinal) ? text[part.Length..] : text
        : part.Length > 0 && text.EndsWith(part, StringComparison.Ordinal) ? text[..^part.Length] : text;

    private static Value Found(int index) => index >= 0 ? Value.From(index) : throw PythonError.Value("substring not found");

    /// <summary>A list of texts.</summary>
    public static Value List(IEnumerable<string> parts) => Value.From(new ListValue([.. parts.Select(part => Value.From(part))]));

    // The separator that was found is the one that was given.
    private static Value Partition(string text, in Value separator, string function, bool last)
    {
        var (head, found, tail) = TextSplit.Partition(text, Argument.Text(separator, function, 1), last);
        return Value.From(new TupleValue([Value.From(head), found.Length > 0 ? separator : Value.Empty, Value.From(tail)]));
    }

    private static bool IsTitle(string text)
    {
        var (cased, previous) = (false, false);
        for (var i = 0; i < text.Length; i += CodePoints.Width(text, i))
        {
            var code = CodePoints.At(text, i);
            var upper = PythonChar.IsUpper(code) || PythonChar.IsTitle(code);
            if (upper ? previous : PythonChar.IsLower(code) && !previous)
                return false;
            previous = upper || PythonChar.IsLower(code);
            cased |= previous;
        }
        return cased;
    }

    private static bool All(string text, Func<int, bool> holds)
    {
        for (var i = 0; i < text.Length; i += CodePoints.Width(text, i))
        {
            if (!holds(CodePoints.At(text, i)))
                return false;
        }
        return true;
    }

    private static bool Any(string text, Func<int, bool> holds) => !All(text, code => !holds(code));
}
