namespace Retort.Jinja.Syntax;

public sealed partial class Parser
{
    private static readonly string[] EndForOrElse = ["endfor", "else"];
    private static readonly string[] EndIfOrElse = ["elif", "else", "endif"];

    private IReadOnlyList<Statement> ParseUntil(string endTag) => ParseStatements([endTag], skipEnd: true);

    private Statement ParseSet()
    {
        var at = Stream.Next().At;
        var target = ParseTarget(withNamespace: true);
        if (Stream.SkipIf(TokenKind.Assign))
            return new Assign(target, ParseTuple(), at);
        var filter = ParseFilters(null);
        return new AssignBlock(target, (Filter?)filter, ParseUntil("endset"), at);
    }

    private For ParseFor()
    {
        var at = Stream.ExpectName("for").At;
        var target = ParseTarget();
        Stream.ExpectName("in");
        var iter = ParseTuple(simplified: false, withConditional: false);
        var test = Stream.SkipIfName("if") ? ParseExpression() : null;
        var recursive = Stream.SkipIfName("recursive");
        var body = ParseStatements(EndForOrElse);
        var otherwise = Stream.Next().Text == "endfor" ? [] : ParseUntil("endfor");
        return new For(target, iter, body, otherwise, test, recursive, at);
    }

    private If ParseIf()
    {
        var at = Stream.ExpectName("if").At;
        var test = ParseTuple(withConditional: false);
        var body = ParseStatements(EndIfOrElse);
        var elifs = new List<If>();
        var end = Stream.Next();
        for (; end.Text == "elif"; end = Stream.Next())
        {
            var elifAt = Stream.Current.At;
            elifs.Add(new If(ParseTuple(withConditional: false), ParseStatements(EndIfOrElse), [], [], elifAt));
        }
        return new If(test, body, elifs, end.Text == "else" ? ParseUntil("endif") : [], at);
    }

    private With ParseWith()
    {
        var at = Stream.Next().At;
        var values = new List<Expression>();
        var targets = ParseItems(TokenKind.BlockEnd, () =>
        {
            var target = ParseTarget();
            Stream.Expect(TokenKind.Assign);
            values.Add(ParseExpression());
            return target;
        });
        return new With(targets, values, ParseUntil("endwith"), at);
    }

    private Autoescape ParseAutoescape()
    {
        var at = Stream.Next().At;
        return new Autoescape(ParseExpression(), ParseUntil("endautoescape"), at);
    }

    private Block ParseBlock()
    {
        var at = Stream.Next().At;
        var name = Stream.Expect(TokenKind.Name).Text;
        var scoped = Stream.SkipIfName("scoped");
        var required = Stream.SkipIfName("required");
        if (Stream.Current.Kind == TokenKind.Sub)
            throw Fail("Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.");
        var body = ParseUntil("endblock");
        if (required && !body.All(IsBlank))
            throw Fail("Required blocks can only contain comments or whitespace");
        Stream.SkipIfName(name);
        return new Block(name, body, scoped, required, at);
    }

    private static bool IsBlank(Statement statement) =>
        statement is Output output && output.Parts.All(part => part is TemplateData data && data.Data.All(PythonChar.IsSpace));

    private Extends ParseExtends()
    {
        var at = Stream.Next().At;
        return new Extends(ParseExpression(), at);
    }

    // "with context" or "without context", if it stands here.
    private bool? ParseContext()
    {
        if (!(Stream.Current.IsName("with") || Stream.Current.IsName("without")) || !Stream.Peek().IsName("context"))
            return null;
        var with = Stream.Next().Text == "with";
        Stream.Next();
        return with;
    }

    private Include ParseInclude()
    {
        var at = Stream.Next().At;
        var template = ParseExpression();
        var ignoreMissing = Stream.Current.IsName("ignore") && Stream.Peek().IsName("missing");
        if (ignoreMissing)
            Stream.Skip(2);
        return new Include(template, ParseContext() ?? true, ignoreMissing, at);
    }

    private Import ParseImport()
    {
        var at = Stream.Next().At;
        var template = ParseExpression();
        Stream.ExpectName("as");
        var target = ParseNameTarget().Name;
        return new Import(template, target, ParseContext() ?? false, at);
    }

