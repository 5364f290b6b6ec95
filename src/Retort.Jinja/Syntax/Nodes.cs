namespace Retort.Jinja.Syntax;

// The syntax tree, read as a table. Nodes are data: they neither render nor evaluate themselves. Source: Jinja extensions page, AST.

/// <summary>Anything in the tree. <c>At</c> is what a run-time error in it reports.</summary>
public abstract record Node(SourcePosition At);

/// <summary>A tag or a run of text and prints.</summary>
public abstract record Statement(SourcePosition At) : Node(At);

/// <summary>Something with a value.</summary>
public abstract record Expression(SourcePosition At) : Node(At);

/// <summary>Something that can be assigned to.</summary>
public abstract record Target(SourcePosition At) : Node(At);

/// <summary>A whole template.</summary>
public sealed record TemplateNode(IReadOnlyList<Statement> Body, SourcePosition At) : Node(At);

/// <summary>Text and prints in a row; text is a <see cref="TemplateData"/>.</summary>
public sealed record Output(IReadOnlyList<Expression> Parts, SourcePosition At) : Statement(At);

/// <summary><c>{% for target in iter if test recursive %}</c>.</summary>
public sealed record For(Target Target, Expression Iter, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Else, Expression? Test, bool Recursive, SourcePosition At) : Statement(At);

/// <summary><c>{% if %}</c>; each <c>elif</c> is an <see cref="If"/> without its own elifs and else.</summary>
public sealed record If(Expression Test, IReadOnlyList<Statement> Body, IReadOnlyList<If> Elifs, IReadOnlyList<Statement> Else, SourcePosition At) : Statement(At);

/// <summary>One parameter of a macro or call block.</summary>
public sealed record Parameter(string Name, Expression? Default, SourcePosition At) : Node(At);

/// <summary><c>{% macro name(parameters) %}</c>.</summary>
public sealed record Macro(string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Statement> Body, SourcePosition At) : Statement(At);

/// <summary><c>{% call(parameters) call %}</c>.</summary>
public sealed record CallBlock(Call Call, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Statement> Body, SourcePosition At) : Statement(At);

/// <summary><c>{% filter name %}</c>; the innermost filter of the chain has no operand.</summary>
public sealed record FilterBlock(IReadOnlyList<Statement> Body, Filter Filter, SourcePosition At) : Statement(At);

/// <summary><c>{% with a = 1, b = 2 %}</c>.</summary>
public sealed record With(IReadOnlyList<Target> Targets, IReadOnlyList<Expression> Values, IReadOnlyList<Statement> Body, SourcePosition At) : Statement(At);

/// <summary><c>{% block name scoped required %}</c>.</summary>
public sealed record Block(string Name, IReadOnlyList<Statement> Body, bool Scoped, bool Required, SourcePosition At) : Statement(At);

/// <summary><c>{% extends template %}</c>.</summary>
public sealed record Extends(Expression Template, SourcePosition At) : Statement(At);

/// <summary><c>{% include template ignore missing with context %}</c>.</summary>
public sealed record Include(Expression Template, bool WithContext, bool IgnoreMissing, SourcePosition At) : Statement(At);

/// <summary><c>{% import template as target %}</c>.</summary>
public sealed record Import(Expression Template, string Target, bool WithContext, SourcePosition At) : Statement(At);

/// <summary>A name taken from a template and what it is called here.</summary>
public sealed record ImportedName(string Name, string Alias);

/// <summary><c>{% from template import names %}</c>.</summary>
public sealed record FromImport(Expression Template, IReadOnlyList<ImportedName> Names, bool WithContext, SourcePosition At) : Statement(At);

/// <summary><c>{% do expression %}</c>.</summary>
public sealed record ExpressionStatement(Expression Expression, SourcePosition At) : Statement(At);

/// <summary><c>{% set target = value %}</c>.</summary>
public sealed record Assign(Target Target, Expression Value, SourcePosition At) : Statement(At);

/// <summary><c>{% set target | filter %}</c>.</summary>
public sealed record AssignBlock(Target Target, Filter? Filter, IReadOnlyList<Statement> Body, SourcePosition At) : Statement(At);

/// <summary><c>{% autoescape value %}</c>.</summary>
public sealed record Autoescape(Expression Value, IReadOnlyList<Statement> Body, SourcePosition At) : Statement(At);

/// <summary>A scope of its own around statements, for extensions.</summary>
public sealed record Scope(IReadOnlyList<Statement> Body, SourcePosition At) : Statement(At);

/// <summary><c>{% continue %}</c>.</summary>
public sealed record Continue(SourcePosition At) : Statement(At);

/// <summary><c>{% break %}</c>.</summary>
public sealed record Break(SourcePosition At) : Statement(At);

/// <summary>A variable that is assigned.</summary>
public sealed record NameTarget(string Name, SourcePosition At) : Target(At);

/// <summary>An attribute of a namespace that is assigned.</summary>
public sealed record NamespaceTarget(string Name, string Attribute, SourcePosition At) : Target(At);

