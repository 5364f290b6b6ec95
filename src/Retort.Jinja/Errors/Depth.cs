using System.Runtime.CompilerServices;

namespace Retort.Jinja;

/// <summary>How deep values, templates and calls may nest before a walk through them is refused, as Python's recursion limit does.</summary>
internal static class Depth
{
    /// <summary>The most levels of a value that is printed or converted.</summary>
    public const int Limit = 900;

    /// <summary>
    /// Throws when the stack has room for little more than reporting it. Whatever walks down a tree or is called again from inside asks every few levels: what it leaves
    /// is enough for those, and the process would not survive an overflow.
    /// </summary>
    public static void EnsureStack(string? when = null)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Exceeded(when);
    }

    /// <summary>The same before another level of a value, of which so many are open.</summary>
    public static void EnsureLevel(int open, string when)
    {
        if (open >= Limit)
            throw Exceeded(when);
        EnsureStack(when);
    }

    public static PythonError Exceeded(string? when) =>
        new(PythonErrorKind.RecursionError, when is null ? "maximum recursion depth exceeded" : $"maximum recursion depth exceeded {when}");
}
