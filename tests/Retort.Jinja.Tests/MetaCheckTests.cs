using Retort.Jinja.Loaders;
using Retort.Jinja.Syntax;

namespace Retort.Jinja.Tests;

public sealed class MetaCheckTests
{
    private static List<string> Check(params (string Name, string Text)[] templates)
    {
        var environment = new JinjaEnvironment { Loader = new DictionaryLoader(templates.ToDictionary(template => template.Name, template => template.Text)) };
        return [.. Meta.Check(environment).Select(finding => finding.ToString())];
    }

    [Fact]
    public void Every_error_of_every_template_is_found_with_its_place()
    {
        var found = Check(
            ("a.html", "{{ x|uper }}\n{% if y %}{{ y|lenght }} {{ y is evn }}{% endif %}"),
            ("b.html", "line\n  {% for x in %}{% endfor %}"),
            ("c.html", "{% block a %}{% endblock %}{% block a %}{% endblock %}{{ f(k=1, k=2) }}"));
        Assert.Equal(
            [
                "a.html:1:6: error: No filter named 'uper'. Did you mean 'upper'?\n    {{ x|uper }}\n         ^^^^",
                "a.html:2:16: error: No filter named 'lenght'. Did you mean 'length'?\n    {% if y %}{{ y|lenght }} {{ y is evn }}{% endif %}\n                   ^^^^^^",
                "a.html:2:31: error: No test named 'evn'. Did you mean 'even'?\n    {% if y %}{{ y|lenght }} {{ y is evn }}{% endif %}\n                                  ^^",
                "b.html:2:15: error: Expected an expression, got 'end of statement block'\n    {% for x in %}{% endfor %}\n                ^^",
                "c.html:1:31: error: block 'a' defined twice\n    {% block a %}{% endblock %}{% block a %}{% endblock %}{{ f(k=1, k=2) }}\n                                  ^^^^^",
                "c.html:1:67: error: keyword argument repeated: k\n    {% block a %}{% endblock %}{% block a %}{% endblock %}{{ f(k=1, k=2) }}\n                                                                      ^",
            ],
            found);
    }

    [Fact]
    public void A_filter_that_the_template_asks_for_may_be_missing() =>
        Assert.Empty(Check(("a", "{% if 'markdown' is filter %}{{ x|markdown }}{% else %}{{ x }}{% endif %}")));

    [Fact]
    public void Constant_names_of_templates_have_to_exist()
    {
        var found = Check(
            ("a.html", "{% extends 'lyaout.html' %}"),
            ("b.html", "{% include 'none' ignore missing %}{% include ['none', 'layout.html'] %}{% include ['none', x] %}{% include x %}"),
            ("c.html", "{% include ['no', 'nope'] %}\n{% import 'macro.html' as m %}{% from 'x/y' import z %}"),
            ("layout.html", ""),
            ("macros.html", "{% macro field(x) %}{% endmacro %}{% set other = 1 %}"));
        Assert.Equal(
            [
                "a.html:1:12: error: no template 'lyaout.html'. Did you mean 'layout.html'?\n    {% extends 'lyaout.html' %}\n               ^^^^^^^^^^^^^",
                "c.html:1:13: error: no template 'no'. Create it, or correct the name.\n    {% include ['no', 'nope'] %}\n                ^^^^",
                "c.html:1:19: error: no template 'nope'. Create it, or correct the name.\n    {% include ['no', 'nope'] %}\n                      ^^^^^^",
                "c.html:2:11: error: no template 'macro.html'. Did you mean 'macros.html'?\n    {% import 'macro.html' as m %}{% from 'x/y' import z %}\n              ^^^^^^^^^^^^",
                "c.html:2:39: error: no template 'x/y'. Create it, or correct the name.\n    {% import 'macro.html' as m %}{% from 'x/y' import z %}\n                                          ^^^^^",
            ],
            found);
    }

