using System.Numerics;
using Retort.Jinja.Analysis;
using Retort.Jinja.Runtime;
using Retort.Jinja.Syntax;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

internal sealed partial class Compiler
{
    private Evaluable Compile(Expression expression, CompileScope scope)
    {
        Descend();
        var compiled = CompileNode(expression, scope);
        return IsStretch() && compiled is not Constant ? new GuardedExpression(compiled) : compiled;
    }

    private Evaluable CompileNode(Expression expression, CompileScope scope) => expression switch
    {
        Name name => CompileName(name.Id, scope),
        Const constant => new Constant(ToValue(constant.Value)),
        HostConst host => new Constant(Value.FromObject(host.Value)),
        TemplateData data => new Constant(Value.From(data.Data)),
        GetAttribute attribute => CompileAttribute(attribute, scope),
        GetItem item => CompileItem(item, scope),
        Call call => new Calling(Compile(call.Callee, scope), CompileArguments(call.Arguments, scope), scope.Locals),
        Filter filter => CompileFilter(filter, scope),
        Test test => CompileTest(test, scope),
        Binary binary => CompileBinary(binary, scope),
        Unary unary => CompileUnary(unary, scope),
        Compare compare => CompileCompare(compare, scope),
        Concat concat => CompileConcat(concat, scope),
        Conditional conditional => CompileConditional(conditional, scope),
        TupleLiteral tuple => Fold(new MakeTuple(CompileAll(tuple.Items, scope))),
        ListLiteral list => new MakeList(CompileAll(list.Items, scope)),
        DictLiteral dict => CompileDict(dict, scope),
        MarkSafeIfAutoescape safe => new MakeSafe(Compile(safe.Operand, scope)),
        Slice slice => throw new PythonSyntaxError("a slice may only stand alone in brackets", _template.Describe(slice.At)),
        _ => throw new ArgumentException($"The expression {expression.GetType().Name} is not one of Retort.Jinja.Syntax; extensions build their tags from those."),
    };

    private Evaluable[] CompileAll(IReadOnlyList<Expression> expressions, CompileScope scope)
    {
        if (expressions.Count == 0)
            return [];
        var result = new Evaluable[expressions.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = Compile(expressions[i], scope);
        return result;
    }

    // Not in the switch above: what a lambda holds would be made for every expression.
    private MakeDict CompileDict(DictLiteral dict, CompileScope scope) =>
        new([.. dict.Items.SelectMany(pair => new[] { Compile(pair.Key, scope), Compile(pair.Value, scope) })]);

    private static Value ToValue(object? constant) => constant switch
    {
        null => Value.None,
        bool flag => Value.From(flag),
        long number => Value.From(number),
        BigInteger number => Value.From(number),
        double number => Value.From(number),
        string text => Value.From(text),
        int number => Value.From(number),
        _ => Value.FromObject(constant),
    };

    private Evaluable CompileName(string name, CompileScope scope)
    {
        var variable = scope.Symbols.Find(name);
        variable.IsTaken = true;
        NoteCapture(variable, scope);
        var hops = VariablePlace.Hops(scope.Symbols.Function, variable.Function);
        if (hops > 0)
            return new ReadOuter(new VariablePlace(variable), hops);
        return variable.Load == LoadKind.Parameter && !_inDefaults ? new ReadLocal(variable.Slot) : new ReadVariable(new VariablePlace(variable));
    }

    // What a function below another looks up in the context through it.
    private void NoteCapture(Variable variable, CompileScope scope)
    {
        while (variable.Alias is { } outer)
            variable = outer;
        if (variable.Load == LoadKind.Resolve && variable.Function != scope.Symbols.Function)
            _captured.Add(variable);
    }

    private readonly HashSet<Variable> _captured = [];

    private Evaluable CompileAttribute(GetAttribute attribute, CompileScope scope)
    {
        if (attribute.Operand is Name { Id: "loop" } && ReadLoop.Knows(attribute.Name) && !_engine.Access.IsSandbox && FindLoop(scope) is { } loop)
            return new ReadLoop(loop.Slot, attribute.Name);
        return Fold(new ReadMember(Compile(attribute.Operand, scope), attribute.Name));
    }

    // The loop that is running in the same frame.
    private Variable? FindLoop(CompileScope scope)
    {
        var variable = scope.Symbols.Find("loop");
        return variable.Load == LoadKind.Parameter && !_inDefaults && variable.Function == scope.Symbols.Function ? variable : null;
    }

    private Evaluable CompileItem(GetItem item, CompileScope scope)
    {
        var operand = Compile(item.Operand, scope);
        if (item.Key is Slice slice)
        {
            var none = new Constant(Value.None);
            Evaluable start = slice.Start is null ? none : Compile(slice.Start, scope);
            Evaluable stop = slice.Stop is null ? none : Compile(slice.Stop, scope);
            Evaluable step = slice.Step is null ? none : Compile(slice.Step, scope);
            var read = new ReadSlice(operand, start, stop, step);
            return Fold(read.IsConstant ? new ReadConstantSlice(read, _constantFrame) : read);
        }
        var key = Compile(item.Key, scope);
        return key is Constant { Value: { IsPlainString: true } name } && !operand.IsConstant
            ? new ReadKey(operand, Literal(name))
            : Fold(new ReadItem(operand, key));
    }

    private ArgumentList CompileArguments(CallArguments arguments, CompileScope scope)
    {
        if (ReferenceEquals(arguments, CallArguments.None))
            return ArgumentList.Empty;
        var positional = CompileAll(arguments.Positional, scope);
        string[] names = arguments.Named.Count == 0 ? [] : new string[arguments.Named.Count];
        Evaluable[] named = arguments.Named.Count == 0 ? [] : new Evaluable[arguments.Named.Count];
        var seen = named.Length == 0 ? null : new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < named.Length; i++)
        {
            var keyword = arguments.Named[i];
            if (!seen!.Add(keyword.Name))
                Refuse(new PythonSyntaxError($"keyword argument repeated: {keyword.Name}", _template.Describe(keyword.At)));
            (names[i], named[i]) = (keyword.Name, Compile(keyword.Value, scope));
        }
        return new ArgumentList(
            positional,
            names,
            named,
            arguments.Star is null ? null : Compile(arguments.Star, scope),
            arguments.DoubleStar is null ? null : Compile(arguments.DoubleStar, scope));
    }

