using Retort.Jinja.Extensions;
using Retort.Jinja.Syntax;
using Retort.Jinja.Values;

namespace Retort.Jinja.Tests.Extensions;

public sealed class ExtensionTests
{
    // {% upper %}...{% endupper %} and a text that is replaced before reading.
    private sealed class UpperExtension : Extension
    {
        public override IReadOnlyCollection<string> Tags { get; } = ["upper"];

        public override string Preprocess(string source, string? name, string? fileName) => source.Replace("@@", "{{ 1 }}", StringComparison.Ordinal);

        public override IReadOnlyList<Token> FilterTokens(IReadOnlyList<Token> tokens) =>
            [.. tokens.Select(token => token.Kind == TokenKind.Data ? token with { Text = token.Text.Replace("old", "new", StringComparison.Ordinal) } : token)];

        public override IReadOnlyList<Statement> Parse(Parser parser)
        {
            var at = parser.Stream.Next().At;
            var body = parser.ParseStatements(["endupper"], skipEnd: true);
            return [new CallBlock(CallFunction(Upper, at), [], body, at)];
        }

        private static Value Upper(EvalContext context, Arguments arguments)
        {
            arguments.TryGetNamed("caller", out var caller);
            return Value.From(context.Call(caller, default).ToString().ToUpperInvariant());
        }
    }

    [Fact]
    public void An_extension_adds_tags_and_changes_text_and_tokens() =>
        Assert.Equal("A 1 NEW new1", new JinjaEnvironment(new UpperExtension()).FromString("{% upper %}a {{ x }} old{% endupper %} old@@").Render(new { x = 1 }));

    private sealed class MarkingExtension(string mark, int priority) : Extension
    {
        public override int Priority => priority;

        public override string Preprocess(string source, string? name, string? fileName) => source + mark;

        public override IReadOnlyList<Token> FilterTokens(IReadOnlyList<Token> tokens) =>
            [.. tokens.Select(token => token.Kind == TokenKind.Data ? token with { Text = token.Text + mark.ToUpperInvariant() } : token)];
    }

    [Fact]
    public void Extensions_with_lower_numbers_come_first() =>
        Assert.Equal("text abc ABC", new JinjaEnvironment(new MarkingExtension("c", 200), new MarkingExtension("a", 1), new MarkingExtension("b", 100)).FromString("text ").Render().Replace("abcABC", "abc ABC", StringComparison.Ordinal));

    // {% switch subject %}{% case value %}...{% else %}...{% endswitch %}: tags inside of a tag.
    private sealed class SwitchExtension : Extension
    {
        public override IReadOnlyCollection<string> Tags { get; } = ["switch"];

        public override IReadOnlyList<Statement> Parse(Parser parser)
        {
            var at = parser.Stream.Next().At;
            var subject = parser.ParseExpression();
            parser.ParseStatements(["case"]);
            var cases = new List<(Expression Value, IReadOnlyList<Statement> Body)>();
            while (parser.Stream.SkipIfName("case"))
                cases.Add((parser.ParseExpression(), parser.ParseStatements(["case", "else", "endswitch"])));
            IReadOnlyList<Statement> otherwise = parser.Stream.SkipIfName("else") ? parser.ParseStatements(["endswitch"]) : [];
            parser.Stream.ExpectName("endswitch");
            foreach (var (value, body) in Enumerable.Reverse(cases))
                otherwise = [new If(new Compare(subject, [new Comparand(CompareOperator.Equal, value)], at), body, [], otherwise, at)];
            return otherwise;
        }
    }

    [Fact]
    public void A_tag_may_have_tags_inside()
    {
        var environment = new JinjaEnvironment(new SwitchExtension());
        Assert.Equal("one two 3", environment.FromString("{% for x in [1, 2, 3] %}{% switch x %}{% case 1 %}one {% case 2 %}two {% else %}{{ x }}{% endswitch %}{% endfor %}").Render());
        Assert.Contains("'case'", Assert.Throws<TemplateSyntaxError>(() => environment.FromString("{% switch 1 %}{% endswitch %}")).Message, StringComparison.Ordinal);
    }