    [Fact]
    public void Names_that_are_imported_have_to_be_defined() => Assert.Equal(
        ["a:1:4: error: the template 'm' has no 'feild' to import. Did you mean 'field'?\n    {% from 'm' import feild, other %}\n       ^^^^"],
        Check(("a", "{% from 'm' import feild, other %}"), ("m", "{% macro field(x) %}{% endmacro %}{% if x %}{% set other = 1 %}{% endif %}")));

    [Fact]
    public void A_block_that_no_parent_prints_is_a_warning()
    {
        var found = Check(
            ("base", "{% block body %}{% block inner %}{% endblock %}{% endblock %}"),
            ("middle", "{% extends 'base' %}{% block body %}{% block side %}{% endblock %}{% endblock %}"),
            ("page", "{% extends 'middle' %}{% block bdy %}{% endblock %}{% block side %}{% endblock %}{% block inner %}{% endblock %}"));
        Assert.Equal(
            ["page:1:26: warning: the block 'bdy' is never printed: no parent has a block of that name. Did you mean 'body'?\n"
                + "    {% extends 'middle' %}{% block bdy %}{% endblock %}{% block side %}{% endblock %}{% block inner %}{% endblock %}\n                             ^^^^^"],
            found);
    }

    [Theory]
    [InlineData("{% extends x %}{% block other %}{% endblock %}")]
    [InlineData("{% if x %}{% extends 'base' %}{% endif %}{% block other %}{% endblock %}")]
    [InlineData("{% extends 'base' %}{% block body %}{{ self.other() }}{% endblock %}{% block other %}{% endblock %}")]
    [InlineData("{% extends 'loop' %}{% block other %}{% endblock %}")]
    public void A_block_whose_parents_are_not_known_or_that_is_asked_for_is_no_warning(string page) =>
        Assert.Empty(Check(("base", "{% block body %}{% endblock %}"), ("loop", "{% extends 'loop' %}"), ("page", page)));

    [Fact]
    public void Self_has_to_have_the_block()
    {
        Assert.Equal(
            ["page:1:40: error: there is no block 'titel' for self.titel(). Did you mean 'title'?\n"
                + "    {% extends 'base' %}{% block body %}{{ self.titel() }}{{ self.title() }}{% endblock %}\n                                           ^^^^"],
            Check(("base", "{% block title %}{% endblock %}{% block body %}{% endblock %}"), ("page", "{% extends 'base' %}{% block body %}{{ self.titel() }}{{ self.title() }}{% endblock %}")));
        // A child may bring it, and the template may ask first.
        Assert.Empty(Check(("base", "{{ self.title() }}{% if self.foot %}{{ self.foot() }}{% endif %}"), ("page", "{% extends 'base' %}{% block title %}{% endblock %}")));
    }

    [Fact]
    public void Rules_of_the_caller_see_each_template_and_report_with_a_caret()
    {
        var environment = new JinjaEnvironment { Loader = new DictionaryLoader(new Dictionary<string, string> { ["a"] = "x {{ 'long text' }}", ["b"] = "{% if %}" }) };
        var names = new List<string>();
        var found = Meta.Check(environment, ["a", "b", "none"], template =>
        {
            names.Add(template.Name);
            var text = ((Output)template.Tree.Body[0]).Parts.OfType<Const>().First();
            template.Report(text.At, "no constants", isWarning: true);
        });
        Assert.Equal(["a"], names);
        Assert.Equal((true, new TemplatePosition("a", 1, 6, "x {{ 'long text' }}", 11), "no constants"), (found[0].IsWarning, found[0].Position, found[0].Message));
        Assert.Equal("x {{ 'long text' }}\n     ^^^^^^^^^^^", found[0].Position.Excerpt);
        Assert.Equal("b", found[1].Position.Template);
    }

    [Fact]
    public void Without_a_loader_there_is_nothing_to_check() =>
        Assert.Throws<InvalidOperationException>(() => Meta.Check(new JinjaEnvironment()));
}
