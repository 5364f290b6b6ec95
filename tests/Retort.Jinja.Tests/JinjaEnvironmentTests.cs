using System.Buffers;
using System.Text;
using Retort.Jinja.Loaders;
using Retort.Jinja.Values;
using static Retort.Jinja.Tests.Rendering;

namespace Retort.Jinja.Tests;

public sealed class JinjaEnvironmentTests
{
    private sealed record Post(string Title, int AuthorId);

    private sealed class Ambient : ITemplateVariables
    {
        public int Asked { get; private set; }

        public bool TryGet(string name, out object? value)
        {
            Asked++;
            value = name == "request" ? new { path = "/x" } : null;
            return name == "request";
        }
    }

    [Fact]
    public void Data_is_a_dictionary_an_anonymous_object_or_a_record()
    {
        Assert.Equal("1", Render("{{ x }}", new Dictionary<string, object?> { ["x"] = 1 }));
        Assert.Equal("1", Render("{{ x }}", new { x = 1 }));
        Assert.Equal("T 2", Render("{{ title }} {{ author_id }}", new Post("T", 2)));
        Assert.Throws<ArgumentException>(() => Render("{{ x }}", 5));
    }

    [Fact]
    public void Variables_are_looked_up_only_when_asked_for_and_lie_under_the_data()
    {
        var ambient = new Ambient();
        var environment = new JinjaEnvironment();
        environment.Globals["request"] = "global";
        Assert.Equal("/x/x", environment.FromString("{{ request.path }}{{ request.path }}").Render(new { y = 1 }, ambient));
        Assert.Equal(1, ambient.Asked);
        Assert.Equal("own", environment.FromString("{{ request }}").Render(new { request = "own" }, ambient));
        Assert.Equal("global", environment.FromString("{{ request }}").Render());
    }

    [Fact]
    public void Utf8_goes_straight_into_a_buffer_and_an_error_leaves_it_empty()
    {
        var environment = new JinjaEnvironment { Autoescape = _ => true };
        var buffer = new ArrayBufferWriter<byte>();
        environment.FromString("é {{ x }}").Render(buffer, new { x = "<ü>" });
        Assert.Equal("é &lt;ü&gt;", Encoding.UTF8.GetString(buffer.WrittenSpan));
        var untouched = new ArrayBufferWriter<byte>();
        Assert.ThrowsAny<TemplateError>(() => environment.FromString("a{{ 1 // 0 }}").Render(untouched));
        Assert.Equal(0, untouched.WrittenCount);
    }

    [Fact]
    public void Globals_of_the_render_go_before_the_templates_and_those_before_the_environments()
    {
        var environment = Environment(("main", "{{ a }}{{ b }}{{ c }}"));
        environment.Globals.Update(new Dictionary<string, object?> { ["a"] = 1, ["b"] = 1, ["c"] = 1 });
        var template = environment.GetTemplate("main", new Dictionary<string, object?> { ["b"] = 2, ["c"] = 2 });
        Assert.Equal("123", template.Render(new { c = 3 }));
    }

    [Fact]
    public void A_filter_may_be_any_delegate()
    {
        var environment = new JinjaEnvironment();
        environment.Filters["times"] = (string text, int count = 2) => string.Concat(Enumerable.Repeat(text, count));
        environment.Tests["short"] = (string text) => text.Length < 3;
        Assert.Equal("abab ababab True", environment.FromString("{{ 'ab'|times }} {{ 'ab'|times(count=3) }} {{ 'ab' is short }}").Render());
    }

    [Fact]
    public void A_filter_replaced_later_is_seen_by_templates_made_before()
    {
        var environment = new JinjaEnvironment();
        environment.Filters["f"] = (string text) => text + 1;
        var template = environment.FromString("{{ x|f }}");
        Assert.Equal("a1", template.Render(new { x = "a" }));
        environment.Filters["f"] = (string text) => text + 2;
        Assert.Equal("a2", template.Render(new { x = "a" }));
    }

    [Fact]
    public void Finalize_sees_what_is_printed_but_not_the_templates_text()
    {
        var environment = new JinjaEnvironment { Finalize = (object? value) => value ?? "-" };
        Assert.Equal("None-1", environment.FromString("None{{ none }}{{ 1 }}").Render());
    }

    [Fact]
    public void A_function_that_gives_back_what_it_was_given_gives_back_a_tuple()
    {
        var environment = new JinjaEnvironment { Finalize = (object? value) => value ?? "-" };
        environment.Globals["same"] = (object? first, object? second = null) => second ?? first;
        Assert.Equal("(1, 2)[('a', 1)]{'k': (1,)}", environment.FromString("{{ (1, 2) }}{{ {'a': 1}|dictsort }}{{ same(0, second={'k': (1,)}) }}").Render());
    }

