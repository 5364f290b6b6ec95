using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Retort.Routing;

/// <summary>The values a URL is built from: a short list of names and values, of which null ones count as not given.</summary>
internal static class UrlValues
{
    public static object? Find(ReadOnlySpan<KeyValuePair<string, object?>> values, string name)
    {
        foreach (ref readonly var pair in values)
        {
            if (pair.Key == name)
                return pair.Value;
        }
        return null;
    }

    /// <summary>Whether two values are the same one, numbers of different types included.</summary>
    public static bool Same(object? one, object? other) => Equals(one, other) || (Number(one) is { } a && Number(other) is { } b && a == b);

    /// <summary>Writes the values that are no arguments of the rule as a query; a list gives its name several times.</summary>
    public static void AppendQuery(ReadOnlySpan<KeyValuePair<string, object?>> values, BoundRule rule, bool sort, ref DefaultInterpolatedStringHandler output)
    {
        if (sort)
        {
            AppendSorted(values, rule, ref output);
            return;
        }
        var separator = "?";
        foreach (ref readonly var pair in values)
        {
            if (pair.Value is null || rule.HasArgument(pair.Key))
                continue;
            if (pair.Value is IEnumerable and not (string or IDictionary))
            {
                foreach (var item in (IEnumerable)pair.Value)
                    AppendPair(pair.Key, item, ref separator, ref output);
            }
            else
            {
                AppendPair(pair.Key, pair.Value, ref separator, ref output);
            }
        }
    }

    private static void AppendSorted(ReadOnlySpan<KeyValuePair<string, object?>> values, BoundRule rule, ref DefaultInterpolatedStringHandler output)
    {
        var items = new List<KeyValuePair<string, object?>>();
        foreach (ref readonly var pair in values)
        {
            var name = pair.Key;
            if (rule.HasArgument(name))
                continue;
            if (pair.Value is IEnumerable list and not (string or IDictionary))
                items.AddRange(list.Cast<object?>().Select(item => new KeyValuePair<string, object?>(name, item)));
            else
                items.Add(pair);
        }
        var separator = "?";
        foreach (var (name, value) in items.OrderBy(item => item.Key, StringComparer.Ordinal).ThenBy(item => item.Value, ByValue))
            AppendPair(name, value, ref separator, ref output);
    }

    private static Comparer<object?> ByValue { get; } = Comparer<object?>.Create((one, other) =>
        Number(one) is { } a && Number(other) is { } b ? a.CompareTo(b) : string.CompareOrdinal(UrlText.Of(one), UrlText.Of(other)));

    private static void AppendPair(string name, object? value, ref string separator, ref DefaultInterpolatedStringHandler output)
    {
        if (value is null)
            return;
        output.AppendLiteral(separator);
        PercentEncoding.AppendQuery(ref output, name);
        output.AppendLiteral("=");
        PercentEncoding.AppendQuery(ref output, UrlText.Of(value));
        separator = "&";
    }

    private static double? Number(object? value) => value switch
    {
        bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        BigInteger number => (double)number,
        _ => null,
    };
}
