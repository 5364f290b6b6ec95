using System.Text.RegularExpressions;

namespace Retort.Routing;

/// <summary>
/// A regular expression of a converter that is not built in. It runs in linear time where its syntax allows; where it does not
/// (look-around, back references) or several variables share a part, a text that takes longer than 100 ms does not match.
/// </summary>
internal sealed class Pattern(string expression)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);
    private readonly Regex _regex = Compile($@"\A(?:{expression})\z");

    public string Expression => expression;

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The engine that keeps to the order of alternatives, which decides where one variable ends and the next begins.</summary>
    public static Regex CompileBacktracking(string expression) => new(expression, RegexOptions.CultureInvariant, Limit);

    private static Regex Compile(string expression)
    {
        try
        {
            return new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit);
        }
        catch (NotSupportedException)
        {
            return CompileBacktracking(expression);
        }
    }
}
