using System.Reflection;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>
/// What no template may ever look into, sandbox or not: from any of these it is a step or two to running code, reading files or holding services.
/// Such a value can be passed on to a function of the host, but it has no members, no items and no text of its own.
/// </summary>
internal static class Reflection
{
    // What is not in one of the namespaces below, nor derived from what is.
    private static readonly Type[] Roots =
    [
        typeof(RuntimeTypeHandle), typeof(RuntimeMethodHandle), typeof(RuntimeFieldHandle), typeof(ModuleHandle), typeof(ICustomAttributeProvider), typeof(Delegate), typeof(IServiceProvider),
        typeof(IAsyncResult), typeof(AppDomain), typeof(Encoding), typeof(OperatingSystem), typeof(IntPtr), typeof(UIntPtr), typeof(WeakReference), typeof(Attribute), typeof(TimeZoneInfo),
        typeof(System.Globalization.CultureInfo), typeof(System.ComponentModel.IComponent),
    ];

    private static readonly string[] Namespaces =
        ["System.Reflection", "System.Runtime", "System.Threading", "System.IO", "System.Diagnostics", "System.Net", "System.CodeDom", "System.Linq.Expressions", "Microsoft.Win32"];

    private static readonly Type[] Generics = [typeof(ValueTask<>), typeof(WeakReference<>)];

    public static bool IsForbidden(Type type) =>
        type.IsPointer || type.IsByRef || type.IsByRefLike || type.IsFunctionPointer || type == typeof(ValueTask)
        || Array.Exists(Roots, root => root.IsAssignableFrom(type))
        || (type.IsGenericType && Generics.Contains(type.GetGenericTypeDefinition()))
        // An array is a list; what it holds is asked for itself.
        || (!type.IsArray && IsInForbiddenNamespace(type));

    private static bool IsInForbiddenNamespace(Type type)
    {
        for (var part = type; part is not null && part != typeof(object); part = part.BaseType)
        {
            if (part.Namespace is { } space && Array.Exists(Namespaces, forbidden => space == forbidden || space.StartsWith(forbidden + ".", StringComparison.Ordinal)))
                return true;
        }
        return false;
    }
}
