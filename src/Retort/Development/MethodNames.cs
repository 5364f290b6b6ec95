using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Retort.Development;

/// <summary>
/// Gives methods back the names their author wrote: the compiler turns local functions, lambdas, iterators and async methods into methods and classes of its own,
/// called such as <c>Program+&lt;&gt;c__DisplayClass0_0.&lt;&lt;Main&gt;$&gt;g__Show|1</c>.
/// </summary>
internal static partial class MethodNames
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The method whose body this one runs: for the <c>MoveNext</c> of an async method or an iterator that method, else itself.</summary>
    public static MethodBase Written(MethodBase method)
    {
        if (method.Name != "MoveNext" || method.DeclaringType is not { } machine || machine.DeclaringType is not { } owner || !machine.Name.StartsWith('<'))
            return method;
        var open = machine.IsGenericType ? machine.GetGenericTypeDefinition() : machine;
        return owner.GetMethods(Everything).FirstOrDefault(candidate => candidate.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType == open) ?? method;
    }

    /// <summary>The method as text: <c>Blog.Show(int id)</c>, <c>Show(int id)</c> for a local function, <c>lambda in Blog.Register</c>.</summary>
    public static string Of(MethodBase method)
    {
        method = Written(method);
        var parts = Parse(method.Name);
        var type = TypeName(method.DeclaringType);
        var parameters = $"({string.Join(", ", method.GetParameters().Where(IsWritten).Select(parameter => $"{ShortName(parameter.ParameterType)} {parameter.Name}"))})";
        return parts switch
        {
            (null, "Main", _) or (null, "<Main>$", _) => "top-level statements",
            (null, ".ctor" or ".cctor", _) => $"new {type}{parameters}",
            (null, var name, _) => $"{(type.Length == 0 ? "" : type + ".")}{name}{parameters}",
            (_, var name, true) => name + parameters,
            (var outer, _, _) => $"lambda in {(outer is "<Main>$" or "Main" ? "top-level statements" : $"{(type.Length == 0 ? "" : type + ".")}{outer}")}",
        };
    }

    /// <summary>The type without the classes the compiler made inside of it.</summary>
    private static string TypeName(Type? type)
    {
        while (type is { DeclaringType: { } owner } && type.Name.Contains('<', StringComparison.Ordinal))
            type = owner;
        return type is null ? "" : type.DeclaringType is { } outer ? $"{TypeName(outer)}.{ShortName(type)}" : ShortName(type);
    }

    private static string ShortName(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return ShortName(inner) + "?";
        if (type.IsArray)
            return ShortName(type.GetElementType()!) + "[]";
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        var name = type.Name.Split('`')[0];
        return type.IsGenericType && type.Name.Contains('`', StringComparison.Ordinal) ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(ShortName))}>" : name;
    }

    private static bool IsWritten(ParameterInfo parameter) => parameter.Name is { } name && !name.StartsWith('<') && !parameter.ParameterType.IsByRef;

    /// <summary>What the compiler put together: the method around it and its own name; a lambda has none.</summary>
    private static (string? Outer, string Name, bool IsLocal) Parse(string name)
    {
        var match = Generated().Match(name);
        if (!match.Success)
            return (null, name, false);
        var outer = match.Groups["outer"].Value;
        // Functions inside of functions name all of those around them.
        var written = Generated().Match(outer) is { Success: true } deeper && deeper.Groups["kind"].Value == "g" ? deeper.Groups["name"].Value : outer;
        return (written, match.Groups["name"].Value, match.Groups["kind"].Value == "g");
    }

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(void)] = "void",
    };

    [GeneratedRegex(@"^<(?<outer>.*)>(?<kind>[gb])__(?<name>[^|]*)(\||$)", RegexOptions.NonBacktracking)]
    private static partial Regex Generated();
}
