using System.Buffers;
using System.Text;
using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Filters that make or unmake HTML and URLs.</summary>
internal static class HtmlFilters
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create("/>= \t\n\r\f\v");

    public static void Add(BuiltinTable table) => table
        .Add("escape,e", static (_, a) => Value.From(Text.Escape(a[0])), ["s"])
        .Add("forceescape", static (_, a) => Value.From(new Markup(HtmlEscape.Escape(Html(a[0])))), ["value"])
        .Add("safe", static (_, a) => Value.From(new Markup(Html(a[0]))), ["value"])
        .Add("striptags", static (_, a) => Value.From(HtmlTags.Strip(Html(a[0]))), ["value"])
        .Add("urlencode", static (_, a) => Value.From(UrlEncode(a[0])), ["value"])
        .Add("urlize", Urlize, ["value"],
            [("trim_url_limit", default), ("nofollow", Value.False), ("target", default), ("rel", default), ("extra_schemes", default)])
        .Add("xmlattr", XmlAttributes, ["d"], [("autospace", Value.True)]);

    private static string Html(in Value value) => Text.TryGetHtml(value, out var html) ? html : Text.Str(value);

    private static Value XmlAttributes(EvalContext context, ReadOnlySpan<Value> a)
    {
        if (a[0].Kind != ValueKind.Dict)
            throw Argument.Lacks(a[0], "items");
        var result = new StringBuilder();
        foreach (var (key, value) in Mappings.Items(a[0]))
        {
            if (value.IsNone || value.IsUndefined)
                continue;
            var name = key.AsText ?? throw PythonError.Type($"expected string or bytes-like object, got '{Text.TypeName(key)}'");
            // A name that could end itself and begin another, CVE-2024-22195 and CVE-2024-34064.
            if (name.AsSpan().ContainsAny(NameEnds))
                throw PythonError.Value($"Invalid character in attribute name: {StringRepr.Of(name)}");
            result.Append(result.Length > 0 ? " " : string.Empty).Append(Text.Escape(key)).Append("=\"").Append(Text.Escape(value)).Append('"');
        }
        if (result.Length > 0 && Operators.IsTrue(a[1]))
            result.Insert(0, ' ');
        return Text.Of(result.ToString(), context.Autoescape);
    }

    private static string UrlEncode(in Value value)
    {
        if (value.IsText || !Iteration.IsIterable(value))
            return UrlQuote.Quote(value, forQuery: false);
        var pairs = value.Kind == ValueKind.Dict ? Mappings.Items(value).Select(item => Value.From(new TupleValue([item.Key, item.Value]))) : Iteration.ToList(value);
        var parts = new List<string>();
        Span<Value> pair = [default, default];
        foreach (var item in pairs)
        {
            Iteration.Unpack(item, pair);
            parts.Add(UrlQuote.Quote(pair[0], forQuery: true) + "=" + UrlQuote.Quote(pair[1], forQuery: true));
        }
        return string.Join('&', parts);
    }

    private static Value Urlize(EvalContext context, ReadOnlySpan<Value> a)
    {
        var policies = context.Policies;
        var rel = new SortedSet<string>(StringComparer.Ordinal);
        rel.UnionWith(TextSplit.Split(Operators.IsTrue(a[4]) ? a[4].AsText ?? throw Argument.Lacks(a[4], "split") : string.Empty, default, -1));
        if (Operators.IsTrue(a[2]))
            rel.Add("nofollow");
        rel.UnionWith(TextSplit.Split(policies.UrlizeRel ?? string.Empty, default, -1));
        var schemes = a[5].IsNone ? policies.UrlizeExtraSchemes ?? [] : [.. Iteration.ToList(a[5]).Select(scheme => scheme.AsText ?? throw PythonError.Type($"expected string or bytes-like object, got '{Text.TypeName(scheme)}'"))];
        foreach (var scheme in schemes)
        {
            if (!UrlLinks.IsScheme(scheme))
                throw new FilterArgumentError($"{StringRepr.Of(scheme)} is not a valid URI scheme prefix.");
        }
        var target = a[3].IsNone ? policies.UrlizeTarget : Text.Str(a[3]);
        var attributes = Attribute("rel", string.Join(' ', rel)) + Attribute("target", target);
        var links = new UrlLinks(a[1], attributes, schemes);
        return Text.Of(links.Convert(Text.Escape(a[0]).ToString()), context.Autoescape);
    }

    private static string Attribute(string name, string? value) => string.IsNullOrEmpty(value) ? string.Empty : $" {name}=\"{HtmlEscape.Escape(value)}\"";
}

/// <summary>Python's <c>urllib.parse.quote</c>.</summary>
internal static class UrlQuote
{
    public static string Quote(in Value value, bool forQuery)
    {
        var quoted = value.Kind == ValueKind.Bytes
            ? string.Concat(((byte[])value.Reference).Select(item => item < 0x80 ? Uri.EscapeDataString(CodePoints.Single((char)item)) : Uri.HexEscape((char)item)))
            : Uri.EscapeDataString(Text.Str(value));
        return forQuery ? quoted.Replace("%20", "+", StringComparison.Ordinal) : quoted.Replace("%2F", "/", StringComparison.Ordinal);
    }
}
