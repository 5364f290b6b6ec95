namespace Retort.Jinja.Syntax;

public sealed partial class Parser
{
    /// <summary>Parses one expression.</summary>
    public Expression ParseExpression(bool withConditional = true)
    {
        Enter(Stream.Current.At);
        var expression = withConditional ? ParseConditional() : ParseOperators(Binding.Or);
        _depth--;
        return expression;
    }

    private Expression ParseConditional()
    {
        var at = Stream.Current.At;
        var value = ParseOperators(Binding.Or);
        while (Stream.SkipIfName("if"))
        {
            var test = ParseOperators(Binding.Or);
            Expression? other = null;
            if (Stream.SkipIfName("else"))
            {
                Enter(Stream.Current.At);
                other = ParseConditional();
                _depth--;
            }
            value = new Conditional(test, value, other, at);
            at = Stream.Current.At;
        }
        return value;
    }

    // How tightly operators bind, the loosest first.
    private enum Binding
    {
        None,
        Or,
        And,
        Not,
        Compare,
        Sum,
        Concat,
        Product,
        Power,
    }

    private Binding BindingHere() => Stream.Current.Kind switch
    {
        TokenKind.Name => Stream.Current.Text switch
        {
            "or" => Binding.Or,
            "and" => Binding.And,
            "in" => Binding.Compare,
            "not" when Stream.Peek().IsName("in") => Binding.Compare,
            _ => Binding.None,
        },
        TokenKind.Eq or TokenKind.Ne or TokenKind.Lt or TokenKind.LtEq or TokenKind.Gt or TokenKind.GtEq => Binding.Compare,
        TokenKind.Add or TokenKind.Sub => Binding.Sum,
        TokenKind.Tilde => Binding.Concat,
        TokenKind.Mul or TokenKind.Div or TokenKind.FloorDiv or TokenKind.Mod => Binding.Product,
        TokenKind.Pow => Binding.Power,
        _ => Binding.None,
    };

    // A long chain leans to the left as deep as it is long.
    private const int MaxChain = 500;

    /// <summary>Operands and the operators between them, down to the loosest; operators that bind alike are a chain.</summary>
    private Expression ParseOperators(Binding loosest)
    {
        var start = Stream.Current.At;
        var left = loosest <= Binding.Not && Stream.Current.IsName("not") ? ParseNot() : ParseUnary();
        var (last, length) = (Binding.None, 0);
        while (BindingHere() is var binding && binding >= loosest)
        {
            length = binding == last ? length : 0;
            left = binding switch
            {
                Binding.Compare => ParseCompare(left),
                Binding.Concat => ParseConcat(left, start),
                _ => ParseBinary(left, binding, length == 0 ? start : Stream.Current.At, ref length),
            };
            last = binding;
        }
        return left;
    }

    private Binary ParseBinary(Expression left, Binding binding, SourcePosition at, ref int length)
    {
        var op = Stream.Next().Kind switch
        {
            TokenKind.Add => BinaryOperator.Add,
            TokenKind.Sub => BinaryOperator.Subtract,
            TokenKind.Mul => BinaryOperator.Multiply,
            TokenKind.Div => BinaryOperator.Divide,
            TokenKind.FloorDiv => BinaryOperator.FloorDivide,
            TokenKind.Mod => BinaryOperator.Modulo,
            TokenKind.Pow => BinaryOperator.Power,
            _ => binding == Binding.Or ? BinaryOperator.Or : BinaryOperator.And,
        };
        var right = ParseOperators(binding + 1);
        Lengthen(ref length);
        return new Binary(op, left, right, at);
    }

    private void Lengthen(ref int length)
    {
        _chained++;
        if (++length > MaxChain)
            throw Fail($"an expression has more than {MaxChain} operators, members or filters in a row; split it with set");
    }

    private Unary ParseNot()
    {
        var at = Stream.Next().At;
        Enter(at);
        var operand = ParseOperators(Binding.Not);
        _depth--;
        return new Unary(UnaryOperator.Not, operand, at);
    }

    private Compare ParseCompare(Expression first)
    {
        var rest = new List<Comparand>();
        for (var length = 0; BindingHere() == Binding.Compare; Lengthen(ref length))
            rest.Add(new Comparand(ParseCompareOperator(), ParseOperators(Binding.Compare + 1)));
        return new Compare(first, rest, Stream.Current.At);
    }

    private CompareOperator ParseCompareOperator()
    {
        var op = Stream.Current.Kind switch
        {
            TokenKind.Eq => CompareOperator.Equal,
            TokenKind.Ne => CompareOperator.NotEqual,
            TokenKind.Lt => CompareOperator.Less,
            TokenKind.LtEq => CompareOperator.LessOrEqual,
            TokenKind.Gt => CompareOperator.Greater,
            TokenKind.GtEq => CompareOperator.GreaterOrEqual,
            _ => Stream.Current.Text == "in" ? CompareOperator.In : CompareOperator.NotIn,
        };
        Stream.Skip(op == CompareOperator.NotIn ? 2 : 1);
        return op;
    }

