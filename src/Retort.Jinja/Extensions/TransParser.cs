using System.Text;
using Retort.Jinja.Syntax;

namespace Retort.Jinja.Extensions;

/// <summary>Parses one trans tag and builds the call of gettext it stands for.</summary>
internal sealed class TransParser(Parser parser, bool newstyle, bool trimmedByDefault)
{
    private readonly OrderedDictionary<string, Expression> _variables = new(StringComparer.Ordinal);
    private readonly List<string> _referenced = [];
    private SourcePosition _at;
    private string? _context;
    private bool? _trimmed;
    private Expression? _plural;
    private Assign? _pluralAssignment;
    private bool _pluralIsNum;

    private TokenStream Stream => parser.Stream;

    public IReadOnlyList<Statement> Parse()
    {
        _at = Stream.Next().At;
        if (Stream.Current.Kind == TokenKind.String)
            _context = Stream.Next().Text;
        ParseVariables();
        Stream.Expect(TokenKind.BlockEnd);
        var singular = ParseText(allowPluralize: true);
        if (_referenced.Count > 0 && _plural is null)
        {
            _plural = new Name(_referenced[0], _at);
            _pluralIsNum = _referenced[0] == "num";
        }
        var plural = Stream.Current.IsName("pluralize") ? ParsePlural() : null;
        Stream.Next();
        foreach (var name in _referenced)
            _variables.TryAdd(name, new Name(name, _at));
        if (plural is null)
            _plural = null;
        else if (_plural is null)
            throw parser.Fail("pluralize without variables", _at);
        if (_trimmed ?? trimmedByDefault)
            (singular, plural) = (Trim(singular), plural is null ? null : Trim(plural));
        var output = new Output([Translation(singular, plural)], _at);
        return _pluralAssignment is null ? [output] : [_pluralAssignment, output];
    }

    private void ParseVariables()
    {
        while (Stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (_variables.Count > 0)
                Stream.Expect(TokenKind.Comma);
            if (Stream.SkipIf(TokenKind.Colon))
                break;
            var token = Stream.Expect(TokenKind.Name);
            if (_variables.ContainsKey(token.Text))
                throw parser.FailAssertion($"translatable variable '{token.Text}' defined twice.", token.At);
            Expression value;
            if (Stream.SkipIf(TokenKind.Assign))
            {
                value = parser.ParseExpression();
            }
            else if (_trimmed is null && token.Text is "trimmed" or "notrimmed")
            {
                _trimmed = token.Text == "trimmed";
                continue;
            }
            else
            {
                value = new Name(token.Text, token.At);
            }
            _variables[token.Text] = value;
            if (_plural is null)
                ChoosePlural(token, value);
        }
    }

    // The first variable counts. A call is made once and kept in a variable of its own.
    private void ChoosePlural(Token token, Expression value)
    {
        _plural = value;
        if (value is Call)
        {
            _plural = new Name("_trans", token.At);
            _variables[token.Text] = _plural;
            _pluralAssignment = new Assign(new NameTarget("_trans", token.At), value, _at);
        }
        _pluralIsNum = token.Text == "num";
    }

    private string ParsePlural()
    {
        Stream.Next();
        if (Stream.Current.Kind != TokenKind.BlockEnd)
        {
            var token = Stream.Expect(TokenKind.Name);
            if (!_variables.TryGetValue(token.Text, out var variable))
                throw parser.FailAssertion($"unknown variable '{token.Text}' for pluralization", token.At);
            _plural = variable;
            _pluralIsNum = token.Text == "num";
        }
        Stream.Expect(TokenKind.BlockEnd);
        return ParseText(allowPluralize: false);
    }

    private string ParseText(bool allowPluralize)
    {
        var text = new StringBuilder();
        while (true)
        {
            switch (Stream.Current.Kind)
            {
                case TokenKind.Data:
                    text.Append(Stream.Next().Text.Replace("%", "%%", StringComparison.Ordinal));
                    break;
                case TokenKind.VariableBegin:
                    Stream.Next();
                    var name = Stream.Expect(TokenKind.Name).Text;
                    if (!_referenced.Contains(name))
                        _referenced.Add(name);
                    text.Append("%(").Append(name).Append(")s");
                    Stream.Expect(TokenKind.VariableEnd);
                    break;
                case TokenKind.BlockBegin:
                    Stream.Next();
                    if (Stream.Current.IsName("endtrans") || (Stream.Current.IsName("pluralize") && allowPluralize))
                        return text.ToString();
                    throw parser.Fail(WrongTag());
                default:
                    throw parser.Fail("unclosed translation block");
            }
        }
    }

    private string WrongTag()
    {
        var tag = Stream.Current.Kind == TokenKind.Name ? Stream.Current.Text : null;
        return tag switch
        {
            "pluralize" => "a translatable section can have only one pluralize section",
            "trans" => "trans blocks can't be nested; did you mean `endtrans`?",
            _ => $"control structures in translatable sections are not allowed; saw `{tag ?? (Stream.Current.Kind == TokenKind.BlockEnd ? "None" : Stream.Current.Text)}`",
        };
    }

    private static string Trim(string text)
    {
        var lines = text.Trim().Split('\n');
        for (var i = 0; i < lines.Length; i++)
            lines[i] = i == 0 ? lines[i].TrimEnd() : i == lines.Length - 1 ? lines[i].TrimStart() : lines[i].Trim();
        return string.Join(' ', lines.Where((line, i) => line.Length > 0 || i == 0 || i == lines.Length - 1));
    }

    private Expression Translation(string singular, string? plural)
    {
        // Without variables there is nothing to fill in afterwards, so nothing to protect from it.
        if (_referenced.Count == 0 && !newstyle)
        {
            singular = singular.Replace("%%", "%", StringComparison.Ordinal);
            plural = plural?.Replace("%%", "%", StringComparison.Ordinal);
        }
        var function = "gettext";
        List<Expression> arguments = [new Const(singular, _at)];
        if (_context is not null)
        {
            arguments.Insert(0, new Const(_context, _at));
            function = "pgettext";
        }
        if (_plural is not null)
        {
            function = "n" + function;
            arguments.Add(new Const(plural, _at));
            arguments.Add(_plural);
        }
        var skipsNum = _pluralIsNum && plural is not null;
        var named = newstyle
            ? _variables.Where(variable => !(skipsNum && variable.Key == "num")).Select(variable => new Keyword(variable.Key, variable.Value, _at)).ToArray()
            : [];
        Expression call = new Call(new Name(function, _at), new CallArguments(arguments, named, null, null), _at);
        if (newstyle)
            return call;
        call = new MarkSafeIfAutoescape(call, _at);
        return _variables.Count == 0
            ? call
            : new Binary(BinaryOperator.Modulo, call, new DictLiteral([.. _variables.Select(variable => new Pair(new Const(variable.Key, _at), variable.Value, _at))], _at), _at);
    }
}
