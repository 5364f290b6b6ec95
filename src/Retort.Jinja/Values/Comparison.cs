namespace Retort.Jinja.Values;

/// <summary>Python's <c>&lt;</c> and its kin.</summary>
internal static class Comparison
{
    /// <summary>An operator, and whether it holds where the left side is less, equal or greater.</summary>
    private sealed record Order(string Symbol, bool Below, bool Even, bool Above);

    private static readonly Order IsLess = new("<", true, false, false);
    private static readonly Order IsLessOrEqual = new("<=", true, true, false);
    private static readonly Order IsGreater = new(">", false, false, true);
    private static readonly Order IsGreaterOrEqual = new(">=", false, true, true);

    public static bool Less(in Value left, in Value right) => left.IsInt && right.IsInt ? left.AsLong < right.AsLong : Holds(IsLess, left, right);

    public static bool LessOrEqual(in Value left, in Value right) => left.IsInt && right.IsInt ? left.AsLong <= right.AsLong : Holds(IsLessOrEqual, left, right);

    public static bool Greater(in Value left, in Value right) => left.IsInt && right.IsInt ? left.AsLong > right.AsLong : Holds(IsGreater, left, right);

    public static bool GreaterOrEqual(in Value left, in Value right) => left.IsInt && right.IsInt ? left.AsLong >= right.AsLong : Holds(IsGreaterOrEqual, left, right);

    private static bool Holds(Order order, in Value left, in Value right)
    {
        if (left.IsNumber && right.IsNumber)
            return Numbers.Order(left, right) is { } number && Fits(order, number);
        if (left.IsText && right.IsText)
            return Fits(order, CodePoints.Compare(left.AsText!, right.AsText!));
        Operators.ThrowIfUndefined(left, right);
        if (DictView.IsSetLike(left) && DictView.IsSetLike(right))
            return SetHolds(order, left, right);
        if (left.Kind == right.Kind)
        {
            switch (left.Kind)
            {
                case ValueKind.List or ValueKind.Tuple:
                    return SequenceHolds(order, left, right);
                case ValueKind.Bytes:
                    return Fits(order, ((byte[])left.Reference).AsSpan().SequenceCompareTo((byte[])right.Reference));
                case ValueKind.Host when left.Reference is IComparable comparable && left.Reference.GetType() == right.Reference.GetType():
                    return Fits(order, comparable.CompareTo(right.Reference));
            }
        }
        throw PythonError.Type($"'{order.Symbol}' not supported between instances of '{Text.TypeName(left)}' and '{Text.TypeName(right)}'");
    }

    private static bool SequenceHolds(Order order, in Value left, in Value right)
    {
        Equality.Enter();
        var (leftCount, rightCount) = (Sequences.Count(left), Sequences.Count(right));
        for (var i = 0; i < Math.Min(leftCount, rightCount); i++)
        {
            var (a, b) = (Sequences.At(left, i), Sequences.At(right, i));
            if (!Equality.AreSameOrEqual(a, b))
                return Holds(order, a, b);
        }
        return Fits(order, leftCount.CompareTo(rightCount));
    }

    private static bool SetHolds(Order order, in Value left, in Value right) =>
        Fits(order, Operators.Length(left).CompareTo(Operators.Length(right)))
            && (order.Below ? DictView.AreAllIn(left, right) : DictView.AreAllIn(right, left));

    private static bool Fits(Order order, int comparison) => comparison < 0 ? order.Below : comparison > 0 ? order.Above : order.Even;
}
