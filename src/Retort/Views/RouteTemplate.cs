using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;
using Retort.Routing;

namespace Retort.Views;

/// <summary>
/// A rule as ASP.NET Core writes routes, for those who read endpoints: <c>/user/&lt;int:id&gt;</c> is <c>/user/{id:int}</c>. It is a description only; requests are matched by
/// the rule. ASP.NET Core knows no variable in front of the last one that takes in slashes, and shows it without.
/// </summary>
internal static class RouteTemplate
{
    public static RoutePattern Of(Rule rule, string prefix)
    {
        var tokens = RuleParser.Parse(rule.Text);
        var text = new StringBuilder(prefix);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Kind == RuleTokenKind.Variable)
                text.Append(Variable(token, isLast: i == tokens.Count - 1));
            else
                text.Append(token.Text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }
        try
        {
            return RoutePatternFactory.Parse(text.ToString());
        }
        catch (RoutePatternException)
        {
            // Two variables side by side, for instance: a rule may have them, a route may not.
            return RoutePatternFactory.Parse(prefix + "/{**path}");
        }
    }

    private static string Variable(RuleToken token, bool isLast) => token.Converter switch
    {
        "int" => $"{{{token.Text}:int}}",
        "float" => $"{{{token.Text}:double}}",
        "uuid" => $"{{{token.Text}:guid}}",
        "path" when isLast => $"{{**{token.Text}}}",
        _ => $"{{{token.Text}}}",
    };
}