    private Evaluable CompileFilter(Filter filter, CompileScope scope)
    {
        // As in Jinja the outermost filter is looked for first.
        var function = FindFunction("filter", filter.Name, _engine.Filters, filter.At, scope);
        Evaluable operand = filter.Operand is null ? new ReadSlot(_textSlot) : Compile(filter.Operand, scope);
        var arguments = CompileArguments(filter.Arguments, scope);
        var trim = filter.Name == "trim" && arguments.IsEmpty ? _options.Trim : null;
        return Fold(new Applying(function, operand, arguments, trim));
    }

    private Evaluable CompileTest(Test test, CompileScope scope)
    {
        var function = FindFunction("test", test.Name, _engine.Tests, test.At, scope);
        return Fold(new Applying(function, Compile(test.Operand, scope), CompileArguments(test.Arguments, scope)));
    }

    // It has to exist now, unless in a branch that may never run; there, too, when all errors are asked for.
    private NamedFunction FindFunction(string kind, string name, FunctionTable table, SourcePosition at, CompileScope scope)
    {
        var exists = table.TryGet(name, out var function);
        if (!exists && (!scope.IsGuarded || _options.Report is not null))
            Refuse(Fail($"No {kind} named '{name}'.", at, NearestName.Advice(name, table.Names)));
        return new NamedFunction(kind, name, table, isPure: exists && _foldsFilters && !_isVolatile && _options.PureFunctions.Contains(function!));
    }

    private Evaluable CompileBinary(Binary binary, CompileScope scope)
    {
        var left = Compile(binary.Left, scope);
        if (binary.Operator is BinaryOperator.And or BinaryOperator.Or)
        {
            var isOr = binary.Operator == BinaryOperator.Or;
            // Jinja's optimizer drops an operand that a constant makes needless, even one that could not be compiled.
            return ConstantTruth(left) == isOr ? left : Fold(new AndOr(isOr, left, Compile(binary.Right, scope)));
        }
        var right = Compile(binary.Right, scope);
        if (Arithmetic.Symbols[(int)binary.Operator] is var symbol && _engine.Access.Intercepts(symbol, 2))
            return new Intercepted(symbol, left, right);
        var constant = left.IsConstant && right.IsConstant;
        if (right is Constant { Value: { IsInt: true, AsLong: > 0 and <= int.MaxValue } } number && !constant)
            return new ArithmeticWithNumber(binary.Operator, left, (int)number.Value.AsLong);
        if (binary.Operator == BinaryOperator.Add && !constant)
            return new Adding(left is Adding chain ? [.. chain.Operands, right] : [left, right]);
        return Fold(new Arithmetic(binary.Operator, left, right));
    }

