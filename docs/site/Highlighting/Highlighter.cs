using System.Text;
using Retort.Jinja;
using TextMateSharp.Grammars;
using TextMateSharp.Internal.Grammars.Reader;
using TextMateSharp.Internal.Types;
using TextMateSharp.Registry;
using TextMateSharp.Themes;

namespace Retort.Site.Highlighting;

/// <summary>Colours code when the site is built, with the grammars of Visual Studio Code and one for Jinja. Readers need no script for it.</summary>
internal sealed class Highlighter
{
    private const string Jinja = "text.html.jinja";
    private readonly Dictionary<string, IGrammar?> _grammars = new(StringComparer.Ordinal);
    private readonly Registry _registry = new(new Grammars());

    /// <summary>Code as HTML whose spans bear the classes of <see cref="TokenClass"/>. A language without a grammar is shown plainly.</summary>
    public Markup Html(string language, string code)
    {
        if (Find(ScopeOf(language, code)) is not { } grammar)
            return Markup.Escape(code);
        var html = new StringBuilder(code.Length * 2);
        IStateStack? state = null;
        foreach (var line in code.Split('\n'))
        {
            if (html.Length > 0 || state is not null)
                html.Append('\n');
            var tokens = grammar.TokenizeLine(line, state, TimeSpan.MaxValue);
            state = tokens.RuleStack;
            Append(html, line, tokens.Tokens);
        }
        return new Markup(html.ToString());
    }

    private static void Append(StringBuilder html, string line, IEnumerable<IToken> tokens)
    {
        // Neighbours of one class share a span.
        var (start, end, of) = (0, 0, "");
        foreach (var token in tokens)
        {
            var (next, stop) = (TokenClass.Of(token.Scopes), Math.Min(token.EndIndex, line.Length));
            if (next != of)
            {
                Close();
                (start, of) = (end, next);
            }
            end = Math.Max(end, stop);
        }
        Close();

        void Close()
        {
            if (end == start)
                return;
            var text = Markup.Escape(line[start..end]);
            html.Append(of.Length == 0 ? text : Markup.Format("<span class=\"{0}\">{1}</span>", of, text));
        }
    }

    private IGrammar? Find(string? scope)
    {
        if (scope is null)
            return null;
        if (!_grammars.TryGetValue(scope, out var grammar))
            _grammars[scope] = grammar = _registry.LoadGrammar(scope);
        return grammar;
    }

    private static string? ScopeOf(string language, string code) => language switch
    {
        "csharp" or "cs" => "source.cs",
        "html" => code.Contains("{%", StringComparison.Ordinal) || code.Contains("{{", StringComparison.Ordinal) ? Jinja : "text.html.basic",
        "jinja" => Jinja,
        "sh" or "bash" or "shell" or "console" => "source.shell",
        "xml" => "text.xml",
        "json" or "python" or "sql" or "css" or "ini" or "dockerfile" or "yaml" => $"source.{language}",
        "js" => "source.js",
        _ => null,
    };

    private sealed class Grammars : IRegistryOptions
    {
        private readonly RegistryOptions _code = new(ThemeName.LightPlus);

        public IRawGrammar GetGrammar(string scopeName)
        {
            if (scopeName != Jinja)
                return _code.GetGrammar(scopeName);
            using var reader = new StreamReader(typeof(Highlighter).Assembly.GetManifestResourceStream("jinja.tmLanguage.json")!);
            return GrammarReader.ReadGrammarSync(reader);
        }

        public IRawTheme GetTheme(string scopeName) => _code.GetTheme(scopeName);

        public IRawTheme GetDefaultTheme() => _code.GetDefaultTheme();

        public ICollection<string>? GetInjections(string scopeName) => _code.GetInjections(scopeName);
    }
}