    [Fact]
    public void An_overlay_shares_filters_but_not_settings()
    {
        var environment = new JinjaEnvironment();
        var overlay = environment.Overlay(it => it.VariableStartString = "<<");
        overlay.VariableEndString = ">>";
        environment.Filters["f"] = (string text) => text + "!";
        Assert.Equal("{{ 1 }}a!", overlay.FromString("{{ 1 }}<< 'a'|f >>").Render());
        Assert.Equal("1", environment.FromString("{{ 1 }}").Render());
    }

    private sealed class RelativeEnvironment : JinjaEnvironment
    {
        public override string JoinPath(string template, string parent) => "sub/" + template;
    }

    [Fact]
    public void An_overlay_is_of_the_class_that_it_is_made_from()
    {
        var environment = new RelativeEnvironment { Loader = new DictionaryLoader(new Dictionary<string, string> { ["sub/a"] = "inner", ["b"] = "{% include 'a' %}" }) };
        Assert.Equal("inner", environment.Overlay().GetTemplate("b").Render());
    }

    [Theory]
    [InlineData("a.html", "&lt;")]
    [InlineData("a.HTM", "&lt;")]
    [InlineData("a.txt", "<")]
    public void Escaping_can_follow_the_templates_name(string name, string text)
    {
        var environment = Environment((name, "{{ '<' }}"));
        environment.Autoescape = JinjaEnvironment.SelectAutoescape();
        Assert.Equal(text, environment.GetTemplate(name).Render());
    }

    [Theory]
    [InlineData("a.txt", "<")]
    [InlineData("a.TXT", "<")]
    [InlineData("a.html", "<")]
    [InlineData("a.mail", "&lt;")]
    [InlineData("a", "&lt;")]
    public void Escaping_can_be_for_all_but_some_names(string name, string text)
    {
        var environment = Environment((name, "{{ '<' }}"));
        environment.Autoescape = JinjaEnvironment.SelectAutoescape(enabledExtensions: ["mail"], disabledExtensions: ["txt", ".html"], byDefault: true);
        Assert.Equal(text, environment.GetTemplate(name).Render());
    }

    [Fact]
    public void Globals_given_for_a_loaded_template_are_added_to_those_it_has()
    {
        var environment = Environment(("t", "{{ a }}{{ b }}"));
        environment.GetTemplate("t", [new("a", 1)]);
        Assert.Equal("12", environment.GetTemplate("t", [new("b", 2)]).Render());
    }

    [Fact]
    public void Of_several_templates_one_that_is_there_and_fails_is_not_passed_over()
    {
        var environment = Environment(("broken", "{% include 'missing' %}"), ("other", "other"));
        environment.Loader = new Retort.Jinja.Loaders.ChoiceLoader(
            new Retort.Jinja.Loaders.FunctionLoader(name => name == "made" ? environment.GetTemplate("broken").Render() : null), environment.Loader!);
        Assert.Equal("other", environment.SelectTemplate(["nowhere", "other"]).Render());
        Assert.Equal("missing", Assert.Throws<TemplateNotFoundError>(() => environment.SelectTemplate(["made", "other"])).Name);
    }

    [Fact]
    public void Among_several_templates_there_may_be_one_itself_or_what_is_undefined()
    {
        var environment = Environment(("a", "A"));
        var made = environment.FromString("made");
        var missing = new Undefined(UndefinedOrigin.Variable("no_name"));
        Assert.Same(made, environment.GetOrSelectTemplate(new[] { made }));
        Assert.Equal("A", environment.GetOrSelectTemplate(new object[] { missing, "a" }).Render());
        Assert.Throws<UndefinedError>(() => environment.GetOrSelectTemplate(missing));
        Assert.Equal("none of the templates given were found: 'no_name' is undefined, b", Assert.Throws<TemplatesNotFoundError>(() => environment.GetOrSelectTemplate(new object[] { missing, "b" })).Reason);
    }

    [Theory]
    [InlineData("{% include 'a' %}")]
    [InlineData("{% include ['a', 'b'] ignore missing %}")]
    public void Without_a_loader_a_name_is_a_TypeError(string source)
    {
        var error = Assert.Throws<PythonError>(() => Render(source));
        Assert.Equal(("TypeError", "no loader for this environment specified"), (error.PythonName, error.Reason));
    }

    [Fact]
    public void What_a_template_imports_it_does_not_export()
    {
        var environment = Environment(("m", "{% set x = 'imported' %}"), ("t", "{% set x = 'own' %}{% set y = 1 %}{% from 'm' import x %}"));
        Assert.Equal(["y"], environment.GetTemplate("t").Module.Names);
    }