    private FromImport ParseFrom()
    {
        var at = Stream.Next().At;
        var template = ParseExpression();
        Stream.ExpectName("import");
        var names = new List<ImportedName>();
        bool? context = null;
        while (true)
        {
            if (names.Count > 0)
                Stream.Expect(TokenKind.Comma);
            if (Stream.Current.Kind != TokenKind.Name)
            {
                Stream.Expect(TokenKind.Name);
                break;
            }
            if ((context = ParseContext()) is not null)
                break;
            var target = ParseNameTarget();
            if (target.Name.StartsWith('_'))
                throw FailAssertion("names starting with an underline can not be imported", target.At);
            names.Add(new ImportedName(target.Name, Stream.SkipIfName("as") ? ParseNameTarget().Name : target.Name));
            if ((context = ParseContext()) is not null || Stream.Current.Kind != TokenKind.Comma)
                break;
        }
        return new FromImport(template, names, context ?? false, at);
    }

    private List<Parameter> ParseSignature()
    {
        var hasDefault = false;
        return ParseBracketed(TokenKind.LeftParen, TokenKind.RightParen, () =>
        {
            var name = ParseNameTarget();
            var value = Stream.SkipIf(TokenKind.Assign) ? ParseExpression() : null;
            if (hasDefault && value is null)
                throw Fail("non-default argument follows default argument");
            hasDefault = value is not null;
            return new Parameter(name.Name, value, name.At);
        });
    }

    private CallBlock ParseCallBlock()
    {
        var at = Stream.Next().At;
        var parameters = Stream.Current.Kind == TokenKind.LeftParen ? ParseSignature() : [];
        if (ParseExpression() is not Call call)
            throw Fail("expected call", at);
        return new CallBlock(call, parameters, ParseUntil("endcall"), at);
    }

    private FilterBlock ParseFilterBlock()
    {
        var at = Stream.Next().At;
        var filter = (Filter)ParseFilters(null, startInline: true)!;
        return new FilterBlock(ParseUntil("endfilter"), filter, at);
    }

    private Macro ParseMacro()
    {
        var at = Stream.Next().At;
        var name = ParseNameTarget().Name;
        var parameters = ParseSignature();
        return new Macro(name, parameters, ParseUntil("endmacro"), at);
    }

    private Output ParsePrint()
    {
        var at = Stream.Next().At;
        return new Output(ParseItems(TokenKind.BlockEnd, () => ParseExpression()), at);
    }

    /// <summary>Parses what can be assigned to: names, tuples of them, and attributes of namespaces if asked.</summary>
    public Target ParseTarget(bool withNamespace = false)
    {
        var expression = ParseTuple(simplified: true, withNamespace: withNamespace);
        return ToTarget(expression) ?? throw Fail($"can't assign to '{KindOf(expression)}'", expression.At);
    }

    /// <summary>Parses one name to assign to.</summary>
    public NameTarget ParseNameTarget()
    {
        var token = Stream.Expect(TokenKind.Name);
        if (IsReserved(token.Text))
            throw Fail("can't assign to 'name'", token.At);
        return new NameTarget(token.Text, token.At);
    }

    private static bool IsReserved(string name) => name is "true" or "false" or "none" or "True" or "False" or "None";

    private static Target? ToTarget(Expression expression)
    {
        switch (expression)
        {
            case Name name:
                return new NameTarget(name.Id, name.At);
            case NamespaceReference reference:
                return new NamespaceTarget(reference.Name, reference.Attribute, reference.At);
            case TupleLiteral tuple:
                var items = tuple.Items.Select(ToTarget).ToArray();
                return items.Contains(null) ? null : new TupleTarget(items!, tuple.At);
            default:
                return null;
        }
    }

    private static string KindOf(Expression expression) => expression switch
    {
        Const => "const",
        ListLiteral => "list",
        DictLiteral => "dict",
        TupleLiteral => "tuple",
        _ => "expression",
    };

    // Lives only between parsing an assignment's left side and turning it into targets.
    private sealed record NamespaceReference(string Name, string Attribute, SourcePosition At) : Expression(At);
}
