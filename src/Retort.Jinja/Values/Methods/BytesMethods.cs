namespace Retort.Jinja.Values;

/// <summary>
/// The methods of Python's <c>bytes</c>. Those that <c>str</c> has too are done by it, on a text with a character for each byte, in which a byte that is no
/// letter, digit or space to <c>bytes</c> stands for itself in a private use area: such characters have no case and no class in Unicode either.
/// </summary>
internal static class BytesMethods
{
    private const int PrivateUse = 0xE000;

    private static readonly string[] Shared =
    [
        "capitalize", "center", "count", "endswith", "expandtabs", "find", "index", "isalnum", "isalpha", "isdigit", "islower", "isspace", "istitle", "isupper", "ljust",
        "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "split", "startswith",
        "strip", "swapcase", "title", "upper", "zfill",
    ];

    // They look for a byte given as a number, too.
    private static readonly string[] Searching = ["count", "find", "index", "rfind", "rindex"];

    // What hex takes where it is given none: None itself is an error.
    private static readonly Value NoSeparator = Value.From(new TupleValue([]));

    public static IReadOnlyDictionary<string, BuiltinMethod> Table { get; } = Build();

    /// <summary>The text in which each byte is a character.</summary>
    public static string ToText(in Value bytes) => string.Create(((byte[])bytes.Reference).Length, (byte[])bytes.Reference, static (text, bytes) =>
    {
        for (var i = 0; i < text.Length; i++)
            text[i] = bytes[i] is < 0x1C or (> 0x1F and < 0x80) ? (char)bytes[i] : (char)(PrivateUse + bytes[i]);
    });

    /// <summary>The bytes of such a text.</summary>
    public static Value FromText(string text) => Value.From(Array.ConvertAll(text.ToCharArray(), character => (byte)character));

    private static IReadOnlyDictionary<string, BuiltinMethod> Build()
    {
        var table = new MethodTable("bytes")
            .Add("decode", static (_, in self, a) => Value.From(TextEncoding.Decode((byte[])self.Reference, a[0], a[1])), null, [("encoding", Value.From("utf-8")), ("errors", Value.From("strict"))], 0)
            .Add("hex", static (_, in self, a) => Value.From(Hex((byte[])self.Reference, a[0], Argument.Integer(a[1]))), null, [("sep", NoSeparator), ("bytes_per_sep", Value.From(1))], 0)
            .Add("isascii", static (_, in self, _) => Value.From(System.Text.Ascii.IsValid((byte[])self.Reference)))
            .Add("join", Join, ["iterable_of_bytes"])
            .Add("splitlines", static (_, in self, a) => Text.Map(StringMethods.List(Lines(ToText(self), Argument.CInt(a[0]) != 0)), FromText), null, [("keepends", Value.False)], 0);
        foreach (var name in Shared)
        {
            var method = StringMethods.Table[name].Body;
            var searches = Searching.Contains(name);
            table.AddRaw(name, (context, in self, arguments) => Text.Map(method(context, Value.From(ToText(self)), Texts(arguments, searches)), FromText));
        }
        return table.Done();
    }

    private static Arguments Texts(Arguments arguments, bool searches)
    {
        var positional = arguments.Positional.ToArray();
        // Python looks at the bounds before it looks at what is searched for.
        for (var i = 1; searches && i < positional.Length; i++)
            SliceBounds.Index(positional[i], 0);
        for (var i = 0; i < positional.Length; i++)
            positional[i] = searches && i == 0 && positional[0].IsIntegral ? Single(positional[0]) : AsText(positional[i]);
        var named = Array.ConvertAll(arguments.Named.ToArray(), value => AsText(value));
        return new Arguments(positional, arguments.Names, named);
    }

    private static Value AsText(in Value value) => value.Kind switch
    {
        ValueKind.Bytes => Value.From(ToText(value)),
        ValueKind.String or ValueKind.Markup => throw NotBytes(value),
        ValueKind.Tuple => Value.From(new TupleValue(Array.ConvertAll(((TupleValue)value.Reference).Items, item => AsText(item)))),
        _ => value,
    };

    private static Value Single(in Value number) => number.AsBigInteger >= 0 && number.AsBigInteger <= 255
        ? Value.From(ToText(Value.From([(byte)number.AsBigInteger])))
        : throw PythonError.Value("byte must be in range(0, 256)");

    private static Value Join(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        if (!Iteration.IsIterable(arguments[0]))
            throw PythonError.Type("can only join an iterable");
        var parts = new List<string>();
        for (var items = Iteration.Start(arguments[0]); items.MoveNext(out var item);)
        {
            parts.Add(item.Kind == ValueKind.Bytes ? ToText(item) : throw PythonError.Type(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"sequence item {parts.Count}: expected a bytes-like object, {Text.TypeName(item)} found")));
        }
        return FromText(string.Join(ToText(self), parts));
    }

    // Only what ends a line in ASCII does here.
    private static IEnumerable<string> Lines(string text, bool keepEnds)
    {
        for (var from = 0; from < text.Length;)
        {
            var end = text.AsSpan(from).IndexOfAny('\r', '\n') is var at and >= 0 ? from + at : text.Length;
            var next = Math.Min(text.Length, end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1));
            yield return text[from..(keepEnds ? next : end)];
            from = next;
        }
    }

    // Groups are counted from the right, or from the left if their size is negative.
    private static string Hex(byte[] bytes, in Value separator, long size)
    {
        var digits = Convert.ToHexStringLower(bytes);
        if (ReferenceEquals(separator.Reference, NoSeparator.Reference))
            return digits;
        if (Operators.Length(separator) != 1)
            throw PythonError.Value("sep must be length 1.");
        var mark = separator.Kind == ValueKind.Bytes ? ToText(separator) : separator.AsText ?? throw PythonError.Type("sep must be str or bytes.");
        if (mark[0] >= 0x80)
            throw PythonError.Value("sep must be ASCII.");
        if (size == 0)
            return digits;
        var width = (int)Math.Min(bytes.Length, Math.Abs(size));
        var first = size > 0 && width > 0 ? bytes.Length % width : 0;
        var groups = Enumerable.Range(0, bytes.Length).GroupBy(i => (i - first + width) / width, i => digits.Substring(2 * i, 2));
        return string.Join(mark, groups.Select(group => string.Concat(group)));
    }

    private static PythonError NotBytes(in Value value) => PythonError.Type($"a bytes-like object is required, not '{Text.TypeName(value)}'");
}
