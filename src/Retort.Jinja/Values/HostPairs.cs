namespace Retort.Jinja.Values;

/// <summary>Pairs of the host, which are unpacked as tuples are: <c>for key, value in pairs</c>.</summary>
internal static class HostPairs
{
    public static bool IsPair(object value) => value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    public static bool TrySplit(object value, out (Value Key, Value Value) pair)
    {
        pair = default;
        if (!IsPair(value))
            return false;
        var members = HostType.Of(value).Members;
        pair = (members["Key"].Get(value), members["Value"].Get(value));
        return true;
    }
}
