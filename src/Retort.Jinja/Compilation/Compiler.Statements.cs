using System.Buffers;
using Retort.Jinja.Analysis;
using Retort.Jinja.Runtime;
using Retort.Jinja.Syntax;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

internal sealed partial class Compiler
{
    private Executable? Compile(Statement statement, CompileScope scope)
    {
        Descend();
        var compiled = CompileNode(statement, scope);
        return IsStretch() && compiled is not (null or Failing) ? new GuardedStatement(compiled) : compiled;
    }

    private Executable? CompileNode(Statement statement, CompileScope scope) => statement switch
    {
        If branch => CompileIf(branch, scope),
        For loop => CompileFor(loop, scope),
        Assign assign => CompileAssign(assign, scope),
        AssignBlock assign => CompileCapture(assign, assign.Body, assign.Filter, assign.Target, scope),
        Block block => CompileBlock(block, scope),
        Macro macro => CompileMacro(macro, scope),
        CallBlock call => CompileCallBlock(call, scope),
        FilterBlock filter => CompileCapture(filter, filter.Body, filter.Filter, null, scope),
        With with => CompileWith(with, scope),
        Syntax.Autoescape autoescape => CompileAutoescape(autoescape, scope),
        Scope inner => CompileScoped(inner.Body, scope),
        Include include => CompileInclude(include, scope),
        Import import => CompileImport(import, import.Template, import.WithContext, [(null, import.Target)], scope),
        FromImport import => CompileImport(import, import.Template, import.WithContext, import.Names.Select(static name => ((string?)name.Name, name.Alias)), scope),
        Extends extends => CompileExtends(extends, scope),
        ExpressionStatement expression => new Setting(new Nowhere(), Compile(expression.Expression, scope), Mark(expression)),
        Break => CompileInterrupt(Signal.Break, statement, scope),
        Continue => CompileInterrupt(Signal.Continue, statement, scope),
        _ => throw new ArgumentException($"The statement {statement.GetType().Name} is not one of Retort.Jinja.Syntax; extensions build their tags from those."),
    };

    private void CompileOutput(Syntax.Output output, CompileScope scope)
    {
        if (!scope.ChecksOutput)
        {
            CompileParts(output, scope);
            return;
        }
        // Below a known extends nothing is printed; below one that may happen it depends.
        FlushPrints();
        if (_hasKnownExtends)
            return;
        var start = _parts.Count;
        CompileParts(output, scope);
        var body = TakeBody(start);
        _parts.Add(_extendsSoFar == 0 ? body : new UnlessExtended(body, HopsToRoot(scope)));
    }

    private static int HopsToRoot(CompileScope scope) => VariablePlace.Hops(scope.Symbols.Function, scope.RootScope!);

    private void CompileParts(Syntax.Output output, CompileScope scope)
    {
        for (var i = 0; i < output.Parts.Count; i++)
        {
            var part = output.Parts[i];
            if (part is TemplateData data)
            {
                _text.Write(data.Data);
                // Text that may have to be made safe is a statement with a line of its own to Jinja.
                if (_isVolatile)
                    Mark(data);
                continue;
            }
            var before = _at;
            Mark(part);
            var value = CompileAsConstant(part, scope);
            if (PrintedNow(value) is not { } constant)
            {
                value = _isVolatile || !_folds ? Compile(part, scope) : value;
                AddPrint(_engine.Finalize is null ? value : new Finalizing(value), part.At);
                continue;
            }
            _at = before;
            if (_engine.Finalize is null)
            {
                _text.Write(Text.Str(constant));
                continue;
            }
            FlushPrints();
            _parts.Add(new LonePrint(new Finalizing(new Constant(constant)), escape: false, part.At));
        }
    }

    // What is printed Jinja computes even where it is told not to optimize. Where escaping is only known at run time it still prints constants as the template escapes
    // otherwise, but applies no filters to them.
    private Evaluable CompileAsConstant(Expression part, CompileScope scope)
    {
        var before = (_isVolatile, _foldsFilters, _folds);
        (_isVolatile, _foldsFilters, _folds) = (false, !_isVolatile, true);
        var value = Compile(part, scope);
        (_isVolatile, _foldsFilters, _folds) = before;
        return value;
    }

    private bool _foldsFilters = true;

    // Whether constant expressions are computed now.
    private bool _folds;

