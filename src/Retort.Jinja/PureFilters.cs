using Retort.Jinja.Builtins;
using Retort.Jinja.Values;

namespace Retort.Jinja;

/// <summary>Filters that can be applied to constants when a template is compiled: quick, and dependent on nothing but their arguments.</summary>
internal static class PureFilters
{
    private static readonly string[] Names =
        ["safe", "escape", "e", "forceescape", "upper", "lower", "title", "capitalize", "trim", "string", "replace", "striptags", "int", "float", "abs", "length", "count"];

    public static IReadOnlySet<JinjaFunction> All { get; } =
        Names.Where(BuiltinTables.Filters.ContainsKey).Select(name => BuiltinTables.Filters[name]).ToHashSet();
}
