namespace Retort.Jinja;

/// <summary>An error that in Python is one of the language's own exceptions, such as a <c>TypeError</c> for <c>1 + "a"</c>.</summary>
public sealed class PythonError(PythonErrorKind kind, string reason, Exception? inner = null) : TemplateError(reason, inner)
{
    /// <summary>Which of Python's exceptions it is.</summary>
    public PythonErrorKind Kind { get; } = kind;

    /// <inheritdoc/>
    public override string PythonName => Kind.ToString();

    internal static PythonError Type(string reason) => new(PythonErrorKind.TypeError, reason);

    internal static PythonError Value(string reason) => new(PythonErrorKind.ValueError, reason);

    internal static PythonError Key(string reason) => new(PythonErrorKind.KeyError, reason);

    internal static PythonError Index(string reason) => new(PythonErrorKind.IndexError, reason);

    internal static PythonError Attribute(string reason) => new(PythonErrorKind.AttributeError, reason);

    internal static PythonError ZeroDivision(string reason) => new(PythonErrorKind.ZeroDivisionError, reason);

    internal static PythonError Overflow(string reason) => new(PythonErrorKind.OverflowError, reason);

    internal static PythonError Memory(string reason) => new(PythonErrorKind.MemoryError, reason);
}

/// <summary>Python's exceptions that a template can meet.</summary>
public enum PythonErrorKind
{
    /// <summary>An operation on values of the wrong type.</summary>
    TypeError,

    /// <summary>A value of the right type that does not fit.</summary>
    ValueError,

    /// <summary>A key that a mapping does not hold.</summary>
    KeyError,

    /// <summary>A position outside a sequence.</summary>
    IndexError,

    /// <summary>A member that an object does not have.</summary>
    AttributeError,

    /// <summary>A division by zero.</summary>
    ZeroDivisionError,

    /// <summary>A result too large for its type, or over a limit of the sandbox.</summary>
    OverflowError,

    /// <summary>A condition that a function asserts, such as a length shorter than its ellipsis.</summary>
    AssertionError,

    /// <summary>An error without a better class.</summary>
    RuntimeError,

    /// <summary>Calls nested too deeply.</summary>
    RecursionError,

    /// <summary>A result over the engine's limit of size.</summary>
    MemoryError,

    /// <summary>Text that cannot be encoded.</summary>
    UnicodeEncodeError,

    /// <summary>Bytes that cannot be decoded.</summary>
    UnicodeDecodeError,

    /// <summary>A name, such as that of an encoding, that is not known.</summary>
    LookupError,

    /// <summary>An iterator with nothing more to give.</summary>
    StopIteration,
}
