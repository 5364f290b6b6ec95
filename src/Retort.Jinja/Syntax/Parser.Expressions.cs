namespace Retort.Jinja.Syntax;

public sealed partial class Parser
{
    /// <summary>Parses one expression.</summary>
    public Expression ParseExpression(bool withConditional = true)
    {
        Enter(Stream.Current.At);
        var expression = withConditional ? ParseConditional() : ParseOr();
        _depth--;
        return expression;
    }

    private Expression ParseConditional()
    {
        var at = Stream.Current.At;
        var value = ParseOr();
        while (Stream.SkipIfName("if"))
        {
            var test = ParseOr();
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

    private Expression ParseOr()
    {
        var at = Stream.Current.At;
        var left = ParseAnd();
        for (var depth = 0; Stream.SkipIfName("or"); at = Stream.Current.At)
            left = Chain(BinaryOperator.Or, left, ParseAnd(), at, ref depth);
        return left;
    }

    private Expression ParseAnd()
    {
        var at = Stream.Current.At;
        var left = ParseNot();
        for (var depth = 0; Stream.SkipIfName("and"); at = Stream.Current.At)
            left = Chain(BinaryOperator.And, left, ParseNot(), at, ref depth);
        return left;
    }

    // A long chain leans to the left as deep as it is long.
    private const int MaxChain = 500;

    private Binary Chain(BinaryOperator op, Expression left, Expression right, SourcePosition at, ref int length)
    {
        Lengthen(ref length);
        return new Binary(op, left, right, at);
    }

    private void Lengthen(ref int length)
    {
        _chained++;
        if (++length > MaxChain)
            throw Fail($"an expression has more than {MaxChain} operators, members or filters in a row; split it with set");
    }

    private Expression ParseNot()
    {
        if (!Stream.Current.IsName("not"))
            return ParseCompare();
        var at = Stream.Next().At;
        Enter(at);
        var operand = ParseNot();
        _depth--;
        return new Unary(UnaryOperator.Not, operand, at);
    }

    private Expression ParseCompare()
    {
        var at = Stream.Current.At;
        var first = ParseSum();
        List<Comparand>? rest = null;
        while (CompareOperatorHere() is { } op)
        {
            (rest ??= []).Add(new Comparand(op, ParseSum()));
            at = Stream.Current.At;
        }
        return rest is null ? first : new Compare(first, rest, at);
    }

    private CompareOperator? CompareOperatorHere()
    {
        CompareOperator? op = Stream.Current.Kind switch
        {
            TokenKind.Eq => CompareOperator.Equal,
            TokenKind.Ne => CompareOperator.NotEqual,
            TokenKind.Lt => CompareOperator.Less,
            TokenKind.LtEq => CompareOperator.LessOrEqual,
            TokenKind.Gt => CompareOperator.Greater,
            TokenKind.GtEq => CompareOperator.GreaterOrEqual,
            TokenKind.Name when Stream.Current.Text == "in" => CompareOperator.In,
            TokenKind.Name when Stream.Current.Text == "not" && Stream.Peek().IsName("in") => CompareOperator.NotIn,
            _ => null,
        };
        if (op is not null)
            Stream.Skip(op == CompareOperator.NotIn ? 2 : 1);
        return op;
    }

    private Expression ParseSum()
    {
        var at = Stream.Current.At;
        var left = ParseConcat();
        for (var depth = 0; Stream.Current.Kind is TokenKind.Add or TokenKind.Sub; at = Stream.Current.At)
        {
            var op = Stream.Next().Kind == TokenKind.Add ? BinaryOperator.Add : BinaryOperator.Subtract;
            left = Chain(op, left, ParseConcat(), at, ref depth);
        }
        return left;
    }

    private Expression ParseConcat()
    {
        var at = Stream.Current.At;
        var first = ParseProduct();
        if (Stream.Current.Kind != TokenKind.Tilde)
            return first;
        var operands = new List<Expression> { first };
        while (Stream.SkipIf(TokenKind.Tilde))
            operands.Add(ParseProduct());
        return new Concat(operands, at);
    }

    private Expression ParseProduct()
    {
        var at = Stream.Current.At;
        var left = ParsePower();
        for (var depth = 0; ProductOperatorHere() is { } op; at = Stream.Current.At)
        {
            Stream.Next();
            left = Chain(op, left, ParsePower(), at, ref depth);
        }
        return left;
    }

    private BinaryOperator? ProductOperatorHere() => Stream.Current.Kind switch
    {
        TokenKind.Mul => BinaryOperator.Multiply,
        TokenKind.Div => BinaryOperator.Divide,
        TokenKind.FloorDiv => BinaryOperator.FloorDivide,
        TokenKind.Mod => BinaryOperator.Modulo,
        _ => null,
    };

    private Expression ParsePower()
    {
        var at = Stream.Current.At;
        var left = ParseUnary();
        for (var depth = 0; Stream.SkipIf(TokenKind.Pow); at = Stream.Current.At)
            left = Chain(BinaryOperator.Power, left, ParseUnary(), at, ref depth);
        return left;
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
        expression = ParsePostfix(expression);
        return withFilter ? ParseFilterExpression(expression) : expression;
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
        var at = Stream.Expect(TokenKind.LeftBracket).At;
        var items = new List<Expression>();
        while (Stream.Current.Kind != TokenKind.RightBracket)
        {
            if (items.Count > 0)
                Stream.Expect(TokenKind.Comma);
            if (Stream.Current.Kind == TokenKind.RightBracket)
                break;
            items.Add(ParseExpression());
        }
        Stream.Expect(TokenKind.RightBracket);
        return new ListLiteral(items, at);
    }

    private DictLiteral ParseDict()
    {
        var at = Stream.Expect(TokenKind.LeftBrace).At;
        var items = new List<Pair>();
        while (Stream.Current.Kind != TokenKind.RightBrace)
        {
            if (items.Count > 0)
                Stream.Expect(TokenKind.Comma);
            if (Stream.Current.Kind == TokenKind.RightBrace)
                break;
            var key = ParseExpression();
            Stream.Expect(TokenKind.Colon);
            items.Add(new Pair(key, ParseExpression(), key.At));
        }
        Stream.Expect(TokenKind.RightBrace);
        return new DictLiteral(items, at);
    }
}
