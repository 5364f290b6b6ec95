using System.Diagnostics.CodeAnalysis;
using Retort.Jinja.Builtins;
using Retort.Jinja.Compilation;
using Retort.Jinja.Extensions;
using Retort.Jinja.Loaders;
using Retort.Jinja.Runtime;
using Retort.Jinja.Syntax;
using Retort.Jinja.Values;

namespace Retort.Jinja;

/// <summary>
/// The settings templates are compiled and rendered with, and the way to get them. Set it up once, then share it between threads.
/// Source: Jinja API page, Environment; every option has its name there in C# casing.
/// </summary>
public partial class JinjaEnvironment
{
    private Engine _engine;
    private TemplateCache _cache = new(400);
    private List<Extension> _extensions = [];

    /// <summary>An environment with Jinja's defaults and some extensions.</summary>
    public JinjaEnvironment(params IEnumerable<Extension> extensions) : this(native: false, extensions)
    {
    }

    private protected JinjaEnvironment(bool native, IEnumerable<Extension> extensions)
    {
        Filters = new FunctionTable(BuiltinTables.Filters);
        Tests = new FunctionTable(BuiltinTables.Tests);
        Globals = new GlobalsTable(BuiltinTables.Globals);
        Globals.SetValue("namespace", Value.From(new FunctionValue(NamespaceValue.Create, "jinja2.utils.Namespace", "type")));
        _engine = new Engine { Filters = Filters, Tests = Tests, Globals = Globals, IsNative = native, Load = Load };
        foreach (var extension in extensions)
            AddExtension(extension);
    }

    internal Engine Engine => _engine;

    internal LexerOptions Lexing { get; private set; } = new();

    /// <summary>Start of a statement. Default <c>{%</c>.</summary>
    public string BlockStartString { get => Lexing.BlockStart; set => Lexing = Lexing with { BlockStart = value }; }

    /// <summary>End of a statement. Default <c>%}</c>.</summary>
    public string BlockEndString { get => Lexing.BlockEnd; set => Lexing = Lexing with { BlockEnd = value }; }

    /// <summary>Start of a print. Default <c>{{</c>.</summary>
    public string VariableStartString { get => Lexing.VariableStart; set => Lexing = Lexing with { VariableStart = value }; }

    /// <summary>End of a print. Default <c>}}</c>.</summary>
    public string VariableEndString { get => Lexing.VariableEnd; set => Lexing = Lexing with { VariableEnd = value }; }

    /// <summary>Start of a comment. Default <c>{#</c>.</summary>
    public string CommentStartString { get => Lexing.CommentStart; set => Lexing = Lexing with { CommentStart = value }; }

    /// <summary>End of a comment. Default <c>#}</c>.</summary>
    public string CommentEndString { get => Lexing.CommentEnd; set => Lexing = Lexing with { CommentEnd = value }; }

    /// <summary>What a line begins with that is one statement. Default none.</summary>
    public string? LineStatementPrefix { get => Lexing.LineStatementPrefix; set => Lexing = Lexing with { LineStatementPrefix = value }; }

    /// <summary>What a comment up to the end of its line begins with. Default none.</summary>
    public string? LineCommentPrefix { get => Lexing.LineCommentPrefix; set => Lexing = Lexing with { LineCommentPrefix = value }; }

    /// <summary>Whether the newline after a statement or comment is dropped. Default no.</summary>
    public bool TrimBlocks { get => Lexing.TrimBlocks; set => Lexing = Lexing with { TrimBlocks = value }; }

    /// <summary>Whether blanks between the start of a line and a statement or comment are dropped. Default no.</summary>
    public bool LstripBlocks { get => Lexing.LstripBlocks; set => Lexing = Lexing with { LstripBlocks = value }; }

    /// <summary>What every newline of a template becomes: <c>\n</c>, <c>\r\n</c> or <c>\r</c>. Default <c>\n</c>.</summary>
    public string NewlineSequence
    {
        get => Lexing.NewlineSequence;
        set => _engine.NewlineSequence = (Lexing = Lexing with { NewlineSequence = value }).NewlineSequence;
    }

    /// <summary>Whether a newline at a template's end is kept. Default no.</summary>
    public bool KeepTrailingNewline { get => Lexing.KeepTrailingNewline; set => Lexing = Lexing with { KeepTrailingNewline = value }; }

