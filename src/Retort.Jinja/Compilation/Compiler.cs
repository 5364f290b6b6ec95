using System.Buffers;
using System.Runtime.InteropServices;
using Retort.Jinja.Analysis;
using Retort.Jinja.Runtime;
using Retort.Jinja.Syntax;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>
/// Turns a syntax tree into executables. Statements are in Compiler.Statements.cs, scopes that other templates see in Compiler.Templates.cs,
/// expressions in Compiler.Expressions.cs.
/// </summary>
internal sealed partial class Compiler
{
    private readonly CompiledTemplate _template;
    private readonly Engine _engine;
    private readonly CompilerOptions _options;
    private readonly BodySurvey _survey;
    private readonly Frame _constantFrame;
    private readonly List<Symbols> _scopes = [];

    // Known at compile time, or not because an autoescape tag has a value that is not constant.
    private bool _autoescape;
    private bool _isVolatile;

    private int _extendsSoFar;
    private bool _hasKnownExtends;
    private bool _inDefaults;

    // Where Jinja would report an error in a statement that has no line of its own: the last one that had.
    private SourcePosition _at = new(1, 1);

    private Compiler(CompiledTemplate template, CompilerOptions options, BodySurvey survey)
    {
        _template = template;
        _engine = template.Engine;
        _options = options;
        _folds = options.Optimized;
        _survey = survey;
        _autoescape = template.Autoescape;
        template.Blocks = new BlockTable([]);
        _constantFrame = new Frame(new RenderContext(template, new GlobalsSource(null, null, new GlobalsTable(Array.Empty<KeyValuePair<string, Value>>())), new RenderState(false, null)), 0);
    }