    // {% counter name %} assigns.
    private sealed class CounterExtension : Extension
    {
        private int _count;

        public override IReadOnlyCollection<string> Tags { get; } = ["counter"];

        public override IReadOnlyList<Statement> Parse(Parser parser)
        {
            var at = parser.Stream.Next().At;
            return [new Assign(parser.ParseNameTarget(), CallFunction((_, _) => Value.From(++_count), at), at)];
        }
    }

    [Fact]
    public void A_tag_may_assign_and_importers_see_it()
    {
        var environment = Rendering.Environment(("m", "{% counter c %}"), ("main", "{% from 'm' import c %}{% counter d %}{{ c + d * 10 }}"));
        environment.AddExtension(new CounterExtension());
        Assert.Equal("21", environment.GetTemplate("main").Render());
        Assert.Equal(["c"], environment.GetTemplate("m").Module.Names);
    }

    // {% later %}...{% endlater %} waits for its body.
    private sealed class LaterExtension : Extension
    {
        public override IReadOnlyCollection<string> Tags { get; } = ["later"];

        public override IReadOnlyList<Statement> Parse(Parser parser)
        {
            var at = parser.Stream.Next().At;
            return [new CallBlock(CallFunction(Body, at), [new Parameter("x", null, at)], parser.ParseStatements(["endlater"], skipEnd: true), at)];
        }

        private static Value Body(EvalContext context, Arguments arguments)
        {
            arguments.TryGetNamed("caller", out var caller);
            return Value.FromObject(Wait(context, caller));
        }

        private static async Task<Value> Wait(EvalContext context, Value caller) => Value.From($"<{await context.CallAsync(caller, Value.From(5))}>");
    }

    [Fact]
    public async Task A_function_may_wait_for_the_body_of_its_tag()
    {
        var template = new JinjaEnvironment(new LaterExtension()).FromString("{% later %}{{ x }}{{ f() }}{% endlater %}");
        Assert.Equal("<5six>", await template.RenderAsync(new { f = new Func<Task<string>>(async () => { await Task.Yield(); return "six"; }) }));
    }

    [Fact]
    public async Task A_sandbox_is_asked_before_a_function_waits_for_a_call()
    {
        var template = new NoCalls(new LaterExtension()).FromString("{% later %}{{ x }}{% endlater %}");
        await Assert.ThrowsAsync<SecurityError>(() => template.RenderAsync());
    }

    private sealed class NoCalls(Extension extension) : SandboxedEnvironment(extension)
    {
        protected internal override bool IsSafeCallable(in Value callee) => !callee.ToString().Contains("Macro", StringComparison.Ordinal);
    }

    private sealed class NothingExtension : Extension
    {
        public override IReadOnlyCollection<string> Tags { get; } = ["nothing"];

        public override IReadOnlyList<Statement> Parse(Parser parser) => null!;
    }