    [Fact]
    public void Expressions_give_objects()
    {
        var environment = new JinjaEnvironment();
        Assert.Equal(3L, environment.CompileExpression("a + 1").Evaluate(new { a = 2 }));
        Assert.Null(environment.CompileExpression("nope").Evaluate());
        Assert.IsType<Undefined>(environment.CompileExpression("nope", undefinedToNone: false).Evaluate());
        Assert.Equal("chunk after expression", Assert.Throws<TemplateSyntaxError>(() => environment.CompileExpression("a b")).Reason);
    }

    [Fact]
    public void A_changed_template_is_loaded_again()
    {
        var templates = new Dictionary<string, string> { ["t"] = "1" };
        var environment = new JinjaEnvironment { Loader = new DictionaryLoader(templates) };
        var first = environment.GetTemplate("t");
        Assert.Same(first, environment.GetTemplate("t"));
        templates["t"] = "2";
        Assert.Equal("2", environment.GetTemplate("t").Render());
        environment.AutoReload = false;
        templates["t"] = "3";
        Assert.Equal("2", environment.GetTemplate("t").Render());
    }

    [Fact]
    public void The_cache_forgets_what_was_not_asked_for_longest()
    {
        var environment = Environment(("a", ""), ("b", ""), ("c", ""));
        environment.CacheSize = 2;
        var a = environment.GetTemplate("a");
        var b = environment.GetTemplate("b");
        environment.GetTemplate("a");
        environment.GetTemplate("c");
        Assert.Same(a, environment.GetTemplate("a"));
        Assert.NotSame(b, environment.GetTemplate("b"));
        environment.CacheSize = 2;
        a = environment.GetTemplate("a");
        environment.GetTemplate("b");
        environment.GetTemplate("b");
        environment.GetTemplate("a");
        environment.GetTemplate("c");
        Assert.Same(a, environment.GetTemplate("a"));
        environment.CacheSize = 0;
        Assert.NotSame(environment.GetTemplate("a"), environment.GetTemplate("a"));
    }

    [Fact]
    public void Modules_export_macros_and_variables()
    {
        var module = new JinjaEnvironment().FromString("{% macro m(x) %}<{{ x }}>{% endmacro %}{% set v = 1 %}text").Module;
        Assert.Equal("<5>", module.Call("m", 5));
        Assert.Equal(1L, module["v"]);
        Assert.Equal("text", module.ToString());
        Assert.Equal(["m", "v"], module.Names.Order(StringComparer.Ordinal));
        Assert.Throws<KeyNotFoundException>(() => module["w"]);
    }

