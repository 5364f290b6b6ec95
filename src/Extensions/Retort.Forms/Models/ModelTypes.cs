using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Retort.Forms.Models;

/// <summary>Which types of properties are lists, and which are objects with a form of their own.</summary>
internal static class ModelTypes
{
    public static bool IsShown(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0 && property.GetCustomAttribute<ScaffoldColumnAttribute>() is not { Scaffold: false };

    /// <summary>The type of the elements of an array, or of a type that a <see cref="List{T}"/> can be given to; null for any other.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsArray && type.GetArrayRank() == 1 ? type.GetElementType()
        : type.IsGenericType && type.GetGenericArguments() is [var element] && type.IsAssignableFrom(typeof(List<>).MakeGenericType(element)) ? element
        : null;

    /// <summary>Whether it is a class of the app's own that can be made.</summary>
    public static bool IsModel(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && type != typeof(string) && !typeof(IEnumerable).IsAssignableFrom(type) && !typeof(Delegate).IsAssignableFrom(type)
        && type.Assembly != typeof(object).Assembly && type.Assembly != typeof(Http.FileStorage).Assembly && type.Namespace?.Split('.')[0] is not ("System" or "Microsoft") && type.GetConstructors().Length > 0;

    /// <summary>Throws when an object of the class holds one of the same class: its form would hold a form that holds a form without end. Lists begin empty, and end.</summary>
    public static void RefuseEndless(Type model) => Follow(model, [model]);

    /// <summary>Whether objects of the class lead to more of them by their lists, so that a list must not begin with an entry.</summary>
    public static bool IsRecursive(Type type, params Type[] path) => IsModel(type)
        && (path.Contains(type) || type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsShown).Any(property => IsRecursive(ElementOf(property.PropertyType) ?? property.PropertyType, [.. path, type])));

    private static void Follow(Type model, List<Type> path)
    {
        foreach (var property in model.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => IsShown(property) && IsModel(property.PropertyType)))
        {
            if (path.Contains(property.PropertyType))
                throw new InvalidOperationException($"no form can be made of {path[0].Name}: {model.Name}.{property.Name} is a {property.PropertyType.Name} again, and the forms inside forms would never end. Put [ScaffoldColumn(false)] on it, or make it a list.");
            Follow(property.PropertyType, [.. path, property.PropertyType]);
        }
    }
}