    // A constant becomes text of the template. It is made safe before the run finalizes it, which may be seen.
    private Value? PrintedNow(Evaluable value)
    {
        if (_engine.IsNative || !value.IsConstant)
            return null;
        try
        {
            var constant = value.Evaluate(_constantFrame);
            return _autoescape ? Value.From(Text.Escape(constant)) : _engine.Finalize is null ? Value.From(Text.Str(constant)) : constant;
        }
        catch (TemplateError)
        {
            // It fails when it is reached.
            return null;
        }
    }

    private Branching CompileIf(If branch, CompileScope scope)
    {
        var guarded = scope.Guarded();
        var branches = new (Evaluable, SourcePosition, Executable)[branch.Elifs.Count + 1];
        branches[0] = (Compile(branch.Test, guarded), Mark(branch), CompileBody(branch.Body, guarded));
        for (var i = 0; i < branch.Elifs.Count; i++)
        {
            var elif = branch.Elifs[i];
            branches[i + 1] = (Compile(elif.Test, guarded), Mark(elif), CompileBody(elif.Body, guarded));
        }
        return new Branching(branches, branch.Else.Count == 0 ? null : CompileBody(branch.Else, guarded));
    }

    private Executable CompileFor(For loop, CompileScope scope)
    {
        var function = loop.Recursive ? new FunctionScope(scope.Symbols.Function) : null;
        var filter = loop.Test is null ? null : CompileLoopFilter(loop, scope, function);
        var survey = BodySurvey.Of([loop.Target]);
        survey.Add(loop.Body);
        var usesLoop = loop.Recursive || survey.Reads("loop");
        survey.Add(loop.Else);
        if (survey.LoopAssignment is { } assignment)
            Refuse(Fail("Can't assign to special loop variable in for-loop target", assignment.At));
        Mark(loop);
        var source = Compile(loop.Iter, scope);
        var inner = scope.Inner(function);
        inner.ShowsLocals = true;
        inner.InLoop = true;
        if (function is not null)
            inner.ChecksOutput = scope.ChecksOutput;
        usesLoop |= survey.Blocks.Exists(block => block.Scoped);
        if (usesLoop)
            inner.Symbols.DeclareParameter("loop");
        // The loop may be kept in a namespace and go on reading.
        scope.Symbols.Function.KeepsFrames |= loop.Recursive || (usesLoop && filter is not null);
        var visitor = new SymbolVisitor(inner.Symbols);
        visitor.DeclareTarget(loop.Target);
        visitor.VisitBody(loop.Body);
        var target = CompileTarget(loop.Target, inner);
        var executable = CompileBody(loop.Body, inner);
        var otherwise = loop.Else.Count == 0 ? null : CompileScoped(loop.Else, scope, function);
        var variable = usesLoop ? inner.Symbols.Find("loop") : null;
        var body = new LoopBody(
            target,
            executable,
            Fresh: inner.Symbols.OwnSlots(withParameters: false),
            Forgotten: function is null && survey.HasClosures ? inner.Symbols.OwnSlots(withParameters: true) : [],
            otherwise,
            variable?.Slot ?? -1,
            LooksAround: loop.Recursive || variable is { IsTaken: true },
            filter,
            MayBreak: _options.HasLoopControls,
            loop.At);
        if (function is null)
            return new Looping(source, body);
        // Jinja calls the function it made of the loop after it.
        Mark(loop);
        var (slot, _) = (function.AddSlot(), function.AddSlot());
        var unit = new Unit(_template, "in the recursive loop run from", new Looping(new ReadSlot(slot), body), function.SlotCount, keepsFrames: true);
        body.Recursion = new RecursiveLoop(unit, Escaping, slot);
        return new RecursiveLooping(source, body.Recursion, loop.At);
    }

    private LoopFilter CompileLoopFilter(For loop, CompileScope scope, FunctionScope? function)
    {
        var inner = scope.Inner(function);
        var visitor = new SymbolVisitor(inner.Symbols);
        visitor.DeclareTarget(loop.Target);
        visitor.Visit(loop.Test!);
        Mark(loop.Test!);
        return new LoopFilter(CompileTarget(loop.Target, inner), Compile(loop.Test!, inner), loop.Test!.At);
    }

    private static Executable Enter(CompileScope scope, Executable body) => scope.Symbols.OwnSlots(withParameters: false) is { Length: > 0 } slots ? new Entering(slots, body) : body;

    private Interrupt CompileInterrupt(Signal signal, Statement statement, CompileScope scope)
    {
        if (!scope.InLoop)
            Refuse(new PythonSyntaxError($"'{(signal == Signal.Break ? "break" : "continue")}' outside loop", _template.Describe(statement.At)));
        return new Interrupt(signal);
    }

