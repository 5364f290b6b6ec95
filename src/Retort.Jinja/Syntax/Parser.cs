namespace Retort.Jinja.Syntax;

/// <summary>
/// Builds the syntax tree from the tokens. Statements are here and in Parser.Statements.cs, expressions in Parser.Expressions.cs,
/// what follows an operand (members, calls, filters, tests) in Parser.Postfix.cs.
/// Extensions are handed the parser when one of their tags comes.
/// </summary>
public sealed partial class Parser
{
    // Far above what people write, far below what the stack holds.
    private const int MaxDepth = 200;
    private const int MaxHeight = 1000;

    private readonly SourceText _source;
    private readonly IReadOnlyDictionary<string, TagParser> _tags;
    private readonly Stack<string> _openTags = new();
    private readonly Stack<string[]> _endTags = new();
    private int _depth;
    private int _chained;

    internal Parser(TokenStream stream, SourceText source, IReadOnlyDictionary<string, TagParser> tags)
    {
        Stream = stream;
        _source = source;
        _tags = tags;
    }

    /// <summary>Parses an extension's tag; the stream stands at its name.</summary>
    public delegate IReadOnlyList<Statement> TagParser(Parser parser);

    /// <summary>The tokens.</summary>
    public TokenStream Stream { get; }

    /// <summary>Name of the template; null for one made from a string.</summary>
    public string? TemplateName => _source.Name;

    /// <summary>An error at a position, or at the current token.</summary>
    public TemplateSyntaxError Fail(string reason, SourcePosition? at = null) => new(reason, _source.Describe(at ?? Stream.Current.At, at is null ? Stream.Current.Length : 1));

    /// <summary>An error about something that is well formed but cannot be meant.</summary>
    public TemplateAssertionError FailAssertion(string reason, SourcePosition at) => new(reason, _source.Describe(at));

    internal TemplateNode ParseTemplate()
    {
        var template = new TemplateNode(ParseBody(null), new SourcePosition(1, 1));
        CheckHeight(template);
        return template;
    }

    internal Expression ParseWholeExpression()
    {
        var expression = ParseExpression();
        if (Stream.Current.Kind != TokenKind.Eof)
            throw Fail("chunk after expression");
        CheckHeight(expression);
        return expression;
    }

    // Chains inside chains make a tree higher than nesting alone can; what walks it uses the stack.
    private void CheckHeight(Node node)
    {
        if (_chained > MaxHeight / 4 && HeightMeter.FirstAbove(MaxHeight, node) is { } at)
            throw Fail($"the template is nested more than {MaxHeight} levels deep, long chains included; split its expressions with set", at);
    }

    /// <summary>
    /// Parses up to one of the end tags, after the colon that may close a tag and the end of the tag itself. The stream stops at the end tag's name,
    /// or after it if <paramref name="skipEnd"/> is set.
    /// </summary>
    public IReadOnlyList<Statement> ParseStatements(string[] endTags, bool skipEnd = false)
    {
        Stream.SkipIf(TokenKind.Colon);
        Stream.Expect(TokenKind.BlockEnd);
        var body = ParseBody(endTags);
        if (Stream.Current.Kind == TokenKind.Eof)
            throw UnexpectedEnd(null, endTags, Stream.Current.At);
        if (skipEnd)
            Stream.Next();
        return body;
    }

    // What is printed, up to the next statement. One for all bodies: it is empty whenever an inner one begins.
    private readonly List<Expression> _parts = [];

    private List<Statement> ParseBody(string[]? endTags)
    {
        var body = new List<Statement>();
        var parts = _parts;
        if (endTags is not null)
            _endTags.Push(endTags);
        while (Stream.Current.Kind != TokenKind.Eof)
        {
            var token = Stream.Current;
            switch (token.Kind)
            {
                case TokenKind.Data:
                    parts.Add(new TemplateData(token.Text, token.At));
                    Stream.Next();
                    break;
                case TokenKind.VariableBegin:
                    Stream.Next();
                    parts.Add(ParseTuple());
                    Stream.Expect(TokenKind.VariableEnd);
                    break;
                default:
                    Flush(parts, body);
                    Stream.Next();
                    if (endTags is not null && Stream.Current.Kind == TokenKind.Name && endTags.Contains(Stream.Current.Text))
                    {
                        _endTags.Pop();
                        return body;
                    }
                    ParseStatement(body);
                    Stream.Expect(TokenKind.BlockEnd);
                    break;
            }
        }
        Flush(parts, body);
        if (endTags is not null)
            _endTags.Pop();
        return body;
    }

    private static void Flush(List<Expression> parts, List<Statement> body)
    {
        if (parts.Count == 0)
            return;
        body.Add(new Output(parts.ToArray(), parts[0].At));
        parts.Clear();
    }

    private void ParseStatement(List<Statement> body)
    {
        var token = Stream.Current;
        if (token.Kind != TokenKind.Name)
            throw Fail("tag name expected", token.At);
        _openTags.Push(token.Text);
        Enter(token.At);
        if (ParseBuiltin(token.Text) is { } statement)
            body.Add(statement);
        else if (_tags.TryGetValue(token.Text, out var parse))
            body.AddRange(parse(this) ?? throw new InvalidOperationException($"Parse gave null for the tag '{token.Text}'; give its statements, or an empty list."));
        else
            throw UnknownTag(token);
        _openTags.Pop();
        _depth--;
    }

    private TemplateSyntaxError UnknownTag(Token name)
    {
        _openTags.Pop();
        return UnexpectedEnd(name.Text, null, name.At);
    }

    private Statement? ParseBuiltin(string tag) => tag switch
    {
        "for" => ParseFor(),
        "if" => ParseIf(),
        "block" => ParseBlock(),
        "extends" => ParseExtends(),
        "print" => ParsePrint(),
        "macro" => ParseMacro(),
        "include" => ParseInclude(),
        "from" => ParseFrom(),
        "import" => ParseImport(),
        "set" => ParseSet(),
        "with" => ParseWith(),
        "autoescape" => ParseAutoescape(),
        "call" => ParseCallBlock(),
        "filter" => ParseFilterBlock(),
        _ => null,
    };

    private void Enter(SourcePosition at)
    {
        if (++_depth > MaxDepth)
            throw Fail($"the template is nested more than {MaxDepth} levels deep; move inner parts into macros or includes", at);
        Depth.EnsureStack("while reading the template");
    }

    /// <summary>An unknown tag (with its name) or the end of the template where an end tag was due.</summary>
    private TemplateSyntaxError UnexpectedEnd(string? name, string[]? endTags, SourcePosition at)
    {
        var expected = endTags ?? (_endTags.Count > 0 ? _endTags.Peek() : null);
        var reason = name is null ? "Unexpected end of template." : $"Encountered unknown tag '{name}'.";
        if (expected is not null)
        {
            var looking = string.Join(" or ", expected.Select(tag => $"'{tag}'"));
            reason += name is not null && _endTags.Any(tags => tags.Contains(name))
                ? $" You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for {looking}."
                : $" Jinja was looking for the following tags: {looking}.";
        }
        if (_openTags.Count > 0)
            reason += $" The innermost block that needs to be closed is '{_openTags.Peek()}'.";
        var advice = name is null ? null : NearestName.Advice(name, [.. expected ?? [], .. _tags.Keys, .. Keywords]);
        return new TemplateSyntaxError(reason, _source.Describe(at, name?.Length ?? 1)) { Advice = advice };
    }

    private static readonly string[] Keywords =
        ["for", "if", "block", "extends", "print", "macro", "include", "from", "import", "set", "with", "autoescape", "call", "filter", "raw"];
}