    /// <summary>Compiles a whole template. Returns the names it will look up in its context.</summary>
    public static IEnumerable<string> Compile(CompiledTemplate template, TemplateNode node, CompilerOptions options)
    {
        var survey = BodySurvey.Of(node.Body);
        using var budget = Budget.Enter(NewFoldingBudget());
        var compiler = new Compiler(template, options, survey);
        compiler.CheckBlockNames();
        template.Root = compiler.CompileRoot(node);
        var blocks = new Dictionary<string, Unit[]>(StringComparer.Ordinal);
        foreach (var block in survey.Blocks)
            blocks.TryAdd(block.Name, [compiler.CompileBlockBody(block)]);
        compiler.ThrowLate();
        template.Blocks = new BlockTable(blocks);
        return compiler._scopes.SelectMany(scope => scope.ResolvedNames).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Compiles an expression that stands alone: what computes it, and the slot where the value then is.</summary>
    public static (Unit Unit, int Slot) CompileExpression(CompiledTemplate template, Expression expression, CompilerOptions options)
    {
        using var budget = Budget.Enter(NewFoldingBudget());
        var compiler = new Compiler(template, options, BodySurvey.Of([expression]));
        var function = new FunctionScope(null);
        var scope = new CompileScope(new Symbols(null, function), compiler._scopes) { IsTopLevel = true, IsRootLevel = true, RootScope = function };
        new SymbolVisitor(scope.Symbols).Visit(expression);
        var (value, slot) = (compiler.Compile(expression, scope), function.AddSlot());
        compiler.ThrowLate();
        return (new Unit(template, "in the expression", new Setting(new LocalSlot(slot), value, new SourcePosition(1, 1)), function.SlotCount, keepsFrames: true), slot);
    }

    // For the constants of one template together, which are rarely more than a few hundred characters: what needs more waits until somebody really wants it.
    private static Budget NewFoldingBudget() => new(fuel: 100, output: long.MaxValue, CancellationToken.None);

    private void CheckBlockNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var block in _survey.Blocks)
        {
            if (!names.Add(block.Name))
                Refuse(Fail($"block '{block.Name}' defined twice", block.At));
        }
    }

    private Unit CompileRoot(TemplateNode node)
    {
        var function = new FunctionScope(null);
        var scope = new CompileScope(new Symbols(null, function), _scopes) { IsTopLevel = true, IsRootLevel = true, RootScope = function, ChecksOutput = _survey.HasExtends };
        var body = CompileWithSelf(node.Body, _survey, null, scope, new SourcePosition(1, 1));
        if (_survey.HasExtends)
        {
            var captured = _captured.Where(variable => variable.Function == function).ToArray();
            body = new RootBody(captured.Length == 0 ? body : new Sequence([new Resolving(captured), body]));
        }
        return new Unit(_template, "in the template rendered from", body, function.SlotCount, function.KeepsFrames);
    }

    // self and super are set before a body that reads them.
    private Executable CompileWithSelf(IReadOnlyList<Statement> statements, BodySurvey survey, Block? block, CompileScope scope, SourcePosition at)
    {
        var settings = new List<Executable>();
        if (survey.Reads("self"))
            Set("self", new MakeSelf());
        if (block is not null && survey.Reads("super"))
            Set("super", new MakeSuper(_template, block.Name));
        new SymbolVisitor(scope.Symbols).VisitBody(statements);
        var body = CompileBody(statements, scope);
        return settings.Count == 0 ? body : new Sequence([.. settings, body]);

        void Set(string name, Evaluable value)
        {
            scope.Symbols.DeclareParameter(name);
            settings.Add(new Setting(CompileVariable(name, scope, exported: false), value, at));
        }
    }

    private Unit CompileBlockBody(Block block)
    {
        var function = new FunctionScope(null);
        var scope = new CompileScope(new Symbols(null, function), _scopes) { ShowsLocals = true };
        _at = block.At;
        var body = CompileWithSelf(block.Body, BodySurvey.Of(block.Body), block, scope, block.At);
        return new Unit(_template, $"in block '{block.Name}', placed at", body, function.SlotCount, function.KeepsFrames);
    }

    // What of the bodies being compiled is ready: an inner one's parts stand behind those of the bodies around it.
    private readonly List<Executable> _parts = [];

    // Prints and text that have not become an executable yet. One for all bodies: there are none whenever an inner one begins.
    private readonly List<Piece> _pieces = [];
    private readonly ArrayBufferWriter<char> _text = new();

    private Executable CompileBody(IReadOnlyList<Statement> statements, CompileScope scope)
    {
        var start = _parts.Count;
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i] is Syntax.Output output)
            {
                CompileOutput(output, scope);
                continue;
            }
            FlushPrints();
            var part = Compile(statements[i], scope);
            if (part is not null)
                _parts.Add(part);
            // A second extends ends the template: what follows could never run.
            if (part is Failing)
                break;
        }
        return TakeBody(start);
    }

    private Executable TakeBody(int start)
    {
        FlushPrints();
        var parts = CollectionsMarshal.AsSpan(_parts)[start..];
        Executable body = parts.Length switch
        {
            0 => Nothing.Instance,
            1 => parts[0],
            _ => new Sequence(parts.ToArray()),
        };
        CollectionsMarshal.SetCount(_parts, start);
        return body;
    }

    private void AddPrint(Evaluable value, SourcePosition at)
    {
        if (!_engine.IsNative)
        {
            _pieces.Add(new Piece(TakeText(), value, at));
            return;
        }
        FlushPrints();
        // What is computed now is text of the template, and text is never marked safe.
        _parts.Add(value is Constant { Value: { Kind: ValueKind.Markup } safe } ? new PrintNativeText(safe.AsText!) : new PrintNative(value, at));
    }

    private void FlushPrints()
    {
        if (_pieces.Count == 0)
        {
            if (_text.WrittenCount > 0)
                _parts.Add(_engine.IsNative ? new PrintNativeText(_text.WrittenSpan.ToString()) : new PrintText(TakeText()));
            _text.ResetWrittenCount();
            return;
        }
        if (_text.WrittenCount > 0)
            _pieces.Add(new Piece(TakeText(), null, default));
        _parts.Add(_pieces is [{ Text.Length: 0 } lone] && !_isVolatile ? new LonePrint(lone.Value!, _autoescape, lone.At) : new Print([.. _pieces], Escaping));
        _pieces.Clear();
    }

    private Utf8Text TakeText()
    {
        var text = new Utf8Text(_text.WrittenSpan);
        _text.ResetWrittenCount();
        return text;
    }

    // What an extension makes may have no place of its own.
    private SourcePosition Mark(Node node) => node.At.Line > 0 ? _at = node.At : _at;

    private TemplateAssertionError Fail(string reason, SourcePosition at, string? advice = null) => new(reason, _template.Describe(at)) { Advice = advice };

    /// <summary>Throws, unless all errors are asked for; then compiling goes on, and what it makes is not used. What Python itself would find waits for the rest.</summary>
    private void Refuse(TemplateSyntaxError error)
    {
        if (_options.Report is { } report)
            report(error);
        else if (error is PythonSyntaxError)
            _late ??= error;
        else
            throw error;
    }

    private TemplateSyntaxError? _late;

    private void ThrowLate()
    {
        if (_late is { } error)
            throw error;
    }

    // What runs is as deep as what is compiled: once in so many levels both look at the stack.
    private const int Stretch = 16;

    private int _depth;

    private void Descend()
    {
        if (++_depth % Stretch == 0)
            Depth.EnsureStack("while compiling the template");
    }

    private bool IsStretch() => _depth-- % Stretch == 0;

    private Escaping Escaping => _isVolatile ? Escaping.Volatile : _autoescape ? Escaping.Always : Escaping.Never;

    private static VisibleLocals Visible(CompileScope scope)
    {
        var variables = scope.Symbols.VisibleStores();
        foreach (var variable in variables)
        {
            for (var taken = variable; taken is not null; taken = taken.Alias)
                taken.IsTaken = true;
        }
        return new VisibleLocals(
            [.. variables.Select(variable => variable.Name)],
            [.. variables.Select(variable => (VariablePlace.Hops(scope.Symbols.Function, variable.Function), new VariablePlace(variable)))]);
    }
}

/// <summary>How a template is compiled.</summary>
/// <param name="Optimized">Whether constant expressions are computed now.</param>
/// <param name="HasLoopControls">Whether break and continue may occur.</param>
/// <param name="PureFunctions">Filters and tests whose result depends on nothing but their arguments.</param>
/// <param name="Trim">The filter that strips text, of which only a part may be wanted.</param>
internal sealed record CompilerOptions(bool Optimized, bool HasLoopControls, IReadOnlySet<JinjaFunction> PureFunctions, JinjaFunction Trim)
{
    /// <summary>Takes every error, where otherwise the first is thrown; also those that Jinja leaves to the time the template runs.</summary>
    public Action<TemplateSyntaxError>? Report { get; init; }
}
