using System.Reflection;

namespace Retort.Views;

/// <summary>Static methods whose type arguments are known when a view is added.</summary>
internal static class GenericMethod
{
    public const BindingFlags All = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static;

    public static object? Call(Type owner, string method, Type[] types, params object?[] arguments) =>
        owner.GetMethod(method, All)!.MakeGenericMethod(types).Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
