namespace Retort.Jinja.Values;

/// <summary>What a <see cref="Value"/> is to a template.</summary>
public enum ValueKind
{
    /// <summary>Python's <c>None</c>; the default value.</summary>
    None,

    /// <summary>An undefined of some type.</summary>
    Undefined,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>An integer that fits 64 bits.</summary>
    Int,

    /// <summary>An integer that does not fit 64 bits.</summary>
    BigInt,

    /// <summary>A double.</summary>
    Float,

    /// <summary>A .NET decimal, Python's <c>Decimal</c>.</summary>
    Decimal,

    /// <summary>Text.</summary>
    String,

    /// <summary>Text that is safe in HTML.</summary>
    Markup,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A list made in a template, or any array or list of the host.</summary>
    List,

    /// <summary>A tuple.</summary>
    Tuple,

    /// <summary>A dictionary made in a template, or any dictionary of the host.</summary>
    Dict,

    /// <summary>A set.</summary>
    Set,

    /// <summary>A <c>range</c>.</summary>
    Range,

    /// <summary>An iterator that gives its items once.</summary>
    Iterator,

    /// <summary>An object of the engine, such as a function, a macro or <c>loop</c>: a <see cref="TemplateObject"/>.</summary>
    Template,

    /// <summary>Any other object of the host.</summary>
    Host,
}
