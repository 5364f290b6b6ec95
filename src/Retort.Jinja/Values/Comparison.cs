namespace Retort.Jinja.Values;

/// <summary>Python's <c>&lt;</c> and its kin.</summary>
internal static class Comparison
{
    private enum Order
    {
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
    }

    public static bool Less(in Value left, in Value right) => left.IsInt && right.IsInt ? left.AsLong < right.AsLong : Holds(Order.Less, left, right);

    public static bool LessOrEqual(in Value left, in Value right) => left.IsInt && right.IsInt ? left.AsLong <= right.AsLong : Holds(Order.LessOrEqual, left, right);

    public static bool Greater(in Value left, in Value right) => left.IsInt && right.IsInt ? left.AsLong > right.AsLong : Holds(Order.Greater, left, right);

    public static bool GreaterOrEqual(in Value left, in Value right) => left.IsInt && right.IsInt ? left.AsLong >= right.AsLong : Holds(Order.GreaterOrEqual, left, right);

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
        throw PythonError.Type($"'{Symbol(order)}' not supported between instances of '{Text.TypeName(left)}' and '{Text.TypeName(right)}'");
    }

    private static bool SequenceHolds(Order order, in Value left, in Value right)
    {
        Depth.EnsureStack("in comparison");
        Budget.Walk();
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
            && (order is Order.Less or Order.LessOrEqual ? DictView.AreAllIn(left, right) : DictView.AreAllIn(right, left));

    private static bool Fits(Order order, int comparison) => order switch
    {
        Order.Less => comparison < 0,
        Order.LessOrEqual => comparison <= 0,
        Order.Greater => comparison > 0,
        _ => comparison >= 0,
    };

    private static string Symbol(Order order) => order switch
    {
        Order.Less => "<",
        Order.LessOrEqual => "<=",
        Order.Greater => ">",
        _ => ">=",
    };
}