/// <summary>Several targets that a value is unpacked into.</summary>
public sealed record TupleTarget(IReadOnlyList<Target> Items, SourcePosition At) : Target(At);

/// <summary>A variable that is read.</summary>
public sealed record Name(string Id, SourcePosition At) : Expression(At);

/// <summary>None, a bool, a long, a BigInteger, a double or a string.</summary>
public sealed record Const(object? Value, SourcePosition At) : Expression(At);

/// <summary>An object of the host, such as a delegate of an extension, as a value.</summary>
public sealed record HostConst(object Value, SourcePosition At) : Expression(At);

/// <summary>Text outside all tags.</summary>
public sealed record TemplateData(string Data, SourcePosition At) : Expression(At);

/// <summary>A tuple literal.</summary>
public sealed record TupleLiteral(IReadOnlyList<Expression> Items, SourcePosition At) : Expression(At);

/// <summary>A list literal.</summary>
public sealed record ListLiteral(IReadOnlyList<Expression> Items, SourcePosition At) : Expression(At);

/// <summary>One entry of a dictionary literal.</summary>
public sealed record Pair(Expression Key, Expression Value, SourcePosition At) : Node(At);

/// <summary>A dictionary literal.</summary>
public sealed record DictLiteral(IReadOnlyList<Pair> Items, SourcePosition At) : Expression(At);

/// <summary><c>value if test else other</c>.</summary>
public sealed record Conditional(Expression Test, Expression Value, Expression? Other, SourcePosition At) : Expression(At);

/// <summary>A keyword argument.</summary>
public sealed record Keyword(string Name, Expression Value, SourcePosition At) : Node(At);

/// <summary>What a call, filter or test is given.</summary>
public sealed record CallArguments(IReadOnlyList<Expression> Positional, IReadOnlyList<Keyword> Named, Expression? Star, Expression? DoubleStar)
{
    /// <summary>No arguments.</summary>
    public static CallArguments None { get; } = new([], [], null, null);
}

/// <summary><c>operand | name(arguments)</c>; without an operand it filters the enclosing block's text.</summary>
public sealed record Filter(Expression? Operand, string Name, CallArguments Arguments, SourcePosition At) : Expression(At);

/// <summary><c>operand is name(arguments)</c>.</summary>
public sealed record Test(Expression Operand, string Name, CallArguments Arguments, SourcePosition At) : Expression(At);

/// <summary><c>callee(arguments)</c>.</summary>
public sealed record Call(Expression Callee, CallArguments Arguments, SourcePosition At) : Expression(At);

/// <summary><c>operand[key]</c>.</summary>
public sealed record GetItem(Expression Operand, Expression Key, SourcePosition At) : Expression(At);

/// <summary><c>operand.name</c>.</summary>
public sealed record GetAttribute(Expression Operand, string Name, SourcePosition At) : Expression(At);

/// <summary><c>start:stop:step</c>, only as the key of a <see cref="GetItem"/>.</summary>
public sealed record Slice(Expression? Start, Expression? Stop, Expression? Step, SourcePosition At) : Expression(At);

/// <summary>Operands joined as text with <c>~</c>.</summary>
public sealed record Concat(IReadOnlyList<Expression> Operands, SourcePosition At) : Expression(At);

/// <summary>A comparison operator.</summary>
public enum CompareOperator
{
    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>in</c></summary>
    In,

    /// <summary><c>not in</c></summary>
    NotIn,
}

/// <summary>One link of a chain of comparisons.</summary>
public sealed record Comparand(CompareOperator Operator, Expression Value);

/// <summary>A chain of comparisons: <c>a &lt; b &lt; c</c>.</summary>
public sealed record Compare(Expression First, IReadOnlyList<Comparand> Rest, SourcePosition At) : Expression(At);

/// <summary>An operator of two operands.</summary>
public enum BinaryOperator
{
    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c></summary>
    Subtract,

    /// <summary><c>*</c></summary>
    Multiply,

    /// <summary><c>/</c></summary>
    Divide,

    /// <summary><c>//</c></summary>
    FloorDivide,

    /// <summary><c>%</c></summary>
    Modulo,

    /// <summary><c>**</c></summary>
    Power,

    /// <summary><c>and</c></summary>
    And,

    /// <summary><c>or</c></summary>
    Or,
}

/// <summary>Two operands and an operator.</summary>
public sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right, SourcePosition At) : Expression(At);

/// <summary>An operator of one operand.</summary>
public enum UnaryOperator
{
    /// <summary><c>not</c></summary>
    Not,

    /// <summary><c>-</c></summary>
    Negate,

    /// <summary><c>+</c></summary>
    Plus,
}

/// <summary>One operand and an operator.</summary>
public sealed record Unary(UnaryOperator Operator, Expression Operand, SourcePosition At) : Expression(At);

/// <summary>The operand as safe text where autoescape is on, for extensions.</summary>
public sealed record MarkSafeIfAutoescape(Expression Operand, SourcePosition At) : Expression(At);
