namespace Retort.Site.Highlighting;

/// <summary>The few classes of the style sheet that stand for the many scopes of grammars.</summary>
internal static class TokenClass
{
    // The first that a scope begins with counts; an empty class is plain text.
    private static readonly (string Scope, string Class)[] Classes =
    [
        ("comment", "c"), ("punctuation.definition.comment", "c"),
        ("meta.interpolation", ""), ("meta.embedded.expression", ""), ("punctuation.definition.interpolation", "o"),
        ("constant.character.escape", "n"), ("constant.character.entity", "n"),
        ("string.unquoted.argument.shell", ""), ("string.unquoted.cdata", ""), ("string", "s"), ("punctuation.definition.string", "s"),
        ("constant.language", "k"), ("constant.other.color", "n"), ("constant.numeric", "n"), ("constant", "n"),
        ("keyword.operator.expression", "k"), ("keyword.operator.new", "k"), ("keyword.operator.logical.python", "k"), ("keyword.operator", "o"), ("keyword", "k"),
        ("storage.type.cs", "t"), ("storage", "k"),
        ("entity.name.type.namespace", ""), ("entity.name.type", "t"), ("support.class", "t"), ("support.type.property-name", "a"), ("support.type", "t"),
        ("entity.name.function", "f"), ("support.function", "f"), ("entity.name.command", "f"),
        ("entity.name.tag", "g"), ("punctuation.definition.tag", "g"), ("entity.other.attribute-name", "a"), ("entity.name.section", "g"),
        ("meta.preprocessor", "p"), ("variable.language", "k"), ("variable", ""), ("entity.name.variable", ""),
    ];

    /// <summary>The class of a token: that of its innermost scope that has one.</summary>
    public static string Of(IReadOnlyList<string> scopes)
    {
        for (var i = scopes.Count - 1; i >= 0; i--)
        {
            foreach (var (scope, name) in Classes)
            {
                if (scopes[i].StartsWith(scope, StringComparison.Ordinal))
                    return name;
            }
        }
        return "";
    }
}
