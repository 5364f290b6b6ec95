using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Retort.Development;

namespace Retort.Scripting;

/// <summary>Writes the script that a console begins with: usings, which go on to hold, and variables.</summary>
internal static class Declarations
{
    /// <summary>One declaration a variable: <c>global::System.Int32 id = (global::System.Int32)Values[0];</c>.</summary>
    public static string Of(IReadOnlyList<ConsoleVariable> variables, IReadOnlyList<string> usings)
    {
        var script = new StringBuilder();
        foreach (var name in usings)
            script.Append("using ").Append(name).Append(";\n");
        for (var i = 0; i < variables.Count; i++)
        {
            if (!SyntaxFacts.IsValidIdentifier(variables[i].Name))
                continue;
            var type = Presentation.IsDynamic(variables[i].Value) ? "dynamic" : TypeNames.Of(variables[i].Value?.GetType() ?? typeof(object));
            script.Append(CultureInfo.InvariantCulture, $"{type} @{variables[i].Name} = ({type})Values[{i}];\n");
        }
        return script.ToString();
    }
}