    /// <summary>Whether constant expressions are computed when a template is compiled. Default yes.</summary>
    public bool Optimized { get; set; } = true;

    /// <summary>Filters by name.</summary>
    public FunctionTable Filters { get; }

    /// <summary>Tests by name.</summary>
    public FunctionTable Tests { get; }

    /// <summary>Variables that every template sees.</summary>
    public GlobalsTable Globals { get; }

    /// <summary>Settings of filters.</summary>
    public Policies Policies { get => _engine.Policies; set => _engine.Policies = value ?? throw new ArgumentNullException(nameof(value)); }

    /// <summary>Makes what a missing variable or member is. Default <see cref="Retort.Jinja.Values.Undefined"/>; for another: <c>origin => new StrictUndefined(origin)</c>.</summary>
    public Func<UndefinedOrigin, Undefined> Undefined { get => _engine.MakeUndefined; set => _engine.MakeUndefined = value ?? throw new ArgumentNullException(nameof(value)); }

    /// <summary>Called with each value before it is printed; null for none. Any delegate that a filter may be.</summary>
    public Delegate? Finalize
    {
        get => _finalize;
        set
        {
            _finalize = value;
            _engine.Finalize = value is null ? null : value as JinjaFunction ?? Calls.Wrap(value);
        }
    }

    private Delegate? _finalize;

    /// <summary>Whether a template of the given name, null for one made from a string, escapes what it prints. Default never.</summary>
    public Func<string?, bool> Autoescape { get; set; } = static _ => false;

    /// <summary>Where templates come from. Default nowhere.</summary>
    public Loader? Loader
    {
        get;
        set
        {
            field = value;
            _engine.ChangeCache();
        }
    }

    /// <summary>How many templates are kept compiled. Default 400; 0 keeps none, -1 all.</summary>
    public int CacheSize
    {
        get => _cache.Size;
        set
        {
            _cache = new TemplateCache(value);
            _engine.ChangeCache();
        }
    }

    /// <summary>Whether a kept template is compared with its source each time it is asked for. Default yes.</summary>
    public bool AutoReload { get => _engine.AutoReload; set => _engine.AutoReload = value; }

    /// <summary>
    /// Most steps one render may take; null for no limit, the default. A round of a loop, a call of a macro, an include, and an item that <c>map</c> or <c>select</c> gives to a filter or
    /// test are a step each, and so are a thousand characters, items or 64-bit words of an integer that one operation reads or makes, and a hundred values inside others that it goes
    /// through or that a filter gives one by one. A step takes some tens of microseconds at the most. A render that a template's function starts costs the template's fuel, unless it has its own.
    /// </summary>
    public long? Fuel { get => _engine.Fuel; set => _engine.Fuel = value; }

    /// <summary>Most bytes one render may print; null for no limit, the default. Checked as the output grows.</summary>
    public long? MaxOutput { get => _engine.MaxOutput; set => _engine.MaxOutput = value; }

    /// <summary>The extensions in force.</summary>
    public IReadOnlyList<Extension> Extensions => _extensions;

    /// <summary>Whether gettext functions fill in variables themselves, as the newer style of the i18n extension does. Default no.</summary>
    public bool NewstyleGettext { get; set; }

    /// <summary>Adds an extension; later templates know its tags.</summary>
    public void AddExtension(Extension extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        var bound = extension.Bind(this);
        _extensions = [.. _extensions, bound];
        bound.Install();
    }

    /// <summary>
    /// An environment of the same class that shares filters, tests, globals and all settings with this one, but for what is set on it. Its templates are kept apart.
    /// </summary>
    public JinjaEnvironment Overlay(Action<JinjaEnvironment>? configure = null)
    {
        var overlay = (JinjaEnvironment)MemberwiseClone();
        overlay.Separate();
        configure?.Invoke(overlay);
        return overlay;
    }

    /// <summary>Gives a copy its own of what it must not share with its origin.</summary>
    private protected virtual void Separate()
    {
        _engine = _engine.Copy(Load);
        _cache = new TemplateCache(CacheSize);
        _extensions = [.. _extensions.Select(extension => extension.Bind(this))];
    }

