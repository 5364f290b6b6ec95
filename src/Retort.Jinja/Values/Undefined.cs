using System.Diagnostics.CodeAnalysis;

namespace Retort.Jinja.Values;

/// <summary>Where an undefined comes from: a variable, a member of an object, or an operation with its own explanation.</summary>
/// <param name="Hint">The whole message, if the name alone would not explain it.</param>
/// <param name="Name">The variable, member or key that was asked for.</param>
/// <param name="Target">The object that lacks it; null for a variable.</param>
/// <param name="IsUnsafe">Whether the sandbox hid it: use throws a <see cref="SecurityError"/>.</param>
public readonly record struct UndefinedOrigin(string? Hint, Value Name, Value? Target = null, bool IsUnsafe = false)
{
    /// <summary>A variable that nobody set.</summary>
    public static UndefinedOrigin Variable(string name) => new(null, Value.From(name));

    /// <summary>A member or item that the object lacks.</summary>
    public static UndefinedOrigin Member(in Value target, in Value name) => new(null, name, target);

    /// <summary>An operation without a result, explained in a sentence.</summary>
    public static UndefinedOrigin Because(string hint, string? name = null) => new(hint, Value.From(name));
}

/// <summary>
/// The default undefined: prints nothing, iterates nothing, is false; anything else throws an <see cref="UndefinedError"/> that says what is missing.
/// Derive from it for a type of your own. Source: Jinja API page, Undefined Types.
/// </summary>
public class Undefined(UndefinedOrigin origin) : TemplateObject
{
    internal override ValueKind Kind => ValueKind.Undefined;

    /// <summary>Where it comes from.</summary>
    public UndefinedOrigin Origin { get; } = origin;

    /// <inheritdoc/>
    public override string TypeName => "jinja2.runtime." + GetType().Name;

    /// <inheritdoc/>
    public override bool IsTrue => false;

    /// <inheritdoc/>
    public override int Length => 0;

    /// <inheritdoc/>
    public override bool IsIterable => true;

    /// <summary>What is missing, in one sentence.</summary>
    public string Message => Origin switch
    {
        { Hint: { } hint } => hint,
        { Target: null } => $"{Text.Repr(Origin.Name)} is undefined",
        { Name.IsText: false } => $"{Text.DescribeType(Origin.Target.Value)} has no element {Text.Repr(Origin.Name)}",
        _ => $"{Text.Repr(Value.From(Text.DescribeType(Origin.Target.Value)))} has no attribute {Text.Repr(Origin.Name)}",
    };

    // The attributes in which Python's undefined keeps its origin.
    internal bool TryGetOrigin(string name, out Value value)
    {
        Value? origin = name switch
        {
            "_undefined_name" => Origin.Name,
            "_undefined_hint" => Value.From(Origin.Hint),
            "_undefined_obj" => Origin.Target ?? Value.None,
            "_undefined_message" => Value.From(Message),
            _ => null,
        };
        value = origin ?? default;
        return origin is not null;
    }

    /// <summary>The error for a use that is not allowed.</summary>
    public virtual TemplateRuntimeError Error() => Origin.IsUnsafe ? new SecurityError(Message) : new UndefinedError(Message) { Missing = Origin };

    /// <inheritdoc/>
    public override Value Call(EvalContext context, Arguments arguments) => throw Error();

    /// <summary>Reads a member or an item of it. Throws unless the type is chainable.</summary>
    public virtual Value Chain(in Value name) => throw Error();

    /// <inheritdoc/>
    public override ValueIterator GetIterator() => EmptyIterator.Instance;

    /// <summary>Whether a value is in it. Throws if the type is strict.</summary>
    public virtual bool Contains(in Value item) => false;

    /// <inheritdoc/>
    public override string Str() => string.Empty;

    /// <inheritdoc/>
    public override string Repr() => "Undefined";

    /// <inheritdoc/>
    public override bool ValueEquals(in Value other) => other.IsUndefined && other.Reference.GetType() == GetType();

    /// <inheritdoc/>
    public override int ValueHash() => GetType().GetHashCode();
}

/// <summary>An undefined whose members and items are undefined too, so that <c>a.b.c|default('x')</c> works.</summary>
public class ChainableUndefined(UndefinedOrigin origin) : Undefined(origin)
{
    /// <inheritdoc/>
    public override Value Chain(in Value name) => Value.From(this);

    /// <inheritdoc/>
    public override bool TryGetHtml([NotNullWhen(true)] out string? html)
    {
        html = Str();
        return true;
    }
}

/// <summary>An undefined that prints the expression that was missing.</summary>
public class DebugUndefined(UndefinedOrigin origin) : Undefined(origin)
{
    /// <inheritdoc/>
    public override string Str()
    {
        var message = Origin switch
        {
            { Hint: { } hint } => $"undefined value printed: {hint}",
            { Target: null } => Text.Str(Origin.Name),
            _ => $"no such element: {Text.DescribeType(Origin.Target.Value)}[{Text.Repr(Origin.Name)}]",
        };
        return $"{{{{ {message} }}}}";
    }
}

/// <summary>An undefined that allows nothing but the question whether it is defined.</summary>
public class StrictUndefined(UndefinedOrigin origin) : Undefined(origin)
{
    /// <inheritdoc/>
    public override bool IsTrue => throw Error();

    /// <inheritdoc/>
    public override int Length => throw Error();

    /// <inheritdoc/>
    public override ValueIterator GetIterator() => throw Error();

    /// <inheritdoc/>
    public override bool Contains(in Value item) => throw Error();

    /// <inheritdoc/>
    public override string Str() => throw Error();

    /// <inheritdoc/>
    public override bool ValueEquals(in Value other) => throw Error();

    /// <inheritdoc/>
    public override int ValueHash() => throw Error();
}
