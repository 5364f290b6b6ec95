using System.Globalization;
using System.Text;
using System.Text.Json;
using Retort.Jinja;
using Retort.Jinja.Values;

namespace Retort.Conformance;

/// <summary>The functions, filters and tests that the cases expect of their host.</summary>
internal static class JinjaHostFunctions
{
    public static Value Global(JsonElement name)
    {
        if (name.ValueKind == JsonValueKind.Object)
        {
            var result = name.GetProperty("returns");
            return Function("returns", (_, _) => JinjaData.Decode(result));
        }
        return Function(name.GetString()!, Named(name.GetString()!));
    }

    private static JinjaFunction Named(string name) => name switch
    {
        "echo" => Echo,
        "first_arg" => (_, arguments) => arguments.Positional[0],
        "concat" => (_, arguments) => Value.From(string.Concat(Texts(arguments.Positional, value => Text.Str(value)))),
        "tuple_of" => (_, arguments) => Value.From(new TupleValue(arguments.Positional.ToArray())),
        "fail" => (_, _) => throw new PythonError(PythonErrorKind.RuntimeError, "fail() was called"),
        "raise_exception" => (_, arguments) => throw new TemplateError(Text.Str(arguments.Positional[0])),
        "strftime_now" => (context, arguments) => Now(context, arguments.Positional[0]),
        "url_for" => UrlFor,
        "pathto" => PathTo,
        "accesskey" => (_, arguments) => Value.From(new Markup($"accesskey=\"{Text.Str(arguments.Positional[0])}\"")),
        "gettext_stub" => (context, arguments) => Filled(context, arguments.Positional[0], arguments),
        "ngettext_stub" => (context, arguments) => Filled(context, arguments.Positional[Equality.AreEqual(arguments.Positional[2], Value.From(1)) ? 0 : 1], arguments),
        "int_str_len" => (_, arguments) => Value.From(Text.Str(arguments.Positional[0]).Length),
        "call_log" => CallLog,
        var other => throw new ArgumentException($"unknown function {other}"),
    };

    public static JinjaFunction Filter(string name) => name switch
    {
        "add" => Add,
        "identity" or "first_arg" => (_, arguments) => arguments.Positional[0],
        "markup" => (_, arguments) => Value.From(new Markup(Text.Str(arguments.Positional[0]))),
        "strip_all" => (_, arguments) => Value.From(string.Concat(Text.Str(arguments.Positional[0]).Where(character => !char.IsWhiteSpace(character)))),
        "py_repr" => (_, arguments) => Value.From(Text.Repr(arguments.Positional[0])),
        "heading" => Heading,
        "underline" => Underline,
        "tobool" => (_, arguments) => Value.From(Text.Str(arguments.Positional[0]).ToLowerInvariant() is "true" or "1" or "yes" or "on"),
        "toint" => (_, arguments) => Value.From(Text.Str(arguments.Positional[0]) is { Length: > 0 } digits && digits.All(char.IsAsciiDigit) ? long.Parse(digits, CultureInfo.InvariantCulture) : 0),
        "hf_tojson" => HfToJson,
        "multiple_of" => (_, arguments) => Value.From(arguments.Positional[0].AsLong % Optional(arguments, 1, "n", Value.From(2)).AsLong == 0),
        "truthy" => (_, arguments) => Value.From(Operators.IsTrue(arguments.Positional[0])),
        _ => throw new ArgumentException($"unknown filter {name}"),
    };

    public static void InstallGettext(JinjaEnvironment environment, JsonElement settings)
    {
        var catalogs = settings.TryGetProperty("catalogs", out var all)
            ? all.EnumerateObject().ToDictionary(language => language.Name, language => language.Value.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!))
            : [];
        var language = settings.TryGetProperty("language", out var fixedLanguage) ? fixedLanguage.GetString()! : "en";
        var variable = settings.TryGetProperty("language_var", out var named) ? named.GetString() : null;

        Value Find(EvalContext context, string key, in Value missing)
        {
            var wanted = variable is null ? Value.From(language) : context.ResolveVariable(variable);
            return catalogs.TryGetValue(wanted.IsUndefined ? language : Text.Str(wanted), out var catalog) && catalog.TryGetValue(key, out var text) ? Value.From(text) : missing;
        }

        JinjaFunction Translate(bool hasContext, bool hasPlural) => (context, arguments) =>
        {
            if (arguments.Names.Length > 0 || arguments.Positional.Length != (hasContext ? 2 : 1) + (hasPlural ? 2 : 0))
                throw new PythonError(PythonErrorKind.TypeError, "the translating function takes its messages alone");
            var messages = arguments.Positional[(hasContext ? 1 : 0)..];
            var message = hasPlural && !Equality.AreEqual(messages[2], Value.From(1)) ? messages[1] : messages[0];
            return Find(context, hasContext ? $"{Text.Str(arguments.Positional[0])}\u0004{Text.Str(message)}" : Text.Str(message), message);
        };