    /// <summary>A template from its text. Throws a <see cref="TemplateSyntaxError"/> if the text is not valid.</summary>
    public Template FromString([StringSyntax("jinja")] string source, IEnumerable<KeyValuePair<string, object?>>? globals = null) =>
        new(this, Compile(source, null, null, globals is null ? null : new GlobalsTable(globals)));

    /// <summary>
    /// A template by its name. Throws a <see cref="TemplateNotFoundError"/> if no loader knows it. <paramref name="globals"/> are variables for all of its
    /// renders; if it is already loaded they are added to those it has.
    /// </summary>
    public Template GetTemplate(string name, IEnumerable<KeyValuePair<string, object?>>? globals = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return LoadTemplate(name, globals);
    }

    /// <summary>The first of several templates that exists. Throws a <see cref="TemplatesNotFoundError"/> if none does.</summary>
    public Template SelectTemplate(IEnumerable<string> names, IEnumerable<KeyValuePair<string, object?>>? globals = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        return SelectFrom(names, globals);
    }

    private Template SelectFrom(IEnumerable<object> candidates, IEnumerable<KeyValuePair<string, object?>>? globals)
    {
        var tried = new List<string>();
        foreach (var candidate in candidates)
        {
            try
            {
                return GetOrSelectTemplate(candidate, globals);
            }
            catch (Exception error) when (error is TemplateNotFoundError { Position: null } or UndefinedError { Position: null })
            {
                tried.Add(candidate is Undefined undefined ? undefined.Message : candidate.ToString()!);
            }
        }
        throw tried.Count == 0 ? new TemplatesNotFoundError([], "Tried to select from an empty list of templates.") : new TemplatesNotFoundError(tried);
    }

    /// <summary>A template given as itself, as a name, or as the first of several of these that exists. What is undefined is an <see cref="UndefinedError"/>, and among several a name that is not there.</summary>
    public Template GetOrSelectTemplate(object template, IEnumerable<KeyValuePair<string, object?>>? globals = null) => template switch
    {
        Template made => made,
        string name => GetTemplate(name, globals),
        Undefined undefined => throw undefined.Error(),
        IEnumerable<object> several => SelectFrom(several, globals),
        _ => throw new ArgumentException("A template is named by a string or several, or is a Template itself.", nameof(template)),
    };

    /// <summary>
    /// An expression by itself, to be evaluated to an object. Where <paramref name="undefinedToNone"/> is set an undefined result becomes null.
    /// </summary>
    public TemplateExpression CompileExpression(string source, bool undefinedToNone = true)
    {
        ArgumentNullException.ThrowIfNull(source);
        var text = new SourceText(source, null, null, Lexing.KeepTrailingNewline);
        var parser = NewParser(text, startInExpression: true);
        var expression = parser.ParseWholeExpression();
        var compiled = new CompiledTemplate(_engine, text, null) { Autoescape = Autoescape(null) };
        var (unit, slot) = Compiler.CompileExpression(compiled, expression, NewCompilerOptions());
        return new TemplateExpression(unit, slot, undefinedToNone);
    }

    /// <summary>The syntax tree of a template's text.</summary>
    public TemplateNode Parse(string source, string? name = null, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ParseWhole(source, name, fileName).Tree;
    }

    /// <summary>
    /// The name of a template that another one asks for. By default the name as it is; override it to make names relative to the asking template.
    /// </summary>
    public virtual string JoinPath(string template, string parent) => template;

