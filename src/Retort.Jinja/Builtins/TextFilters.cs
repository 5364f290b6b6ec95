using System.Text;
using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Filters over text: case, replacing, padding, formatting.</summary>
internal static class TextFilters
{
    public static void Add(BuiltinTable table) => table
        .Add("upper", OfText("upper"), ["s"])
        .Add("lower", OfText("lower"), ["s"])
        .Add("capitalize", OfText("capitalize"), ["s"])
        .Add("title", static (_, a) => Value.From(Title(Text.Str(a[0]))), ["s"])
        .Add("trim", OfText("strip"), ["value"], [("chars", default)])
        .Add("center", OfText("center"), ["value"], [("width", Value.From(80))])
        .Add("replace", Replace, ["s", "old", "new"], [("count", default)])
        .Add("string", static (_, a) => Text.Soft(a[0]), ["s"])
        .Add("wordcount", static (_, a) => Value.From(CountWords(Text.Str(a[0]))), ["s"])
        .Add("truncate", Truncate, ["s"], [("length", Value.From(255)), ("killwords", Value.False), ("end", Value.From("...")), ("leeway", default)])
        .Add("indent", Indent, ["s"], [("width", Value.From(4)), ("first", Value.False), ("blank", Value.False)])
        .AddRaw("format", Format);

    /// <summary>A filter that is a method of text with the rest of its arguments.</summary>
    private static BuiltinBody OfText(string method)
    {
        // The tables of methods are made once a template asks for one.
        MethodBody? plain = null, safe = null;
        return (context, a) =>
        {
            var text = Text.Soft(a[0]);
            var body = text.IsPlainString ? plain ??= StringMethods.Table[method].Body : safe ??= MarkupMethods.Table[method].Body;
            return body(context, text, new Arguments(a[1..]));
        };
    }

    /// <summary>Calls a method of text, which escapes and keeps safe what a Markup would.</summary>
    private static Value Method(EvalContext context, in Value text, string name, params ReadOnlySpan<Value> arguments) =>
        BuiltinMethods.Find(text, name)!.Body(context, text, new Arguments(arguments));

