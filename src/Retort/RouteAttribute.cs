using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;

namespace Retort;

/// <summary>Gives a static method its rule; <see cref="Scaffold.AddViews"/> adds the methods of a class.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class RouteAttribute([StringSyntax("Route")] string rule, params string[] methods) : Attribute
{
    /// <summary>The URL path with variables.</summary>
    public string Rule { get; } = rule;

    /// <summary>HTTP methods; none means GET.</summary>
    public IReadOnlyList<string> Methods { get; } = methods.Length == 0 ? ["GET"] : methods;

    /// <summary>The endpoint's name. Default: the method's name in snake_case.</summary>
    public string? Endpoint { get; init; }

    internal static IEnumerable<(Delegate View, RouteAttribute Route)> In(Type views)
    {
        foreach (var method in views.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).OrderBy(method => method.MetadataToken))
        {
            foreach (var route in method.GetCustomAttributes<RouteAttribute>())
                yield return (method.CreateDelegate(Expression.GetDelegateType([.. method.GetParameters().Select(p => p.ParameterType), method.ReturnType])), route);
        }
    }
}

/// <summary>A rule for GET (and HEAD).</summary>
public sealed class GetAttribute([StringSyntax("Route")] string rule) : RouteAttribute(rule, "GET");

/// <summary>A rule for POST.</summary>
public sealed class PostAttribute([StringSyntax("Route")] string rule) : RouteAttribute(rule, "POST");

/// <summary>A rule for PUT.</summary>
public sealed class PutAttribute([StringSyntax("Route")] string rule) : RouteAttribute(rule, "PUT");

/// <summary>A rule for PATCH.</summary>
public sealed class PatchAttribute([StringSyntax("Route")] string rule) : RouteAttribute(rule, "PATCH");

/// <summary>A rule for DELETE.</summary>
public sealed class DeleteAttribute([StringSyntax("Route")] string rule) : RouteAttribute(rule, "DELETE");
