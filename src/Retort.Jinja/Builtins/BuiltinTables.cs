using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Everything a new environment knows, by name.</summary>
internal static class BuiltinTables
{
    /// <summary>Jinja's filters; the filtered value is the first argument.</summary>
    public static IReadOnlyDictionary<string, JinjaFunction> Filters { get; } = BuildFilters();

    /// <summary>Jinja's tests; they return a bool value.</summary>
    public static IReadOnlyDictionary<string, JinjaFunction> Tests { get; } = BuiltinTests.Add(new BuiltinTable("test_")).Done();

    /// <summary><c>range</c>, <c>dict</c>, <c>lipsum</c>, <c>cycler</c>, <c>joiner</c>; <c>namespace</c> is the runtime's.</summary>
    public static IReadOnlyDictionary<string, Value> Globals { get; } = BuiltinGlobals.Build();

    private static IReadOnlyDictionary<string, JinjaFunction> BuildFilters()
    {
        var table = new BuiltinTable("do_");
        TextFilters.Add(table);
        WrapFilters.Add(table);
        HtmlFilters.Add(table);
        NumberFilters.Add(table);
        SequenceFilters.Add(table);
        OrderFilters.Add(table);
        SelectFilters.Add(table);
        ValueFilters.Add(table);
        return table.Done();
    }
}