        var gettext = Translate(hasContext: false, hasPlural: false);
        var ngettext = Translate(hasContext: false, hasPlural: true);
        var pgettext = Translate(hasContext: true, hasPlural: false);
        var npgettext = Translate(hasContext: true, hasPlural: true);
        var newstyle = settings.TryGetProperty("newstyle", out var style) && style.GetBoolean();
        if (!settings.TryGetProperty("callables_only", out var only) || !only.GetBoolean())
        {
            environment.InstallGettextCallables(gettext, ngettext, newstyle, pgettext, npgettext);
            return;
        }
        environment.NewstyleGettext = newstyle;
        environment.Globals.SetValue("_", Function("gettext", gettext));
        environment.Globals.SetValue("gettext", Function("gettext", gettext));
        environment.Globals.SetValue("ngettext", Function("ngettext", ngettext));
        environment.Globals.SetValue("pgettext", Function("pgettext", pgettext));
        environment.Globals.SetValue("npgettext", Function("npgettext", npgettext));
    }

    private static Value Function(string name, JinjaFunction body) => Value.From(new FunctionValue(body, name));

    private static IEnumerable<string> Texts(ReadOnlySpan<Value> values, Func<Value, string> text) => values.ToArray().Select(text);

    private static Value Optional(Arguments arguments, int index, string name, Value missing) =>
        arguments.Positional.Length > index ? arguments.Positional[index] : arguments.TryGetNamed(name, out var named) ? named : missing;

    private static Value Heading(EvalContext context, Arguments arguments)
    {
        var text = Text.Str(arguments.Positional[0]);
        var level = (int)Optional(arguments, 1, "level", Value.From(1)).AsLong;
        return Value.From(text + "\n" + new string("=-~"[level - 1], text.Length));
    }

    private static Value Underline(EvalContext context, Arguments arguments)
    {
        var text = Text.Str(arguments.Positional[0]);
        return Value.From(text + "\n" + string.Concat(Enumerable.Repeat(Text.Str(Optional(arguments, 1, "line", Value.From("="))), text.Length)));
    }

    private static Value Echo(EvalContext context, Arguments arguments)
    {
        var parts = Texts(arguments.Positional, value => Text.Repr(value)).ToList();
        for (var i = 0; i < arguments.Names.Length; i++)
            parts.Add($"{arguments.Names[i]}={Text.Repr(arguments.Named[i])}");
        return Value.From($"echo({string.Join(", ", parts)})");
    }

    private static Value Add(EvalContext context, Arguments arguments)
    {
        var sum = Operators.Add(arguments.Positional[0], Optional(arguments, 1, "b", Value.From(1)));
        foreach (var more in arguments.Positional.Length > 2 ? arguments.Positional[2..] : [])
            sum = Operators.Add(sum, more);
        for (var i = 0; i < arguments.Names.Length; i++)
        {
            if (arguments.Names[i] != "b")
                sum = Operators.Add(sum, arguments.Named[i]);
        }
        return sum;
    }

    private static Value Now(EvalContext context, Value format) =>
        context.Call(context.GetAttribute(Value.FromObject(new DateTime(2024, 7, 26, 13, 37, 5)), "strftime"), new Arguments([format]));

    private static Value UrlFor(EvalContext context, Arguments arguments)
    {
        var query = new List<string>();
        for (var i = 0; i < arguments.Names.Length; i++)
        {
            if (!arguments.Named[i].IsNone)
                query.Add($"{Quote(arguments.Names[i])}={Quote(Text.Str(arguments.Named[i]))}");
        }
        var path = "/" + Text.Str(arguments.Positional[0]).Replace('.', '/');
        return Value.From(query.Count == 0 ? path : path + "?" + string.Join('&', query));
    }

    private static string Quote(string text)
    {
        var result = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || "_.-~".Contains((char)octet, StringComparison.Ordinal))
                result.Append((char)octet);
            else if (octet == ' ')
                result.Append('+');
            else
                result.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
        return result.ToString();
    }

    private static Value PathTo(EvalContext context, Arguments arguments)
    {
        var path = Text.Str(arguments.Positional[0]);
        return Value.From(Operators.IsTrue(Optional(arguments, 1, "resource", Value.False)) ? path : path + ".html");
    }

    private static Value Filled(EvalContext context, Value format, Arguments arguments)
    {
        if (arguments.Names.Length == 0)
            return format;
        var variables = new DictValue();
        for (var i = 0; i < arguments.Names.Length; i++)
            variables.Set(Value.From(arguments.Names[i]), arguments.Named[i]);
        return Operators.Modulo(context, format, Value.From(variables));
    }

    private static Value CallLog(EvalContext context, Arguments arguments)
    {
        var parts = Texts(arguments.Positional, value => Text.Str(value)).ToList();
        var named = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Names.Length; i++)
            named[arguments.Names[i]] = Text.Str(arguments.Named[i]);
        parts.AddRange(named.Select(pair => $"{pair.Key}={pair.Value}"));
        return Value.From(new Markup($"[{string.Join(',', parts)}]"));
    }

    // json.dumps(x, ensure_ascii=False, ...) as transformers has it: what tojson writes, without its escapes for HTML.
    private static Value HfToJson(EvalContext context, Arguments arguments)
    {
        var json = new PythonJson(
            Operators.IsTrue(Optional(arguments, 1, "ensure_ascii", Value.False)),
            Optional(arguments, 2, "indent", Value.None),
            Optional(arguments, 3, "separators", Value.None),
            Operators.IsTrue(Optional(arguments, 4, "sort_keys", Value.False)));
        return Value.From(json.Write(arguments.Positional[0]));
    }
}