    private bool? ConstantTruth(Evaluable condition) => _folds ? TruthNow(condition) : null;

    // Whether a constant condition is true; null if only the run can say, as where it fails once it is reached.
    private bool? TruthNow(Evaluable condition)
    {
        if (!condition.IsConstant)
            return null;
        try
        {
            return condition.IsTrue(_constantFrame);
        }
        catch (TemplateError)
        {
            return null;
        }
    }

    private Evaluable CompileUnary(Unary unary, CompileScope scope)
    {
        var operand = Compile(unary.Operand, scope);
        if (unary.Operator == UnaryOperator.Not)
            return Fold(new Not(operand));
        var symbol = unary.Operator == UnaryOperator.Negate ? "-" : "+";
        return _engine.Access.Intercepts(symbol, 1) ? new Intercepted(symbol, operand) : Fold(new Sign(unary.Operator == UnaryOperator.Negate, operand));
    }

    private Evaluable CompileCompare(Compare compare, CompileScope scope)
    {
        var first = Compile(compare.First, scope);
        var second = Compile(compare.Rest[0].Value, scope);
        var whole = Fold(CompileComparison(compare.Rest[0].Operator, first, second));
        var (operators, rest) = (new CompareOperator[] { compare.Rest[0].Operator }, new[] { second });
        for (var i = 1; i < compare.Rest.Count; i++)
        {
            // Constants that fail make the operands after them needless, too.
            if (whole is Constant { Value: { IsBool: true, AsBool: false } })
                break;
            operators = [.. operators, compare.Rest[i].Operator];
            rest = [.. rest, Compile(compare.Rest[i].Value, scope)];
            whole = Fold(new ComparingChain(first, operators, rest));
        }
        return whole;
    }

    // The names and words of a program's data are mostly literals in its code; the same string object compares quickest.
    private static string Literal(in Value text) => string.IsInterned(text.AsText!) ?? text.AsText!;

    private static Evaluable CompileComparison(CompareOperator op, Evaluable left, Evaluable right)
    {
        if (op is CompareOperator.Equal or CompareOperator.NotEqual)
        {
            var negated = op == CompareOperator.NotEqual;
            if (right is Constant { Value.IsPlainString: true } text)
                return new ComparingText(negated, left, Literal(text.Value));
            if (right is Constant { Value.IsInt: true } number)
                return new ComparingNumber(negated, left, number.Value);
            if (left.IsBoolean && right.IsBoolean)
                return new ComparingTruths(negated, left, right);
        }
        return new Comparing(op, left, right);
    }

    private Evaluable CompileConcat(Concat concat, CompileScope scope)
    {
        var operands = CompileAll(concat.Operands, scope);
        var constant = operands.All(operand => operand.IsConstant);
        // Constants are joined as plain text even if one is safe: Jinja's optimizer does so, and a template can tell.
        return Fold(new Joining(operands, markup: _autoescape && !_isVolatile && !(constant && _folds)));
    }

    private Evaluable CompileConditional(Conditional conditional, CompileScope scope)
    {
        var guarded = scope.Guarded();
        var test = Compile(conditional.Test, guarded);
        var value = Compile(conditional.Value, guarded);
        var other = conditional.Other is null ? null : Compile(conditional.Other, guarded);
        // It keeps what a constant test chooses, if that is constant, too.
        if (ConstantTruth(test) is { } truth && (truth ? value : other) is { IsConstant: true } chosen)
            return chosen;
        return Fold(new Choice(test, value, other, $"the inline if-expression on {_template.Place(conditional.At)} evaluated to false and no else section was defined."));
    }

    /// <summary>Computes a constant expression now. What fails, takes long, or what a template could change, is left to the run.</summary>
    private Evaluable Fold(Evaluable expression)
    {
        if (!expression.IsConstant || _isVolatile || !_folds)
            return expression;
        try
        {
            var value = expression.Evaluate(_constantFrame);
            return IsImmutable(value) ? new Constant(value) : expression;
        }
        catch (TemplateError)
        {
            return expression;
        }
    }

    private static bool IsImmutable(in Value value) => value.Kind switch
    {
        ValueKind.None or ValueKind.Bool or ValueKind.Int or ValueKind.BigInt or ValueKind.Float or ValueKind.String or ValueKind.Markup or ValueKind.Range => true,
        ValueKind.Tuple => value.Reference is TupleValue tuple && Array.TrueForAll(tuple.Items, item => IsImmutable(item)),
        _ => false,
    };
}