    private static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            while (i < text.Length && IsWordStart(text[i]))
                i++;
            result.Append(text, start, i - start);
            start = i;
            while (i < text.Length && !IsWordStart(text[i]))
                i++;
            if (i == start)
                continue;
            var first = CodePoints.Width(text, start);
            result.Append(CaseMapping.Upper(text.Substring(start, first))).Append(CaseMapping.Lower(text[(start + first)..i]));
        }
        return result.ToString();
    }

    // What a word begins after.
    private static bool IsWordStart(char character) => character is '-' or '(' or '{' or '[' or '<' || PythonChar.IsSpace(character);

    private static Value Replace(EvalContext context, ReadOnlySpan<Value> a)
    {
        var count = a[3].IsNone ? Value.From(-1) : a[3];
        if (!context.Autoescape)
            return Method(context, Value.From(Text.Str(a[0])), "replace", Value.From(Text.Str(a[1])), Value.From(Text.Str(a[2])), count);
        var safe = Text.TryGetHtml(a[1], out _) || (Text.TryGetHtml(a[2], out _) && !Text.TryGetHtml(a[0], out _));
        var text = safe ? Value.From(Text.Escape(a[0])) : Text.Soft(a[0]);
        return Method(context, text, "replace", Text.Soft(a[1]), Text.Soft(a[2]), count);
    }

    private static int CountWords(string text)
    {
        var (count, inside) = (0, false);
        for (var i = 0; i < text.Length; i += CodePoints.Width(text, i))
        {
            var word = PythonChar.IsWord(CodePoints.At(text, i));
            count += word && !inside ? 1 : 0;
            inside = word;
        }
        return count;
    }

    private static Value Truncate(EvalContext context, ReadOnlySpan<Value> a)
    {
        var leeway = a[4].IsNone ? Value.From(context.Policies.TruncateLeeway) : a[4];
        if (a[0].IsPlainString && a[1].IsInt && a[3].IsPlainString && leeway.IsInt && a[1].AsLong is >= 0 and <= int.MaxValue && leeway.AsLong is >= 0 and <= int.MaxValue
            && TryTruncate(a[0], (int)a[1].AsLong, (int)leeway.AsLong, a[3].AsText!, a[2], out var truncated))
        {
            return truncated;
        }
        var end = Value.From(Operators.Length(a[3]));
        if (!Comparison.GreaterOrEqual(a[1], end))
            throw new PythonError(PythonErrorKind.AssertionError, $"expected length >= {Text.Str(end)}, got {Text.Str(a[1])}");
        if (!Comparison.GreaterOrEqual(leeway, Value.From(0)))
            throw new PythonError(PythonErrorKind.AssertionError, $"expected leeway >= 0, got {Text.Str(leeway)}");
        if (Comparison.LessOrEqual(Value.From(Operators.Length(a[0])), Operators.Add(a[1], leeway)))
            return a[0];
        var cut = Members.Slice(context, a[0], default, Operators.Subtract(a[1], end), default);
        if (!Operators.IsTrue(a[2]))
        {
            var text = cut.AsText ?? throw Argument.Lacks(a[0], "rsplit");
            var word = text.LastIndexOf(' ') is var space and >= 0 ? text[..space] : text;
            cut = Text.Of(word, cut.Kind == ValueKind.Markup);
        }
        return Operators.Add(cut, a[3]);
    }

    // Plain text of one unit a character, with numbers for numbers.
    private static bool TryTruncate(in Value value, int length, int leeway, string end, in Value cutsWords, out Value result)
    {
        result = value;
        var text = (string)value.Reference;
        if (end.Length > length || CodePoints.HasSurrogates(text) || CodePoints.HasSurrogates(end))
            return false;
        if (text.Length <= (long)length + leeway)
            return true;
        var cut = text.AsSpan(0, length - end.Length);
        if (!Operators.IsTrue(cutsWords) && cut.LastIndexOf(' ') is var space and >= 0)
            cut = cut[..space];
        result = Value.From(string.Concat(cut, end));
        return true;
    }

    private static Value Indent(EvalContext context, ReadOnlySpan<Value> a)
    {
        var indention = a[1].AsText ?? Operators.Multiply(Value.From(" "), a[1], context.Access.MaxRepeat).AsText!;
        if (a[0].AsText is not { } text)
            throw CannotAddText(a[0]);
        var lines = TextSplit.Lines(text + "\n", keepEnds: false).ToArray();
        var (first, blank, safe) = (Operators.IsTrue(a[2]), Operators.IsTrue(a[3]), a[0].Kind == ValueKind.Markup);
        // A safe indention escapes the unsafe text that it is put before or joins.
        var escapes = !safe && a[1].Kind == ValueKind.Markup;
        Concatenation.Check(text.Length + ((long)lines.Length * indention.Length), context);
        var result = new StringBuilder(text.Length + (lines.Length * indention.Length));
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                result.Append('\n').Append(lines[i].Length > 0 || blank ? indention : string.Empty);
            result.Append(escapes && (i > 0 || blank) ? HtmlEscape.Escape(lines[i]) : lines[i]);
            Concatenation.Limit(result.Length, context);
        }
        var indented = result.ToString();
        if (first)
            indented = indention + (escapes && !blank ? HtmlEscape.Escape(indented) : indented);
        return Text.Of(indented, safe || (escapes && (first || blank)));
    }

    // Python finds out by adding a line end.
    private static TemplateError CannotAddText(in Value value)
    {
        // A list takes the characters of the text.
        if (value.Kind == ValueKind.List)
            return Argument.Lacks(value, "splitlines");
        try
        {
            Operators.Add(value, Value.From("\n"));
            return Argument.Lacks(value, "splitlines");
        }
        catch (PythonError) when (value.Kind is not (ValueKind.Tuple or ValueKind.Bytes or ValueKind.Undefined))
        {
            return Operators.Unsupported("+=", value, Value.Empty);
        }
        catch (TemplateError error)
        {
            // The filter adds in place, which Python names differently.
            return error is PythonError { Kind: PythonErrorKind.TypeError } ? PythonError.Type(error.Reason.Replace("type(s) for +:", "type(s) for +=:", StringComparison.Ordinal)) : error;
        }
    }

    private static Value Format(EvalContext context, Arguments arguments)
    {
        if (arguments.Positional.IsEmpty)
            throw PythonError.Type("do_format() missing 1 required positional argument: 'value'");
        var format = Text.Soft(arguments.Positional[0]);
        if (arguments.Positional.Length > 1 && !arguments.Names.IsEmpty)
            throw new FilterArgumentError("can't handle positional and keyword arguments at the same time");
        if (arguments.Names.IsEmpty)
            return PercentFormat.Format(context, format, Value.From(new TupleValue(arguments.Positional[1..].ToArray())));
        return PercentFormat.Format(context, format, Value.From(arguments.NamedAsDict()));
    }
}
