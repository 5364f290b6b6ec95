using Retort.Jinja.Builtins;
using Retort.Jinja.Values;

namespace Retort.Jinja;

/// <summary>Filters and tests that can be applied to constants when a template is compiled: dependent on nothing but their arguments, the policies and whether the template escapes.</summary>
internal static class PureFunctions
{
    public static IReadOnlySet<JinjaFunction> All { get; } = BuiltinTables.Filters
        .Where(filter => filter.Key is not ("map" or "select" or "reject" or "selectattr" or "rejectattr" or "random")).Select(filter => filter.Value)
        .Concat(BuiltinTables.Tests.Where(test => test.Key is not ("filter" or "test")).Select(test => test.Value))
        .ToHashSet();
}
