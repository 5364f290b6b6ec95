using Retort.Jinja.Builtins;
using Retort.Jinja.Values;

namespace Retort.Jinja;

/// <summary>Filters and tests that can be applied to constants when a template is compiled: quick, and dependent on nothing but their arguments, the policies and whether the template escapes.</summary>
internal static class PureFunctions
{
    private static readonly string[] FilterNames =
        ["safe", "escape", "e", "forceescape", "upper", "lower", "title", "capitalize", "trim", "string", "replace", "striptags", "int", "float", "abs", "length", "count",
            "join", "first", "last", "default", "d", "truncate", "wordwrap", "reverse", "urlize", "xmlattr"];

    public static IReadOnlySet<JinjaFunction> All { get; } = FilterNames.Where(BuiltinTables.Filters.ContainsKey).Select(name => BuiltinTables.Filters[name])
        .Concat(BuiltinTables.Tests.Where(test => test.Key is not ("filter" or "test")).Select(test => test.Value))
        .ToHashSet();
}
