namespace Retort.Jinja.Syntax;

/// <summary>The tokens of a template, one ahead of the parser. Extensions read their tags from it.</summary>
public sealed class TokenStream
{
    private readonly IEnumerator<Token> _tokens;
    private readonly SourceText _source;
    private Token? _peeked;

    internal TokenStream(IEnumerable<Token> tokens, SourceText source)
    {
        _tokens = tokens.GetEnumerator();
        _source = source;
        Advance();
    }

    /// <summary>The token the parser stands at.</summary>
    public Token Current { get; private set; }

    /// <summary>The token after the current one.</summary>
    public Token Peek()
    {
        var token = _peeked ??= _tokens.MoveNext() ? _tokens.Current : Current;
        ThrowIfError(token);
        return token;
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
        var token = Peek();
        _peeked = null;
        Current = token;
    }

    private static void ThrowIfError(Token token)
    {
        if (token.Kind == TokenKind.Error)
            throw (TemplateSyntaxError)token.Value!;
    }
}