    /// <summary>
    /// A rule for <see cref="Autoescape"/> by the ending of a template's name, whatever its case. Templates made from strings escape too by default.
    /// Source: Jinja API page, select_autoescape.
    /// </summary>
    public static Func<string?, bool> SelectAutoescape(
        IEnumerable<string>? enabledExtensions = null, IEnumerable<string>? disabledExtensions = null, bool defaultForString = true, bool byDefault = false)
    {
        var enabled = Endings(enabledExtensions ?? ["html", "htm", "xml"]);
        var disabled = Endings(disabledExtensions ?? []);
        return name => name is null ? defaultForString
            : Array.Exists(enabled, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                || (!Array.Exists(disabled, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && byDefault);

        static string[] Endings(IEnumerable<string> extensions) => [.. extensions.Select(extension => "." + extension.TrimStart('.'))];
    }

    internal CompiledTemplate Compile(string source, string? name, string? fileName, GlobalsTable? globals)
    {
        ArgumentNullException.ThrowIfNull(source);
        var text = new SourceText(Preprocess(source, name, fileName), name, fileName, Lexing.KeepTrailingNewline);
        try
        {
            var node = NewParser(text).ParseTemplate();
            var compiled = new CompiledTemplate(_engine, text, globals) { Autoescape = Autoescape(name) };
            Compiler.Compile(compiled, node, NewCompilerOptions());
            return compiled;
        }
        catch (PythonError error)
        {
            // There was no stack left, wherever in the template that was noticed.
            error.Locate(text.Describe(new SourcePosition(1, 1)));
            throw;
        }
    }

    internal (SourceText Text, TemplateNode Tree) ParseWhole(string source, string? name, string? fileName)
    {
        var text = new SourceText(Preprocess(source, name, fileName), name, fileName, Lexing.KeepTrailingNewline);
        return (text, NewParser(text).ParseTemplate());
    }

    /// <summary>The comments of a template's text, with the lines they begin at.</summary>
    internal List<(int Line, string Text)> Comments(string source)
    {
        var comments = new List<(int Line, string Text)>();
        var text = new SourceText(Preprocess(source, null, null), null, null, Lexing.KeepTrailingNewline);
        new Lexer(Lexing, text) { OnComment = (line, comment) => comments.Add((line, comment)) }.LexAll();
        return comments;
    }

    /// <summary>Compiles a template that is not used, and hands on every error instead of throwing the first. The few that cannot be passed over are still thrown.</summary>
    internal void CompileAll(SourceText text, TemplateNode tree, Action<TemplateSyntaxError> report) =>
        Compiler.Compile(new CompiledTemplate(_engine, text, null) { Autoescape = Autoescape(text.Name) }, tree, NewCompilerOptions() with { Report = report });

    internal IEnumerable<string> ResolvedNames(TemplateNode template) => Compiler.Compile(
        new CompiledTemplate(_engine, new SourceText("", null, null, keepTrailingNewline: false), null), template, NewCompilerOptions());

    private CompilerOptions NewCompilerOptions() =>
        new(Optimized, _extensions.Any(extension => extension is LoopControlsExtension), PureFunctions.All, BuiltinTables.Filters["trim"]);

    private string Preprocess(string source, string? name, string? fileName) =>
        ExtensionsInTurn.Aggregate(source, (text, extension) => extension.Preprocess(text, name, fileName));

    private IEnumerable<Extension> ExtensionsInTurn => _extensions.Count == 0 ? [] : _extensions.OrderBy(extension => extension.Priority);

    private Parser NewParser(SourceText text, bool startInExpression = false)
    {
        var lexer = new Lexer(Lexing, text, startInExpression);
        IReadOnlyList<Token> tokens = _extensions.Count == 0 ? [] : lexer.LexAll();
        var tags = new Dictionary<string, Parser.TagParser>(StringComparer.Ordinal);
        foreach (var extension in ExtensionsInTurn)
        {
            tokens = extension.FilterTokens(tokens);
            foreach (var tag in extension.Tags)
                tags[tag] = extension.Parse;
        }
        return new Parser(new TokenStream(tokens, lexer, text), text, tags);
    }

    private CompiledTemplate Load(string name, string? parent) => LoadTemplate(parent is null ? name : JoinPath(name, parent), null).Compiled;

    private Template LoadTemplate(string name, IEnumerable<KeyValuePair<string, object?>>? globals)
    {
        var loader = Loader ?? throw new PythonError(PythonErrorKind.TypeError, "no loader for this environment specified") { Advice = "Set JinjaEnvironment.Loader." };
        if (_cache.TryGet(loader, name, out var template) && (!AutoReload || template.IsUpToDate))
        {
            if (globals is not null)
                template.AddGlobals(globals);
            return template;
        }
        var source = loader.Load(this, name) ?? throw new TemplateNotFoundError(name, loader.Missing(name)) { Known = loader.ListTemplates };
        template = new Template(this, Compile(source.Text, name, source.FileName, globals is null ? null : new GlobalsTable(globals)));
        template.Compiled.CheckSource = source.IsUpToDate;
        _cache.Set(loader, name, template);
        _engine.ChangeCache();
        return template;
    }
}
