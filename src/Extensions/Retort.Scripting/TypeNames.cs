using System.Globalization;

namespace Retort.Scripting;

/// <summary>Writes types as C# names them.</summary>
internal static class TypeNames
{
    /// <summary>The type's name, or that of the nearest class or interface of it that has one: what the compiler made up has none.</summary>
    public static string Of(Type type)
    {
        if (Name(type) is { } own)
            return own;
        for (var each = type.BaseType; each is not null && each != typeof(object) && each != typeof(ValueType); each = each.BaseType)
        {
            if (Name(each) is { } name)
                return name;
        }
        // A sequence is one before all else; then the interface says most that most others are part of.
        return type.GetInterfaces().OrderByDescending(typeof(System.Collections.IEnumerable).IsAssignableFrom).ThenByDescending(face => face.GetInterfaces().Length).ThenBy(face => face.FullName, StringComparer.Ordinal).Select(Name).FirstOrDefault(name => name is not null) ?? "object";
    }

    private static string? Name(Type type)
    {
        if (type.IsPointer || type.IsByRef || type.IsByRefLike || type.IsGenericParameter || type.Assembly.IsDynamic || !(Definition(type).IsVisible || OpenAccess.IsOpen(type.Assembly.GetName().Name!)))
            return null;
        if (type.IsArray)
        {
            // C# writes the outermost array first: int[][,] is an array of int[,].
            var ranks = "";
            var element = type;
            for (; element.IsArray; element = element.GetElementType()!)
                ranks += $"[{new string(',', element.GetArrayRank() - 1)}]";
            return Name(element) is { } name ? name + ranks : null;
        }
        var chain = new List<Type>();
        for (var each = type; each is not null; each = each.DeclaringType)
            chain.Insert(0, each);
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var parts = chain.Select(each => Part(each, arguments)).ToList();
        return parts.Contains(null) ? null : "global::" + (type.Namespace is { Length: > 0 } space ? space + "." : "") + string.Join('.', parts);
    }

    // A list of what is not visible is not visible either; what it holds is looked at by itself.
    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static string? Part(Type type, Queue<Type> arguments)
    {
        if (type.Name.Contains('<', StringComparison.Ordinal))
            return null;
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
            return "@" + type.Name;
        var own = Enumerable.Range(0, int.Parse(type.Name.AsSpan(tick + 1), CultureInfo.InvariantCulture)).Select(_ => Name(arguments.Dequeue())).ToList();
        return own.Contains(null) ? null : $"@{type.Name[..tick]}<{string.Join(", ", own)}>";
    }
}
