using System.Text.Json;
using Retort.Jinja;
using Retort.Jinja.Extensions;
using Retort.Jinja.Values;

namespace Retort.Conformance;

/// <summary>Builds the environment that a case asks for.</summary>
internal static class JinjaCaseEnvironment
{
    public static JinjaEnvironment Create(JsonElement settings)
    {
        if (settings.ValueKind != JsonValueKind.Object)
            return new JinjaEnvironment();
        var extensions = settings.TryGetProperty("extensions", out var names) ? names.EnumerateArray().Select(name => MakeExtension(name.GetString()!)).ToArray() : [];
        JinjaEnvironment environment = (settings.TryGetProperty("class", out var type) ? type.GetString() : null) switch
        {
            "SandboxedEnvironment" => new SandboxedEnvironment(extensions),
            "ImmutableSandboxedEnvironment" => new ImmutableSandboxedEnvironment(extensions),
            "NativeEnvironment" => new NativeEnvironment(extensions),
            _ => new JinjaEnvironment(extensions),
        };
        foreach (var setting in settings.EnumerateObject())
            Apply(environment, setting.Name, setting.Value);
        return environment;
    }

    private static Extension MakeExtension(string name) => name switch
    {
        "jinja2.ext.i18n" => new I18nExtension(),
        "jinja2.ext.do" => new DoExtension(),
        "jinja2.ext.loopcontrols" => new LoopControlsExtension(),
        "jinja2.ext.debug" => new DebugExtension(),
        _ => throw new ArgumentException($"unknown extension {name}"),
    };

    private static void Apply(JinjaEnvironment environment, string name, JsonElement value)
    {
        switch (name)
        {
            case "block_start_string": environment.BlockStartString = value.GetString()!; break;
            case "block_end_string": environment.BlockEndString = value.GetString()!; break;
            case "variable_start_string": environment.VariableStartString = value.GetString()!; break;
            case "variable_end_string": environment.VariableEndString = value.GetString()!; break;
            case "comment_start_string": environment.CommentStartString = value.GetString()!; break;
            case "comment_end_string": environment.CommentEndString = value.GetString()!; break;
            case "line_statement_prefix": environment.LineStatementPrefix = value.GetString(); break;
            case "line_comment_prefix": environment.LineCommentPrefix = value.GetString(); break;
            case "trim_blocks": environment.TrimBlocks = value.GetBoolean(); break;
            case "lstrip_blocks": environment.LstripBlocks = value.GetBoolean(); break;
            case "newline_sequence": environment.NewlineSequence = value.GetString()!; break;
            case "keep_trailing_newline": environment.KeepTrailingNewline = value.GetBoolean(); break;
            case "optimized": environment.Optimized = value.GetBoolean(); break;
            case "autoescape": environment.Autoescape = Autoescape(value); break;
            case "undefined": environment.Undefined = MakeUndefined(value.GetString()!); break;
            case "policies": environment.Policies = ReadPolicies(environment.Policies, value); break;
            case "finalize": environment.Finalize = (JinjaFunction)NoneToEmpty; break;
            case "i18n": JinjaHostFunctions.InstallGettext(environment, value); break;
            case "globals":
                foreach (var global in value.EnumerateObject())
                    environment.Globals.SetValue(global.Name, JinjaData.Decode(global.Value));
                break;
            case "filters":
                foreach (var filter in value.EnumerateObject())
                    environment.Filters[filter.Name] = JinjaHostFunctions.Filter(filter.Value.GetString()!);
                break;
            case "tests":
                foreach (var test in value.EnumerateObject())
                    environment.Tests[test.Name] = JinjaHostFunctions.Filter(test.Value.GetString()!);
                break;
            case "class" or "extensions" or "async": break;
            default: throw new ArgumentException($"unknown setting {name}");
        }
    }

    private static Value NoneToEmpty(EvalContext context, Arguments arguments) => arguments.Positional[0].IsNone ? Value.Empty : arguments.Positional[0];

    private static Func<string?, bool> Autoescape(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return _ => value.ValueKind == JsonValueKind.True;
        if (value.TryGetProperty("$select", out var select))
        {
            return JinjaEnvironment.SelectAutoescape(
                Strings(select, "enabled_extensions"),
                Strings(select, "disabled_extensions"),
                !select.TryGetProperty("default_for_string", out var forString) || forString.GetBoolean(),
                select.TryGetProperty("default", out var byDefault) && byDefault.GetBoolean());
        }
        return name => value.TryGetProperty(name ?? "<string>", out var flag) || value.TryGetProperty("*", out flag) ? flag.GetBoolean() : false;
    }

    private static string[]? Strings(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : null;

    private static Func<UndefinedOrigin, Undefined> MakeUndefined(string name) => name switch
    {
        "StrictUndefined" => origin => new StrictUndefined(origin),
        "ChainableUndefined" => origin => new ChainableUndefined(origin),
        "DebugUndefined" => origin => new DebugUndefined(origin),
        _ => origin => new Undefined(origin),
    };

    private static Policies ReadPolicies(Policies policies, JsonElement entries)
    {
        foreach (var entry in entries.EnumerateObject())
        {
            var value = entry.Value;
            policies = entry.Name switch
            {
                "urlize.rel" => policies with { UrlizeRel = value.GetString() },
                "urlize.target" => policies with { UrlizeTarget = value.GetString() },
                "urlize.extra_schemes" => policies with { UrlizeExtraSchemes = [.. value.EnumerateArray().Select(item => item.GetString()!)] },
                "truncate.leeway" => policies with { TruncateLeeway = value.GetInt64() },
                "ext.i18n.trimmed" => policies with { I18nTrimmed = value.GetBoolean() },
                "json.dumps_kwargs" => policies with
                {
                    JsonSortKeys = value.TryGetProperty("sort_keys", out var sort) && sort.GetBoolean(),
                    JsonEnsureAscii = !value.TryGetProperty("ensure_ascii", out var ascii) || ascii.GetBoolean(),
                    JsonIndent = value.TryGetProperty("indent", out var indent) && indent.ValueKind == JsonValueKind.Number ? indent.GetInt32() : null,
                },
                _ => policies,
            };
        }
        return policies;
    }
}
