using Retort.Jinja.Analysis;
using Retort.Jinja.Runtime;
using Retort.Jinja.Syntax;

namespace Retort.Jinja.Compilation;

internal sealed partial class Compiler
{
    private Executable? CompileBlock(Block block, CompileScope scope)
    {
        // In a child template the parent places the blocks.
        if (scope.IsTopLevel && _hasKnownExtends)
            return null;
        Executable placing = new PlacingBlock(block.Name, block.Scoped ? Visible(scope) : null, block.Required, Mark(block));
        return scope.IsTopLevel && _extendsSoFar > 0 ? new UnlessExtended(placing, HopsToRoot(scope)) : placing;
    }

    private Executable CompileExtends(Extends extends, CompileScope scope)
    {
        if (!scope.IsTopLevel)
            Refuse(Fail("cannot use extend from a non top-level scope", extends.At));
        if (_hasKnownExtends)
            return new Failing(static () => new TemplateRuntimeError("extended multiple times"), _at);
        var extending = new Extending(new TemplateSite(_template, Compile(extends.Template, scope)), Mark(extends));
        _hasKnownExtends = scope.IsRootLevel;
        _extendsSoFar++;
        return extending;
    }

    private Including CompileInclude(Include include, CompileScope scope)
    {
        var at = Mark(include);
        var template = new TemplateSite(_template, Compile(include.Template, scope), mayBeSeveral: true);
        return new Including(template, include.IgnoreMissing, include.WithContext ? Visible(scope) : null, at);
    }

    private Importing CompileImport(Statement import, Expression template, bool withContext, IEnumerable<(string? Name, string Alias)> names, CompileScope scope)
    {
        var at = Mark(import);
        var site = new TemplateSite(_template, Compile(template, scope));
        var visible = withContext ? Visible(scope) : null;
        return new Importing(_template, site, visible, [.. names.Select(name => (name.Name, name.Alias, scope.Symbols.Find(name.Alias).Slot))], scope.IsTopLevel, at);
    }

    private Setting CompileMacro(Macro macro, CompileScope scope)
    {
        var definition = CompileMacroBody(macro.Name, macro.Parameters, macro.Body, macro.At, scope);
        return new Setting(CompileVariable(macro.Name, scope, scope.IsTopLevel), new MakeMacro(definition), macro.At);
    }

    private CallingBlock CompileCallBlock(CallBlock block, CompileScope scope)
    {
        var definition = CompileMacroBody(null, block.Parameters, block.Body, block.At, scope);
        Mark(block);
        var callee = Compile(block.Call.Callee, scope);
        var arguments = CompileArguments(block.Call.Arguments, scope).With("caller", new MakeMacro(definition));
        return new CallingBlock(new Calling(callee, arguments, scope.Locals), block.At);
    }

    private MacroDefinition CompileMacroBody(
        string? name, IReadOnlyList<Parameter> parameters, IReadOnlyList<Statement> body, SourcePosition at, CompileScope scope)
    {
        scope.Symbols.Function.KeepsFrames = true;
        var function = new FunctionScope(scope.Symbols.Function);
        var inner = scope.Inner(function);
        inner.ChecksOutput = false;
        var symbols = inner.Symbols;
        var survey = BodySurvey.Of(body);
        var usesCaller = survey.Reads("caller");
        var explicitCaller = parameters.FirstOrDefault(parameter => parameter.Name == "caller");
        if (usesCaller && explicitCaller is { Default: null })
            Refuse(Fail("When defining macros or call blocks the special \"caller\" argument must be omitted or be given a default.", at));
        if (parameters.CountBy(parameter => parameter.Name).FirstOrDefault(parameter => parameter.Value > 1) is { Key: { } twice })
            Refuse(new PythonSyntaxError($"duplicate argument '{twice}' in macro definition", _template.Describe(at)));
        // A parameter of that name takes the special meaning away.
        string[] special = [.. SpecialArguments.Where(name => survey.Reads(name) && parameters.All(parameter => parameter.Name != name))];
        var visitor = new SymbolVisitor(symbols);
        visitor.DeclareParameters(parameters);
        foreach (var wanted in special)
            symbols.DeclareParameter(wanted);
        visitor.VisitBody(body);
        _at = at;
        var slots = parameters.Select(parameter => (symbols.Find(parameter.Name).Slot, parameter.Name, CompileDefault(parameter, inner))).ToArray();
        var executable = new MacroBody(slots, CompileBody(body, inner), at);
        // Each may take a slot yet, so they come before the slots are counted.
        var (caller, kwargs, varargs) = (SlotOf("caller"), SlotOf("kwargs"), SlotOf("varargs"));
        var unit = new Unit(_template, name is null ? "in the call block, called from" : $"in macro '{name}', called from", executable, function.SlotCount, function.KeepsFrames);
        return new MacroDefinition(
            name, [.. parameters.Select(parameter => parameter.Name)], [.. slots.Select(slot => slot.Slot)], caller, kwargs, varargs, usesCaller, unit);

        int SlotOf(string name) => special.Contains(name) ? symbols.Find(name).Slot : -1;
    }

    private static readonly string[] SpecialArguments = ["caller", "kwargs", "varargs"];

    // A default may name parameters that have not been set yet.
    private Evaluable? CompileDefault(Parameter parameter, CompileScope scope)
    {
        if (parameter.Default is null)
            return null;
        var before = _inDefaults;
        _inDefaults = true;
        var value = Compile(parameter.Default, scope);
        _inDefaults = before;
        return value;
    }
}
