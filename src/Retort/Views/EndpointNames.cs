using System.Text;

namespace Retort.Views;

/// <summary>Names endpoints after views: <c>UserProfile</c> is <c>user_profile</c>; a lambda takes its rule, less the dots, which separate blueprint and view.</summary>
internal static class EndpointNames
{
    public static string Of(Delegate view, string rule) => MethodName(view) is { } name ? SnakeCase(name) : rule.Replace('.', '_');

    /// <summary>The name the view was written with, or null for a lambda.</summary>
    public static string? MethodName(Delegate view) => NameOf(view.Method);

    private static string? NameOf(System.Reflection.MethodInfo method)
    {
        var name = method.Name;
        if (!name.StartsWith('<'))
            return name;
        // The compiler calls the local function Index '<<Main>$>g__Index|0_0' and a lambda '<<Main>$>b__0_0'.
        var start = name.IndexOf(">g__", StringComparison.Ordinal);
        var end = name.IndexOf('|', StringComparison.Ordinal);
        return start >= 0 && end > start ? name[(start + 4)..end] : null;
    }

    /// <summary>A method's name as it was written; <c>lambda</c> for one without.</summary>
    public static string PlainName(System.Reflection.MethodInfo method) => NameOf(method) ?? "lambda";

    public static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
