using Retort.Jinja.Loaders;

namespace Retort.Jinja.Tests;

public sealed class StreamingTests
{
    private sealed class Closing
    {
        public bool IsClosed { get; private set; }

        public IEnumerable<int> Rows()
        {
            try
            {
                for (var i = 0; ; i++)
                    yield return i;
            }
            finally
            {
                IsClosed = true;
            }
        }

        public async IAsyncEnumerable<int> RowsAsync()
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    await Task.Yield();
                    yield return i;
                }
            }
            finally
            {
                IsClosed = true;
            }
        }
    }

    private static readonly JinjaEnvironment Environment = new();

    [Fact]
    public async Task Who_stops_reading_closes_what_the_template_reads()
    {
        var closing = new Closing();
        await foreach (var piece in Environment.FromString("{% for i in x.rows_async() %}{{ i }}{% endfor %}").GenerateAsync(new { x = closing }))
        {
            if (piece.Contains('5', StringComparison.Ordinal))
                break;
        }
        Assert.True(closing.IsClosed);
    }

    [Fact]
    public void So_it_is_where_nothing_is_awaited()
    {
        var closing = new Closing();
        Assert.Contains("0", Environment.FromString("{% for i in x.rows() %}{{ i }}{% endfor %}").Generate(new { x = closing }).First(), StringComparison.Ordinal);
        Assert.True(closing.IsClosed);
    }

    [Theory]
    [InlineData("{% for i in x.rows() %}{% if i > 3 %}{% break %}{% endif %}{% endfor %}")]
    [InlineData("{% for i in x.rows() if i is even %}{% if i > 3 %}{% break %}{% endif %}{% endfor %}")]
    [InlineData("{% for i in x.rows() %}{% if loop.index0 > 3 %}{% break %}{% endif %}{% endfor %}")]
    [InlineData("{% for i in x.rows() %}{{ 1 // (3 - i) }}{% endfor %}")]
    [InlineData("{% for i in x.rows() %}{{ loop.index }}{{ 1 // (3 - i) }}{% endfor %}")]
    [InlineData("{{ x.rows()|first }}")]
    public async Task A_loop_that_ends_early_closes_what_it_reads(string source)
    {
        var template = new JinjaEnvironment(new Retort.Jinja.Extensions.LoopControlsExtension()).FromString(source);
        var (closing, later) = (new Closing(), new Closing());
        Record.Exception(() => template.Render(new { x = closing }));
        Assert.True(closing.IsClosed);
        await Record.ExceptionAsync(() => template.RenderAsync(new { x = later }));
        Assert.True(later.IsClosed);
    }

    [Fact]
    public void A_loop_that_ends_early_leaves_the_rest_of_an_iterator()
    {
        var template = new JinjaEnvironment(new Retort.Jinja.Extensions.LoopControlsExtension()).FromString("{% for i in x %}{{ i }}{% if i == 2 %}{% break %}{% endif %}{% endfor %}|{% for i in x %}{{ i }}{% endfor %}");
        Assert.Equal("12|34", template.Render(new { x = ((IEnumerable<int>)[1, 2, 3, 4]).GetEnumerator() }));
    }

    [Fact]
    public async Task The_render_waits_for_its_reader()
    {
        var made = 0;
        var pieces = Environment.FromString("{% for i in range(3) %}{{ make() }}{% endfor %}end").GenerateAsync(new { make = new Func<int>(() => ++made) });
        var (text, counts) = ("", new List<int>());
        await foreach (var piece in pieces)
        {
            text += piece;
            counts.Add(made);
        }
        Assert.Equal("123end", text);
        Assert.Equal([1, 2, 3, 3], counts);
    }

    [Fact]
    public async Task A_stream_has_as_much_output_and_fuel_as_a_render()
    {
        var environment = new JinjaEnvironment { MaxOutput = 10_000 };
        var template = environment.FromString("{% for i in range(400) %}{% for j in range(400) %}{{ 'x' * 100 }}{% endfor %}{% endfor %}");
        Assert.Contains("MaxOutput", Assert.Throws<TemplateRuntimeError>(() => template.Generate().ToList()).Message, StringComparison.Ordinal);
        Assert.Contains("MaxOutput", (await Assert.ThrowsAsync<TemplateRuntimeError>(() => Read(template))).Message, StringComparison.Ordinal);
        environment.MaxOutput = null;
        environment.Fuel = 500;
        Assert.Contains("Fuel", (await Assert.ThrowsAsync<TemplateRuntimeError>(() => Read(template))).Message, StringComparison.Ordinal);

        static async Task Read(Template template)
        {
            await foreach (var _ in template.GenerateAsync())
            {
            }
        }
    }

    [Fact]
    public async Task An_include_costs_fuel_in_an_asynchronous_render_too()
    {
        var loader = new DictionaryLoader(new Dictionary<string, string> { ["a"] = "{% include 'b' %}{% include 'b' %}{% include 'b' %}", ["b"] = "b" });
        Assert.Equal("bbb", await new JinjaEnvironment { Loader = loader, Fuel = 3 }.GetTemplate("a").RenderAsync());
        await Assert.ThrowsAsync<TemplateRuntimeError>(() => new JinjaEnvironment { Loader = loader, Fuel = 2 }.GetTemplate("a").RenderAsync());
    }

    [Fact]
    public void An_imported_macro_costs_the_fuel_of_each_render_that_calls_it()
    {
        var environment = Rendering.Environment(("m", "{% macro m() %}{% for i in range(5) %}{{ i }}{% endfor %}{% endmacro %}"), ("main", "{% from 'm' import m %}{{ m() }}"));
        environment.Fuel = 10;
        for (var i = 0; i < 20; i++)
            Assert.Equal("01234", environment.GetTemplate("main").Render());
        var module = environment.GetTemplate("m").Module;
        for (var i = 0; i < 20; i++)
            Assert.Equal("01234", module.Call("m"));
        environment.Fuel = 5;
        Assert.Throws<TemplateRuntimeError>(() => environment.GetTemplate("main").Render());
        Assert.Throws<TemplateRuntimeError>(() => module.Call("m"));
    }

    [Fact]
    public void A_module_and_an_expression_have_the_environments_fuel()
    {
        var environment = new JinjaEnvironment { Fuel = 100 };
        Assert.Throws<TemplateRuntimeError>(() => environment.FromString("{% for i in range(90) %}{% for j in range(90) %}{% endfor %}{% endfor %}").Module);
        Assert.Throws<TemplateRuntimeError>(() => environment.FromString("{% for i in range(90) %}{% for j in range(90) %}{% endfor %}{% endfor %}").MakeModule(null));
        Assert.Throws<TemplateRuntimeError>(() => environment.FromString("{% set x = y * 1000000 %}").MakeModule(new { y = "y" }));
        Assert.Throws<TemplateRuntimeError>(() => environment.CompileExpression("(y * 1000000)|length").Evaluate(new { y = "y" }));
    }

    [Fact]
    public async Task A_macro_awaits_where_the_render_that_calls_it_does()
    {
        var environment = Rendering.Environment(("m", "{% macro m(f) %}{{ f() }}{% endmacro %}"), ("main", "{% from 'm' import m %}{{ m(f) }}"));
        Assert.Equal("1", environment.GetTemplate("main").Render(new { f = new Func<int>(() => 1) }));
        Assert.Equal("2", await environment.GetTemplate("main").RenderAsync(new { f = new Func<Task<int>>(() => Task.FromResult(2)) }));
        Assert.Equal("3", environment.GetTemplate("main").Render(new { f = new Func<int>(() => 3) }));
    }
}
