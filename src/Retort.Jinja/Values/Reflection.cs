using System.Diagnostics;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>
/// What no template may ever look into, sandbox or not: from any of these it is a step or two to running code, reading files or holding services.
/// Such a value can be passed on to a function of the host, but it has no members, no items and no text of its own.
/// </summary>
internal static class Reflection
{
    private static readonly Type[] Roots =
    [
        typeof(MemberInfo), typeof(Assembly), typeof(AssemblyName), typeof(Module), typeof(ParameterInfo), typeof(Binder), typeof(MethodBody), typeof(Pointer),
        typeof(RuntimeTypeHandle), typeof(RuntimeMethodHandle), typeof(RuntimeFieldHandle), typeof(ModuleHandle), typeof(TypedReference), typeof(ICustomAttributeProvider),
        typeof(Delegate), typeof(Expression), typeof(IServiceProvider), typeof(Task), typeof(IAsyncResult), typeof(TaskScheduler), typeof(TaskFactory), typeof(AppDomain),
        typeof(AssemblyLoadContext), typeof(Thread), typeof(SynchronizationContext), typeof(ExecutionContext), typeof(CancellationToken), typeof(CancellationTokenSource),
        typeof(WaitHandle), typeof(Timer), typeof(Stream), typeof(TextReader), typeof(TextWriter), typeof(BinaryReader), typeof(BinaryWriter), typeof(FileSystemInfo),
        typeof(DriveInfo), typeof(Process), typeof(ProcessStartInfo), typeof(StackTrace), typeof(StackFrame), typeof(Encoding), typeof(OperatingSystem), typeof(IntPtr),
        typeof(UIntPtr), typeof(GC), typeof(WeakReference), typeof(Attribute), typeof(System.Runtime.InteropServices.SafeHandle), typeof(System.Runtime.InteropServices.GCHandle),
        typeof(System.Globalization.CultureInfo), typeof(TimeZoneInfo), typeof(System.ComponentModel.IComponent),
    ];

    private static readonly string[] Namespaces =
        ["System.Reflection", "System.Runtime", "System.Threading", "System.IO", "System.Diagnostics", "System.Net", "System.CodeDom", "System.Linq.Expressions", "Microsoft.Win32"];

    private static readonly Type[] Generics = [typeof(ValueTask<>), typeof(WeakReference<>), typeof(Lazy<>)];

    public static bool IsForbidden(Type type) =>
        type.IsPointer || type.IsByRef || type.IsByRefLike || type.IsFunctionPointer || type == typeof(ValueTask)
        || Array.Exists(Roots, root => root.IsAssignableFrom(type))
        || (type.IsGenericType && Generics.Contains(type.GetGenericTypeDefinition()))
        || IsInForbiddenNamespace(type);

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
