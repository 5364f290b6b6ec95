using System.Diagnostics.CodeAnalysis;

namespace Retort.Jinja.Values;

/// <summary>
/// An object that answers a template itself: the engine's own (functions, macros, <c>loop</c>, lists) and those of users who want more than
/// C# members shown. Every member has Python's default for an object without that ability.
/// </summary>
public abstract class TemplateObject
{
    /// <summary>Which kind of value it is. Only the engine's containers differ from <see cref="ValueKind.Template"/>.</summary>
    internal virtual ValueKind Kind => ValueKind.Template;

    /// <summary>Name of its type in Python, such as <c>function</c>; with module if it is not a builtin, such as <c>jinja2.runtime.Macro</c>.</summary>
    public virtual string TypeName => GetType().Name;

    /// <summary>Whether it is true in a condition.</summary>
    public virtual bool IsTrue => Length != 0;

    /// <summary>Number of items, or -1 if it has none.</summary>
    public virtual int Length => -1;

    /// <summary>Whether <see cref="Call"/> may be used.</summary>
    public virtual bool IsCallable => false;

    /// <summary>Whether it can be iterated.</summary>
    public virtual bool IsIterable => false;

    /// <summary>Reads <c>object.name</c>.</summary>
    public virtual bool TryGetMember(EvalContext context, string name, out Value value)
    {
        value = default;
        return false;
    }

    /// <summary>Reads <c>object[key]</c>.</summary>
    public virtual bool TryGetItem(in Value key, out Value value)
    {
        value = default;
        return false;
    }

    /// <summary>Calls it.</summary>
    public virtual Value Call(EvalContext context, Arguments arguments) => throw PythonError.Type($"'{ShortTypeName}' object is not callable");

    /// <summary>Begins an iteration.</summary>
    public virtual ValueIterator GetIterator() => throw PythonError.Type($"'{ShortTypeName}' object is not iterable");

    /// <summary>Python's <c>str()</c>.</summary>
    public virtual string Str() => Repr();

    /// <summary>For an object whose repr shows its attributes, its name and those: they may hold the object itself, and the writer knows where it has been.</summary>
    internal virtual (string Name, IReadOnlyDictionary<string, Value> Values)? ReprAttributes => null;

    /// <summary>Python's <c>repr()</c>.</summary>
    public virtual string Repr() => $"<{TypeName} object at 0x{Identity:x12}>";

    /// <summary>Text that is safe in HTML, Python's <c>__html__</c>.</summary>
    public virtual bool TryGetHtml([NotNullWhen(true)] out string? html)
    {
        html = null;
        return false;
    }

    /// <summary>Whether it equals another value. By default only itself.</summary>
    public virtual bool ValueEquals(in Value other) => ReferenceEquals(this, other.Reference);

    /// <summary>Whether <see cref="ValueHash"/> succeeds.</summary>
    internal virtual bool IsHashable => true;

    /// <summary>A code that is equal for equal objects.</summary>
    public virtual int ValueHash() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <inheritdoc/>
    public sealed override string ToString() => Str();

    internal string ShortTypeName => TypeName[(TypeName.LastIndexOf('.') + 1)..];

    /// <summary>What Python would print as its address.</summary>
    internal long Identity => Identify(this);

    internal static long Identify(object target) => 0x7f0000000000 + ((long)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(target) << 4);
}
