namespace Retort.Jinja.Syntax;

/// <summary>The tokens of a template, one ahead of the parser. Extensions read their tags from it.</summary>
public sealed class TokenStream
{
    private readonly Lexer _lexer;
    private readonly SourceText _source;
    // What has been lexed, and where in it what comes after the current token is.
    private readonly List<Token> _tokens;
    private int _next;

    // The tokens come before those that the lexer still has.
    internal TokenStream(IEnumerable<Token> tokens, Lexer lexer, SourceText source)
    {
        _tokens = [.. tokens];
        _lexer = lexer;
        _source = source;
        Advance();
    }

    /// <summary>The token the parser stands at.</summary>
    public Token Current { get; private set; }

    /// <summary>The token after the current one.</summary>
    public Token Peek()
    {
        if (_next >= _tokens.Count && !Refill())
            return Current;
        var token = _tokens[_next];
        return token.Kind == TokenKind.Error ? throw (TemplateSyntaxError)token.Value! : token;
    }

    /// <summary>Goes one token on and returns the one left behind.</summary>
    public Token Next()
    {
        var token = Current;
        Advance();
        return token;
    }

    /// <summary>Goes some tokens on.</summary>
    public void Skip(int count)
    {
        for (var i = 0; i < count; i++)
            Advance();
    }

    /// <summary>Goes on if the current token is of the kind.</summary>
    public bool SkipIf(TokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        Advance();
        return true;
    }

    /// <summary>Goes on if the current token is the name.</summary>
    public bool SkipIfName(string name)
    {
        if (!Current.IsName(name))
            return false;
        Advance();
        return true;
    }

    /// <summary>Goes on and returns the token left behind. Throws a <see cref="TemplateSyntaxError"/> if it is not of the kind.</summary>
    public Token Expect(TokenKind kind) => Current.Kind == kind ? Next() : throw Unexpected(Token.Describe(kind));

    /// <summary>Goes on and returns the token left behind. Throws a <see cref="TemplateSyntaxError"/> if it is not the name.</summary>
    public Token ExpectName(string name) => Current.IsName(name) ? Next() : throw Unexpected(name);

    private TemplateSyntaxError Unexpected(string expected) => new(
        Current.Kind == TokenKind.Eof
            ? $"unexpected end of template, expected '{expected}'."
            : $"expected token '{expected}', got '{Current}'",
        _source.Describe(Current.At, Current.Length));

    private void Advance()
    {
        Current = Peek();
        _next++;
    }

    private bool Refill()
    {
        _tokens.Clear();
        _next = 0;
        return _lexer.Lex(_tokens);
    }
}
