using System.Text;
using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>What a native environment makes of the values a template prints. Source: Jinja native types page.</summary>
internal static class NativeText
{
    /// <summary>One value is itself; several are joined as text; text that reads as a Python literal is that literal's value.</summary>
    public static Value Join(ReadOnlySpan<Value> values)
    {
        if (values.Length == 0)
            return Value.None;
        if (values.Length == 1)
            return values[0].IsText ? Parse(values[0]) : values[0];
        var text = new StringBuilder();
        foreach (var value in values)
            text.Append(Text.Str(value));
        return Parse(Value.From(text.ToString()));
    }

    private static Value Parse(in Value raw) => PythonLiteral.TryParse(raw.AsText!, out var value) ? value : raw;
}
