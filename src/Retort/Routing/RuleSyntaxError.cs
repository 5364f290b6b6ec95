namespace Retort.Routing;

/// <summary>
/// A rule does not parse. The message says what is wrong and what to do, then shows the rule with the place marked:
/// <code>
/// the variable is never closed; add '>'
///     /user/&lt;int:id/edit
///           ^^^^^^^^^^^^
/// </code>
/// </summary>
public sealed class RuleSyntaxError : FormatException
{
    internal RuleSyntaxError(string problem, string rule, int position, int length, Exception? cause = null)
        : base($"{Printable(problem)}\n    {Printable(rule)}\n    {new string(' ', position)}{new string('^', Math.Max(1, length))}", cause)
    {
        Rule = rule;
        Position = position;
    }

    /// <summary>The rule's text (or its subdomain or host, if that is what does not parse).</summary>
    public string Rule { get; }

    /// <summary>Where the marked place begins in <see cref="Rule"/>.</summary>
    public int Position { get; }

    // A line break in the rule would tear the marks off their place.
    private static string Printable(string rule) =>
        string.Create(rule.Length, rule, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(text[i]) ? '\uFFFD' : text[i];
        });
}