    [Fact]
    public void A_tag_that_gives_null_says_so() =>
        Assert.Contains("Parse gave null for the tag 'nothing'", Assert.Throws<InvalidOperationException>(() => new JinjaEnvironment(new NothingExtension()).FromString("{% nothing %}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Do_evaluates_without_printing() =>
        Assert.Equal("[1]", new JinjaEnvironment(new DoExtension()).FromString("{% set l = [] %}{% do l.append(1) %}{{ l }}").Render());

    [Fact]
    public void Debug_shows_variables_filters_and_tests()
    {
        var text = new JinjaEnvironment(new DebugExtension()).FromString("{% debug %}").Render(new { mine = 5 });
        Assert.Contains("'mine': 5", text, StringComparison.Ordinal);
        Assert.Contains("'upper'", text, StringComparison.Ordinal);
        Assert.Contains("'divisibleby'", text, StringComparison.Ordinal);
    }

    private static JinjaEnvironment German(bool newstyle)
    {
        var catalogue = new Dictionary<string, string> { ["Hello %(name)s"] = "Hallo %(name)s", ["%(n)s user"] = "%(n)s Nutzer", ["%(n)s users"] = "%(n)s Benutzer", ["plain"] = "einfach" };
        string Find(string message) => catalogue.GetValueOrDefault(message, message);
        var environment = new JinjaEnvironment(new I18nExtension());
        environment.InstallGettextCallables(
            (string message) => Find(message), (string singular, string plural, long n) => Find(n == 1 ? singular : plural), newstyle,
            (string context, string message) => $"{context}:{message}", (string context, string singular, string plural, long n) => context);
        return environment;
    }

    [Theory]
    [InlineData("{% trans %}plain{% endtrans %}", "einfach")]
    [InlineData("{% trans %}Hello {{ name }}{% endtrans %}", "Hallo <you>")]
    [InlineData("{% trans n=count %}{{ n }} user{% pluralize %}{{ n }} users{% endtrans %}", "3 Benutzer")]
    [InlineData("{% trans n=1 %}{{ n }} user{% pluralize %}{{ n }} users{% endtrans %}", "1 Nutzer")]
    [InlineData("{% trans 'ctx' %}plain{% endtrans %}", "ctx:plain")]
    [InlineData("{% trans trimmed %}\n  a\n\n   b c \n{% endtrans %}", "a b c")]
    [InlineData("{% trans %}50% off{% endtrans %}", "50% off")]
    [InlineData("{{ _('plain') }}{{ gettext('plain') }}", "einfacheinfach")]
    public void Both_styles_translate(string source, string text)
    {
        var model = new { name = "<you>", count = 3 };
        Assert.Equal(text, German(newstyle: false).FromString(source).Render(model));
        Assert.Equal(text, German(newstyle: true).FromString(source).Render(model));
    }

    [Fact]
    public void The_newer_style_fills_in_the_number_and_the_context()
    {
        var environment = new JinjaEnvironment(new I18nExtension());
        environment.InstallNullTranslations(newstyle: true);
        Assert.Equal("3 cats menu 2 of menu", environment.FromString(
            "{{ ngettext('%(num)s cat', '%(num)s cats', 3) }} {{ pgettext('menu', '%(context)s') }} {{ npgettext('menu', 'one', '%(num)s of %(context)s', 2) }}").Render());
        Assert.Equal("x y", environment.FromString("{{ ngettext('%(num)s', '%(num)s', 3, num='x') }} {{ pgettext('menu', '%(context)s', context='y') }}").Render());
    }

    [Theory]
    [InlineData("{% trans n=f(1) %}{{ n }} one{% pluralize n %}many{% endtrans %}", 1)]
    [InlineData("\n\n{% trans n=f(1) %}{{ n }} one{% pluralize n %}many{% endtrans %}", 1)]
    [InlineData("a\n{{ x }}\n{% trans n=f(1) %}{{ n }} one{% pluralize n %}many{% endtrans %}", 2)]
    public void A_count_that_fails_is_at_the_line_of_the_statement_before(string source, int line) =>
        Assert.Equal(line, Assert.Throws<UndefinedError>(() => German(newstyle: false).FromString(source).Render()).Position!.Line);

    [Fact]
    public void A_catalogue_translates()
    {
        var environment = new JinjaEnvironment(new I18nExtension());
        environment.InstallGettextTranslations(GettextCatalog.FromPo(new StringReader("msgid \"Hello %(name)s\"\nmsgstr \"Hallo %(name)s\"\n")), newstyle: true);
        Assert.Equal("Hallo you", environment.FromString("{% trans name='you' %}Hello {{ name }}{% endtrans %}").Render());
    }

    [Fact]
    public void Messages_can_be_extracted()
    {
        var environment = new JinjaEnvironment(new I18nExtension());
        var found = MessageExtractor.Extract(environment.Parse("{% trans %}a{% endtrans %}\n{{ _('b') }}{{ ngettext('c', 'd', n) }}{{ other('e') }}"));
        Assert.Equal(["1 gettext a", "2 _ b", "2 ngettext c,d,-"], found.Select(message => $"{message.Line} {message.Function} {string.Join(',', message.Messages.Select(text => text ?? "-"))}"));
    }

    [Fact]
    public void Messages_are_extracted_with_what_comments_tell_translators()
    {
        var environment = new JinjaEnvironment(new I18nExtension()) { LineCommentPrefix = "##" };
        var found = MessageExtractor.Extract(environment, """
            {# trans first #}
            {{ gettext('a') }}
            {% trans %}b{% endtrans %}{# trans second #}
            {#: third #}
            {#: #}
            {% trans %}{{ n }} c{% pluralize %}{{ n }} cs{% endtrans %}
            ## trans fourth one
            {{ _('d') }}{{ _('e') }}
            {# other #}{{ _('f') }}
            """, ["trans", ":"]);
        Assert.Equal(["2 gettext first", "3 gettext second", "6 ngettext third", "8 _ fourth one", "8 _ ", "9 _ "], found.Select(message => $"{message.Line} {message.Function} {message.Comment}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Variables_are_escaped_and_the_translation_is_not(bool newstyle)
    {
        var environment = German(newstyle);
        environment.Autoescape = _ => true;
        Assert.Equal("Hallo &lt;you&gt;", environment.FromString("{% trans %}Hello {{ name }}{% endtrans %}").Render(new { name = "<you>" }));
    }

    [Theory]
    [InlineData("{% trans %}a{% trans %}b{% endtrans %}", "trans blocks can't be nested; did you mean `endtrans`?")]
    [InlineData("{% trans %}{% if x %}{% endtrans %}", "control structures in translatable sections are not allowed; saw `if`")]
    [InlineData("{% trans %}a{% pluralize %}b{% endtrans %}", "pluralize without variables")]
    [InlineData("{% trans %}a", "unclosed translation block")]
    public void Mistakes_in_trans_are_explained(string source, string reason) =>
        Assert.Equal(reason, Assert.ThrowsAny<TemplateSyntaxError>(() => German(false).FromString(source)).Reason);

    [Theory]
    [InlineData("{{ _(missing) }}|{{ _(5) }}|{{ _(['<']) }}|{{ _('<i>'|safe) }}", "|5|[&#39;&lt;&#39;]|<i>")]
    [InlineData("{{ ngettext('one', 'many', '1') }} {{ ngettext('one', 'many', 1.0) }} {{ ngettext('one', 'many', missing) }} {{ ngettext('one', 2, none) }}", "many one many 2")]
    [InlineData("{{ pgettext('menu', 5) }} {{ npgettext('menu', 'one', 'many', true) }}", "5 one")]
    [InlineData("{% trans n=missing %}one{% pluralize %}{{ n }} many{% endtrans %}", " many")]
    public void Without_translations_any_value_is_a_message_and_a_number(string source, string text)
    {
        var environment = new JinjaEnvironment(new I18nExtension()) { Autoescape = _ => true };
        environment.InstallNullTranslations();
        Assert.Equal(text, environment.FromString(source).Render());
    }

    [Fact]
    public void What_a_catalogue_has_no_translation_of_stays_the_value_it_is()
    {
        var environment = new JinjaEnvironment(new I18nExtension()) { Autoescape = _ => true };
        environment.InstallGettextTranslations(GettextCatalog.FromPo(new StringReader("msgid \"cat\"\nmsgid_plural \"cats\"\nmsgstr[0] \"Katze\"\nmsgstr[1] \"Katzen\"\n")));
        Assert.Equal("Katze 5 <i>", environment.FromString("{{ _('cat') }} {{ _(5) }} {{ _('<i>'|safe) }}").Render());
        Assert.Equal("Katze Katzen", environment.FromString("{{ ngettext('cat', 'cats', 1.0) }} {{ ngettext('cat', 'cats', 2) }}").Render());
        var error = Assert.Throws<PythonError>(() => environment.FromString("{{ ngettext('cat', 'cats', '2') }}").Render());
        Assert.Equal("Plural value must be an integer, got str", error.Reason);
    }

    [Fact]
    public void A_call_that_a_trans_tag_begins_with_fails_at_the_statement_before()
    {
        var environment = new JinjaEnvironment(new I18nExtension());
        environment.InstallNullTranslations();
        var template = environment.FromString("\n{% if true %}\n\n{% trans where=missing() %}{{ where }}{% endtrans %}{% endif %}");
        Assert.Equal(2, Assert.Throws<UndefinedError>(() => template.Render()).Position!.Line);
    }
}