    private Concat ParseConcat(Expression first, SourcePosition at)
    {
        var operands = new List<Expression> { first };
        while (Stream.SkipIf(TokenKind.Tilde))
            operands.Add(ParseOperators(Binding.Concat + 1));
        return new Concat(operands, at);
    }

    private Expression ParseUnary(bool withFilter = true)
    {
        var token = Stream.Current;
        Expression expression;
        if (token.Kind is TokenKind.Sub or TokenKind.Add)
        {
            Stream.Next();
            Enter(token.At);
            expression = new Unary(token.Kind == TokenKind.Sub ? UnaryOperator.Negate : UnaryOperator.Plus, ParseUnary(withFilter: false), token.At);
            _depth--;
        }
        else
        {
            expression = ParsePrimary();
        }
        return ParsePostfix(expression, withFilter);
    }

    private Expression ParsePrimary(bool withNamespace = false)
    {
        var token = Stream.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                Stream.Next();
                return ParseName(token, withNamespace);
            case TokenKind.String:
                return ParseString();
            case TokenKind.Integer or TokenKind.Float:
                Stream.Next();
                return new Const(token.Value, token.At);
            case TokenKind.LeftParen:
                Stream.Next();
                var inner = ParseTuple(simplified: false, explicitParentheses: true);
                Stream.Expect(TokenKind.RightParen);
                return inner;
            case TokenKind.LeftBracket:
                return ParseList();
            case TokenKind.LeftBrace:
                return ParseDict();
            default:
                throw Fail($"unexpected '{token}'", token.At);
        }
    }

    private Expression ParseName(Token token, bool withNamespace)
    {
        switch (token.Text)
        {
            case "true" or "True": return new Const(true, token.At);
            case "false" or "False": return new Const(false, token.At);
            case "none" or "None": return new Const(null, token.At);
        }
        if (withNamespace && Stream.SkipIf(TokenKind.Dot))
            return new NamespaceReference(token.Text, Stream.Expect(TokenKind.Name).Text, token.At);
        return new Name(token.Text, token.At);
    }

    private Const ParseString()
    {
        var token = Stream.Next();
        if (Stream.Current.Kind != TokenKind.String)
            return new Const(token.Text, token.At);
        var parts = new List<string> { token.Text };
        while (Stream.Current.Kind == TokenKind.String)
            parts.Add(Stream.Next().Text);
        return new Const(string.Concat(parts), token.At);
    }

    /// <summary>Parses expressions with commas between them: one is itself, several are a tuple.</summary>
    public Expression ParseTuple(bool withConditional = true) => ParseTuple(simplified: false, withConditional: withConditional);

    private Expression ParseTuple(
        bool simplified, bool withConditional = true, bool explicitParentheses = false, bool withNamespace = false)
    {
        var at = Stream.Current.At;
        Enter(at);
        var first = IsTupleEnd() ? null : Item();
        List<Expression>? items = null;
        while (first is not null && Stream.Current.Kind == TokenKind.Comma)
        {
            at = Stream.Next().At;
            items ??= [first];
            if (IsTupleEnd())
                break;
            items.Add(Item());
        }
        _depth--;
        if (first is not null && items is null)
            return first;
        if (first is null && !explicitParentheses)
            throw Fail($"Expected an expression, got '{Stream.Current}'");
        return new TupleLiteral(items ?? [], at);

        Expression Item() => simplified ? ParsePrimary(withNamespace) : ParseExpression(withConditional);
    }

    private bool IsTupleEnd() => Stream.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd or TokenKind.RightParen;

    private ListLiteral ParseList()
    {
        var at = Stream.Current.At;
        return new ListLiteral(ParseBracketed(TokenKind.LeftBracket, TokenKind.RightBracket, () => ParseExpression(), mayEndWithComma: true), at);
    }

    private DictLiteral ParseDict()
    {
        var at = Stream.Current.At;
        return new DictLiteral(ParseBracketed(TokenKind.LeftBrace, TokenKind.RightBrace, ParsePair, mayEndWithComma: true), at);
    }

    private Pair ParsePair()
    {
        var key = ParseExpression();
        Stream.Expect(TokenKind.Colon);
        return new Pair(key, ParseExpression(), key.At);
    }

    /// <summary>What stands between two brackets.</summary>
    private List<T> ParseBracketed<T>(TokenKind start, TokenKind end, Func<T> parse, bool mayEndWithComma = false)
    {
        Stream.Expect(start);
        var items = ParseItems(end, parse, mayEndWithComma);
        Stream.Expect(end);
        return items;
    }

    /// <summary>What stands before a token, with commas between the items.</summary>
    private List<T> ParseItems<T>(TokenKind end, Func<T> parse, bool mayEndWithComma = false)
    {
        var items = new List<T>();
        while (Stream.Current.Kind != end)
        {
            if (items.Count > 0)
                Stream.Expect(TokenKind.Comma);
            if (mayEndWithComma && Stream.Current.Kind == end)
                break;
            items.Add(parse());
        }
        return items;
    }
}