    [Fact]
    public void One_block_can_be_rendered_alone()
    {
        var template = new JinjaEnvironment().FromString("a{% block b %}[{{ x }}]{% endblock %}");
        Assert.Equal("[1]", template.RenderBlock("b", new { x = 1 }));
        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => template.RenderBlock("bb")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relative_names_can_be_joined()
    {
        var environment = new Relative { Loader = new DictionaryLoader(new Dictionary<string, string> { ["a/main"] = "{% include './part' %}", ["a/part"] = "part" }) };
        Assert.Equal("part", environment.GetTemplate("a/main").Render());
    }

    private sealed class Relative : JinjaEnvironment
    {
        public override string JoinPath(string template, string parent) =>
            template.StartsWith("./", StringComparison.Ordinal) ? parent[..(parent.LastIndexOf('/') + 1)] + template[2..] : template;
    }

    [Theory]
    [InlineData("{{ '<'|escape }}", "'&lt;'")]
    [InlineData("{{ x|escape }}", "Markup('&lt;')")]
    public void What_a_native_template_computes_beforehand_is_plain_text(string source, string expected) =>
        Assert.Equal(expected, Retort.Jinja.Values.Text.Repr(new NativeEnvironment().FromString(source).RenderValue(new { x = "<" }, null)));

    [Theory]
    [InlineData("1 # one", "1")]
    [InlineData("# one\n\n1", "1")]
    [InlineData("\n1\n", "1")]
    [InlineData("\n 1", "'\\n 1'")]
    [InlineData("--1", "'--1'")]
    [InlineData("-\n1", "'-\\n1'")]
    [InlineData("-\\\n1", "-1")]
    [InlineData("1\n  ", "'1\\n  '")]
    [InlineData("1\n  # one", "1")]
    [InlineData("1\n  \n\n", "1")]
    [InlineData("-(1)", "-1")]
    [InlineData("[{% for i in [1, 2] recursive %}{{ i }},{% endfor %}]", "[(1, 2)]")]
    [InlineData("{% for i in [] recursive %}{% endfor %}a", "'Nonea'")]
    public void A_native_template_reads_what_is_printed_as_Python_does(string source, string expected) =>
        Assert.Equal(expected, Retort.Jinja.Values.Text.Repr(new NativeEnvironment().FromString(source).RenderValue(null, null)));

    [Theory]
    [InlineData("{{ '{[]}' }}{{ '' }}", "list")]
    [InlineData("{{ '[{1: 2, {}: 3}]' }}{{ '' }}", "dict")]
    public void A_literal_that_Python_cannot_make_is_its_error(string source, string type) =>
        Assert.Equal($"unhashable type: '{type}'", Assert.Throws<PythonError>(() => new NativeEnvironment().FromString(source).RenderNative()).Reason);

    [Fact]
    public void Native_templates_give_values()
    {
        var environment = new NativeEnvironment();
        Assert.Equal(3L, environment.FromString("{{ 1 + 2 }}").RenderNative());
        Assert.Equal(12L, environment.FromString("{{ 1 }}{{ 2 }}").RenderNative());
        Assert.Equal(new List<object?> { 1L, "a" }, environment.FromString("[{{ 1 }}, 'a']").RenderNative());
        Assert.Equal("a 1", environment.FromString("a {{ 1 }}").RenderNative());
        Assert.Null(environment.FromString("").RenderNative());
    }

    [Fact]
    public void Meta_finds_what_a_template_needs()
    {
        var environment = new JinjaEnvironment();
        var tree = environment.Parse("{% set a = b %}{% for i in c %}{{ i }}{{ d }}{% endfor %}{{ range(a) }}{% include ['x', 'y', z] %}{% extends 'base' %}");
        Assert.Equal(["b", "c", "d", "z"], Meta.FindUndeclaredVariables(environment, tree).Order(StringComparer.Ordinal));
        Assert.Equal(["x", "y", null, "base"], Meta.FindReferencedTemplates(tree));
    }

    [Fact]
    public void Fuel_and_output_have_limits()
    {
        var environment = new JinjaEnvironment { Fuel = 1000, MaxOutput = 10_000 };
        Assert.Contains("fuel", Assert.Throws<TemplateRuntimeError>(() => environment.FromString("{% for i in range(900) %}{% for j in [1, 2] %}{% endfor %}{% endfor %}").Render()).Reason, StringComparison.Ordinal);
        Assert.Equal(PythonErrorKind.OverflowError, Assert.Throws<PythonError>(() => environment.FromString("{{ range(10**10)|batch(3)|list }}").Render()).Kind);
        Assert.Contains("budget", Assert.Throws<TemplateRuntimeError>(() => environment.FromString("{% for i in range(900) %}{{ 'x' * 100 }}{% endfor %}").Render()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_loops_are_seen_by_functions_that_take_the_context()
    {
        var environment = new JinjaEnvironment();
        environment.Globals["read"] = (JinjaFunction)((context, arguments) => context.ResolveVariable(arguments.Positional[0].ToString()));
        Assert.Equal("1 2 0", environment.FromString("{% set x = 0 %}{% for i in [1, 2] %}{% set x = i %}{{ read('x') }} {% endfor %}{{ read('x') }}").Render());
    }

    [Fact]
    public void Many_threads_may_render_one_template()
    {
        var template = new JinjaEnvironment().FromString("{% macro m(x) %}{{ x }}{{ g }}{% endmacro %}{% for i in items %}{{ m(i.name) }}{{ loop.index }}{% endfor %}");
        var expected = template.Render(new { items = new[] { new { name = "a" }, new { name = "b" } }, g = 1 });
        Parallel.For(0, 500, n => Assert.Equal(expected, template.Render(n % 2 == 0
            ? new { items = new[] { new { name = "a" }, new { name = "b" } }, g = 1 }
            : new { items = new[] { new Dictionary<string, string> { ["name"] = "a" }, new() { ["name"] = "b" } }, g = 1 })));
    }

    [Fact]
    public void A_template_that_changes_while_many_threads_render_it_is_the_old_one_or_the_new_one()
    {
        var versions = Enumerable.Range(0, 8).Select(n => $"{{% extends 'layout' %}}{{% import 'macros' as m %}}{{% block body %}}{n}{{{{ m.twice('{n}') }}}}{{% include 'part' %}}{{% endblock %}}").ToArray();
        var texts = new System.Collections.Concurrent.ConcurrentDictionary<string, string>
        {
            ["layout"] = "<{% block body %}{% endblock %}>",
            ["macros"] = "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}",
            ["part"] = "!",
            ["main"] = versions[0],
        };
        var environment = new JinjaEnvironment
        {
            Loader = new FunctionLoader(name => texts.TryGetValue(name, out var text) ? new TemplateSource(text, null, () => ReferenceEquals(texts[name], text)) : null),
        };
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, n =>
        {
            if (n % 7 == 0)
                texts["main"] = versions[n % 8];
            if (n % 31 == 0)
                texts["macros"] = new string(texts["macros"]);
            Assert.Matches("^<(.)\\1\\1!>$", environment.GetTemplate("main").Render());
        });
    }
}
