namespace Retort.Jinja.Syntax;

public sealed partial class Parser
{
    // Members come before filters and tests; calls may follow either.
    private Expression ParsePostfix(Expression expression, bool withFilters = false)
    {
        var isFiltered = false;
        for (var length = 0; ; Lengthen(ref length))
        {
            switch (Stream.Current.Kind)
            {
                case TokenKind.Dot when !isFiltered:
                    expression = ParseAttribute(expression);
                    break;
                case TokenKind.LeftBracket when !isFiltered:
                    expression = ParseSubscript(expression);
                    break;
                case TokenKind.LeftParen:
                    expression = ParseCall(expression);
                    break;
                case TokenKind.Pipe when withFilters:
                    expression = ParseFilters(expression)!;
                    isFiltered = true;
                    break;
                case TokenKind.Name when withFilters && Stream.Current.Text == "is":
                    expression = ParseTest(expression);
                    isFiltered = true;
                    break;
                default:
                    return expression;
            }
        }
    }

    private Expression ParseAttribute(Expression operand)
    {
        var at = Stream.Next().At;
        var token = Stream.Next();
        return token.Kind switch
        {
            TokenKind.Name => new GetAttribute(operand, token.Text, at),
            TokenKind.Integer => new GetItem(operand, new Const(token.Value, token.At), at),
            _ => throw Fail("expected name or number", token.At),
        };
    }

    private GetItem ParseSubscript(Expression operand)
    {
        var at = Stream.Current.At;
        var keys = ParseBracketed(TokenKind.LeftBracket, TokenKind.RightBracket, ParseKey);
        return new GetItem(operand, keys.Count == 1 ? keys[0] : new TupleLiteral(keys, at), at);
    }

    private Expression ParseKey()
    {
        var at = Stream.Current.At;
        Expression? start = null;
        if (Stream.Current.Kind != TokenKind.Colon)
        {
            start = ParseExpression();
            if (Stream.Current.Kind != TokenKind.Colon)
                return start;
        }
        Stream.Next();
        var stop = Stream.Current.Kind is TokenKind.Colon or TokenKind.RightBracket or TokenKind.Comma ? null : ParseExpression();
        Expression? step = null;
        if (Stream.SkipIf(TokenKind.Colon) && Stream.Current.Kind is not (TokenKind.RightBracket or TokenKind.Comma))
            step = ParseExpression();
        return new Slice(start, stop, step, at);
    }

    /// <summary>Parses the arguments of a call, from its opening parenthesis on.</summary>
    public CallArguments ParseArguments()
    {
        var open = Stream.Expect(TokenKind.LeftParen);
        var positional = new List<Expression>();
        var named = new List<Keyword>();
        Expression? star = null, doubleStar = null;
        for (var first = true; Stream.Current.Kind != TokenKind.RightParen; first = false)
        {
            if (!first)
            {
                Stream.Expect(TokenKind.Comma);
                if (Stream.Current.Kind == TokenKind.RightParen)
                    break;
            }
            if (Stream.Current.Kind == TokenKind.Mul)
            {
                Ensure(star is null && doubleStar is null, open);
                Stream.Next();
                star = ParseExpression();
            }
            else if (Stream.Current.Kind == TokenKind.Pow)
            {
                Ensure(doubleStar is null, open);
                Stream.Next();
                doubleStar = ParseExpression();
            }
            else if (Stream.Current.Kind == TokenKind.Name && Stream.Peek().Kind == TokenKind.Assign)
            {
                Ensure(doubleStar is null, open);
                var name = Stream.Next().Text;
                Stream.Next();
                var value = ParseExpression();
                named.Add(new Keyword(name, value, value.At));
            }
            else
            {
                Ensure(star is null && doubleStar is null && named.Count == 0, open);
                positional.Add(ParseExpression());
            }
        }
        Stream.Expect(TokenKind.RightParen);
        return positional.Count == 0 && named.Count == 0 && star is null && doubleStar is null
            ? CallArguments.None
            : new CallArguments(positional, named, star, doubleStar);
    }

    private void Ensure(bool condition, Token open)
    {
        if (!condition)
            throw Fail("invalid syntax for function call expression", open.At);
    }

    private Call ParseCall(Expression callee)
    {
        var at = Stream.Current.At;
        return new Call(callee, ParseArguments(), at);
    }

    private Expression? ParseFilters(Expression? operand, bool startInline = false)
    {
        for (var length = 0; startInline || Stream.Current.Kind == TokenKind.Pipe; Lengthen(ref length))
        {
            if (!startInline)
                Stream.Next();
            startInline = false;
            var at = Stream.Current.At;
            var name = ParseDottedName();
            operand = new Filter(operand, name, Stream.Current.Kind == TokenKind.LeftParen ? ParseArguments() : CallArguments.None, at);
        }
        return operand;
    }

    private string ParseDottedName()
    {
        var name = Stream.Expect(TokenKind.Name).Text;
        if (Stream.Current.Kind != TokenKind.Dot)
            return name;
        var parts = new List<string> { name };
        while (Stream.SkipIf(TokenKind.Dot))
            parts.Add(Stream.Expect(TokenKind.Name).Text);
        return string.Join('.', parts);
    }

    private Expression ParseTest(Expression operand)
    {
        var at = Stream.Next().At;
        var negated = Stream.SkipIfName("not");
        var name = ParseDottedName();
        var arguments = CallArguments.None;
        if (Stream.Current.Kind == TokenKind.LeftParen)
        {
            arguments = ParseArguments();
        }
        else if (Stream.Current.Kind is TokenKind.Name or TokenKind.String or TokenKind.Integer or TokenKind.Float or TokenKind.LeftBracket or TokenKind.LeftBrace
            && !(Stream.Current.Kind == TokenKind.Name && Stream.Current.Text is "else" or "or" or "and"))
        {
            if (Stream.Current.IsName("is"))
                throw Fail("You cannot chain multiple tests with is");
            arguments = new CallArguments([ParsePostfix(ParsePrimary())], [], null, null);
        }
        Expression test = new Test(operand, name, arguments, at);
        return negated ? new Unary(UnaryOperator.Not, test, at) : test;
    }
}