    private Assignable CompileTarget(Target target, CompileScope scope, bool exported = false)
    {
        switch (target)
        {
            case NameTarget name:
                return CompileVariable(name.Name, scope, exported);
            case NamespaceTarget attribute:
                return new NamespaceSlot(CompileName(attribute.Name, scope), attribute.Attribute);
            default:
                return CompileTargets((TupleTarget)target, scope, exported);
        }
    }

    private Unpacked CompileTargets(TupleTarget target, CompileScope scope, bool exported) => new([.. target.Items.Select(item => CompileTarget(item, scope, exported))]);

    private static Assignable CompileVariable(string name, CompileScope scope, bool exported)
    {
        var slot = scope.Symbols.Find(name).Slot;
        return exported ? new ExportedSlot(slot, name) : new LocalSlot(slot);
    }

    // Names assigned in a loop or block are shown to functions that take the context.
    private static void Show(Target target, CompileScope scope)
    {
        if (target is TupleTarget tuple)
        {
            foreach (var item in tuple.Items)
                Show(item, scope);
        }
        else if (target is NameTarget name)
        {
            scope.Locals.Add((name.Name, scope.Symbols.Find(name.Name).Slot));
        }
    }

    private Executable CompileAssign(Assign assign, CompileScope scope)
    {
        var before = _at;
        var at = Mark(assign);
        var value = Compile(assign.Value, scope);
        if (scope.ShowsLocals)
            Show(assign.Target, scope);
        var target = CompileTarget(assign.Target, scope, scope.IsTopLevel);
        var setting = new Setting(target, value, at);
        return target.IsChecked ? new Sequence([new CheckingNamespace(target, before.Line == at.Line ? at : before), setting]) : setting;
    }

    private Capturing CompileCapture(Statement block, IReadOnlyList<Statement> content, Filter? filter, Target? target, CompileScope scope)
    {
        var inner = scope.Inner();
        inner.ChecksOutput &= target is null;
        var visitor = new SymbolVisitor(inner.Symbols);
        visitor.VisitBody(content);
        if (filter is not null)
            visitor.Visit(filter);
        var body = Enter(inner, CompileBody(content, inner));
        Mark(block);
        var slot = filter is null ? -1 : _textSlot = inner.Symbols.Function.AddSlot();
        var chain = filter is null ? null : Compile(filter, inner);
        if (target is not null && scope.ShowsLocals)
            Show(target, scope);
        return new Capturing(body, target is null ? null : CompileTarget(target, scope, scope.IsTopLevel), chain, slot, Escaping, block.At);
    }

    // Where the filter without an operand finds its text.
    private int _textSlot;

    private Sequence CompileWith(With with, CompileScope scope)
    {
        var at = _at;
        var inner = scope.Inner();
        var visitor = new SymbolVisitor(inner.Symbols);
        foreach (var target in with.Targets)
            visitor.DeclareTarget(target);
        visitor.VisitBody(with.Body);
        var values = with.Values.Select(value => Compile(value, scope)).ToArray();
        at = values.Length == 0 || at.Line == with.At.Line ? with.At : at;
        Executable[] settings = [.. with.Targets.Select((target, i) => new Setting(CompileTarget(target, inner), values[i], at))];
        // The body comes first: the scope's slots are only known once it has been compiled.
        var body = CompileBody(with.Body, inner);
        return new Sequence([Enter(inner, new Sequence(settings)), body]);
    }

    private Executable CompileScoped(IReadOnlyList<Statement> body, CompileScope scope, FunctionScope? function = null)
    {
        var inner = scope.Inner(function);
        new SymbolVisitor(inner.Symbols).VisitBody(body);
        return Enter(inner, CompileBody(body, inner));
    }

    private Executable CompileAutoescape(Syntax.Autoescape autoescape, CompileScope scope)
    {
        var inner = scope.Inner();
        var visitor = new SymbolVisitor(inner.Symbols);
        visitor.Visit(autoescape.Value);
        visitor.VisitBody(autoescape.Body);
        var (wasAutoescape, wasVolatile) = (_autoescape, _isVolatile);
        var (at, value) = (_at, Compile(autoescape.Value, inner));
        if (TruthNow(value) is { } isOn)
            _autoescape = isOn;
        else
            _isVolatile = true;
        SetConstantEscape();
        var body = CompileBody(autoescape.Body, inner);
        (_autoescape, _isVolatile) = (wasAutoescape, wasVolatile);
        SetConstantEscape();
        return Enter(inner, new Escape(value, body, at, autoescape.At));
    }

    private void SetConstantEscape() => _constantFrame.Context.Autoescape = _autoescape;
}
