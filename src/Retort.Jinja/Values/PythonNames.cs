using System.Collections.Frozen;

namespace Retort.Jinja.Values;

/// <summary>Python's keywords, and the names with two underscores that its objects have: of those a sandbox says that they are unsafe and not that they are missing.</summary>
internal static class PythonNames
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet("""
        abs add aiter and bool bytes call ceil class class_getitem complex contains delattr delitem dir div divmod doc eq float floor floordiv format
        ge getattr getattribute getformat getitem getnewargs getstate gt hash iadd iand imul index init init_subclass int invert ior isub iter ixor
        le len lshift lt mod module mul ne neg new or pos pow radd rand rdiv rdivmod reduce reduce_ex repr reversed rfloordiv rlshift rmod rmul ror
        round rpow rrshift rshift rsub rtruediv rxor setattr setitem sizeof slots str sub subclasshook truediv trunc xor
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet("""
        False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return
        try while with yield
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether it is a word of Python's own grammar.</summary>
    public static bool IsKeyword(string name) => Keywords.Contains(name);

    /// <summary>Whether Python has such an attribute on the value; a function or another object of the engine may have any.</summary>
    public static bool Contains(in Value target, string name) =>
        name.Length > 4 && name.StartsWith("__", StringComparison.Ordinal) && (target.Kind == ValueKind.Template || (name.EndsWith("__", StringComparison.Ordinal) && Names.Contains(name[2..^2])));
}
