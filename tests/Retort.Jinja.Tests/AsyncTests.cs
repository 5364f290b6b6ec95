using Retort.Jinja.Extensions;

namespace Retort.Jinja.Tests;

public sealed class AsyncTests
{
    private static async Task<T> Later<T>(T value)
    {
        await Task.Yield();
        return value;
    }

    private static async IAsyncEnumerable<int> Numbers(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private static readonly object Model = new
    {
        later = new Func<object, Task<object>>(Later),
        items = new Func<IAsyncEnumerable<int>>(() => Numbers(3)),
        post = new { Title = Later("title") },
        cond = new Func<Task<bool>>(() => Later(false)),
    };

    [Theory]
    [InlineData("{% for x in missing %}{% else %}empty{% endfor %}", "empty")]
    [InlineData("{{ missing|list }}{{ missing|join('-') }}{{ missing|sum }}", "[]0")]
    public async Task To_an_asynchronous_loop_a_strict_undefined_is_empty(string source, string expected)
    {
        var environment = new JinjaEnvironment { Undefined = static origin => new Retort.Jinja.Values.StrictUndefined(origin) };
        Assert.Equal(expected, await environment.FromString(source).RenderAsync());
        Assert.Throws<UndefinedError>(() => environment.FromString(source).Render());
    }

    [Theory]
    [InlineData("{{ missing|map('upper')|list }}")]
    [InlineData("{{ missing|select|list }}")]
    [InlineData("{{ missing|rejectattr('x')|list }}")]
    public async Task A_filter_that_asks_whether_there_is_anything_asks_a_strict_undefined(string source)
    {
        var environment = new JinjaEnvironment { Undefined = static origin => new Retort.Jinja.Values.StrictUndefined(origin) };
        await Assert.ThrowsAsync<UndefinedError>(async () => await environment.FromString(source).RenderAsync());
    }

    [Theory]
    [InlineData("{{ later(1) }}", "1")]
    [InlineData("{{ later(1) + later(2) * 3 }}{{ later('a') ~ 'b' }}", "7ab")]
    [InlineData("{{ post.title }}{{ post.Title|upper }}", "titleTITLE")]
    [InlineData("{% for i in items() %}{{ i }}{% else %}none{% endfor %}", "012")]
    [InlineData("{% for i in items() if i != 1 %}{{ loop.index }}{{ i }}{{ loop.last }} {% endfor %}", "10False 22True ")]
    [InlineData("{{ items()|join('-') }}", "0-1-2")]
    [InlineData("{% if cond() %}a{% elif later(1) %}b{% endif %}{{ 'x' if cond() else 'y' }}", "by")]
    [InlineData("{{ cond() or later(5) }}{{ cond() and later(5) }}{{ not cond() }}", "5FalseTrue")]
    [InlineData("{% macro m(x=later(3)) %}{{ later(x) }}{{ caller() if caller }}{% endmacro %}{{ m() }}{% call m(4) %}{{ later('c') }}{% endcall %}", "34c")]
    [InlineData("{% set x = later(1) %}{% set y %}{{ later(2) }}{% endset %}{{ x }}{{ y }}{% with z = later(3) %}{{ z }}{% endwith %}", "123")]
    [InlineData("{% filter upper %}{{ later('abc') }}{% endfilter %}{{ [later(1), later(2)] }}{{ {'k': later(1)} }}{{ (later(1),) }}", "ABC[1, 2]{'k': 1}(1,)")]
    [InlineData("{{ [1, 2, 3][later(1):] }}{{ {'a': 5}[later('a')] }}{{ 1 < later(2) < 3 }}{{ -later(2) }}", "[2, 3]5True-2")]
    [InlineData("{% autoescape true %}{{ later('<') }}{% endautoescape %}{{ later(2) is even }}", "&lt;True")]
    public async Task Tasks_and_asynchronous_sequences_are_awaited(string source, string text) =>
        Assert.Equal(text, await new JinjaEnvironment().FromString(source).RenderAsync(Model));

    [Theory]
    [InlineData("{{ task }} {{ task + 1 }} {{ task|abs }} {{ [task] }}", "5 6 5 [5]")]
    [InlineData("{{ once }}{{ once }}{% set x = once %}{{ x }}", "777")]
    [InlineData("{% if no %}yes{% else %}no{% endif %}{{ 'yes' if no else 'no' }}", "nono")]
    [InlineData("{% for i in list %}{{ i }}{% endfor %}{{ list|length }}{{ list[0] }}", "1221")]
    [InlineData("{% for t in tasks %}{{ t }}{% endfor %}{{ tasks[1] }}", "122")]
    [InlineData("{% macro m(a, b=task) %}{{ a }}{{ b }}{% endmacro %}{{ m(task) }}{{ (post).title }}", "55t")]
    [InlineData("{% macro m() %}{{ task }}{% endmacro %}{{ m() }}{% for i in [1] %}{{ task }}{% endfor %}{% block b %}{{ task }}{% endblock %}", "555")]
    public async Task A_variable_may_be_a_task(string source, string text)
    {
        var model = new { task = Later(5), once = new ValueTask<int>(7), no = Later(false), list = Later(new List<int> { 1, 2 }), tasks = new[] { Later(1), Later(2) }, post = Later(new { Title = "t" }) };
        Assert.Equal(text, await new JinjaEnvironment().FromString(source).RenderAsync(model));
    }

    [Fact]
    public async Task A_native_template_awaits()
    {
        var template = new NativeEnvironment().FromString("{{ numbers()|list }}");
        Assert.Equal(new List<object?> { 1L, 2L }, await template.RenderNativeAsync(new { numbers = new Func<Task<int[]>>(() => Later(new[] { 1, 2 })) }, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_module_awaits_when_it_is_made_and_when_its_macros_are_called()
    {
        var environment = new JinjaEnvironment();
        environment.Globals["later"] = async (object? value) =>
        {
            await Task.Yield();
            return value;
        };
        var module = await environment.FromString("{% set x = later(n) %}{% macro m(a) %}[{{ later(a) }}{{ n }}]{% endmacro %}").MakeModuleAsync(new { n = 5 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(5L, module["x"]);
        Assert.Equal("[15]", await module.CallAsync("m", 1));
    }

    [Fact]
    public async Task A_task_without_a_result_is_none()
    {
        var model = new { task = Task.Delay(1), done = new ValueTask(Task.Delay(1)), async = Nothing() };
        Assert.Equal("None None None", await new JinjaEnvironment().FromString("{{ task }} {{ done }} {{ async }}").RenderAsync(model));
        static async Task Nothing() => await Task.Yield();
    }

    [Fact]
    public async Task What_finalize_returns_is_awaited()
    {
        var environment = new JinjaEnvironment { Finalize = (object? value) => Task.FromResult($"<{value}>") };
        Assert.Equal("<1>", await environment.FromString("{{ x }}").RenderAsync(new { x = 1 }));
    }

    [Fact]
    public async Task Inheritance_includes_and_imports_await_too()
    {
        var environment = Rendering.Environment(
            ("base", "[{% block b %}{{ later('base') }}{% endblock %}]"),
            ("inc", "{{ later('inc') }}"),
            ("mod", "{% macro m(x) %}{{ x }}{% endmacro %}"),
            ("main", "{% extends 'base' %}{% from 'mod' import m %}{% block b %}{{ super() }}{% include 'inc' %}{{ self.c() }}{% endblock %}{% block c %}{{ later('c') }}{% endblock %}"));
        Assert.Equal("[baseincc]", await environment.GetTemplate("main").RenderAsync(Model));
    }

    [Fact]
    public async Task An_error_after_an_await_knows_its_place()
    {
        var error = await Assert.ThrowsAsync<PythonError>(() => new JinjaEnvironment().FromString("\n{{ later(1) // 0 }}").RenderAsync(Model));
        Assert.Equal(2, error.Position!.Line);
    }

    [Fact]
    public void A_generated_template_stops_between_pieces()
    {
        var seen = new List<int>();
        var model = new { see = new Func<int, int>(n => { seen.Add(n); return n; }) };
        var pieces = new JinjaEnvironment().FromString("{% for i in range(3) %}<{{ see(i) }}>{% endfor %}end").Generate(model).GetEnumerator();
        var text = "";
        while (!text.Contains('0', StringComparison.Ordinal) && pieces.MoveNext())
            text += pieces.Current;
        Assert.Single(seen);
        while (pieces.MoveNext())
            text += pieces.Current;
        Assert.Equal("<0><1><2>end", text);
    }

    [Fact]
    public void A_generated_template_does_not_give_away_the_inside_of_a_capture() =>
        Assert.Equal("AB", string.Concat(new JinjaEnvironment().FromString("{% filter upper %}{% for c in 'ab' %}{{ c }}{% endfor %}{% endfilter %}").Generate()));

    [Fact]
    public async Task A_stream_gives_pieces_as_they_come()
    {
        var text = "";
        await foreach (var piece in new JinjaEnvironment().FromString("{% for i in items() %}{{ i }},{% endfor %}").GenerateAsync(Model, cancellation: TestContext.Current.CancellationToken))
            text += piece;
        Assert.Equal("0,1,2,", text);
    }

    [Fact]
    public async Task A_failing_stream_fails_where_it_is_read()
    {
        var stream = new JinjaEnvironment().FromString("a{% for i in items() %}{{ 1 // i }}{% endfor %}").GenerateAsync(Model, cancellation: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<PythonError>(async () =>
        {
            await foreach (var _ in stream)
            {
            }
        });
    }

    [Fact]
    public async Task Loop_controls_work_in_an_awaiting_render()
    {
        var environment = new JinjaEnvironment(new LoopControlsExtension());
        Assert.Equal("02", await environment.FromString("{% for i in items() %}{% if i == 1 %}{% continue %}{% endif %}{{ later(i) }}{% endfor %}").RenderAsync(Model));
    }

    [Theory]
    [InlineData("{% macro m() %}{{ count() }}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{% set items = [1] %}{% for i in items recursive %}{{ count() }}{{ loop(items) }}{% endfor %}")]
    public void An_endless_recursion_ends_long_before_a_large_stack_does(string source)
    {
        var depth = 0;
        PythonError? error = null;
        var thread = new Thread(() => error = Assert.Throws<PythonError>(() => Render(source).GetAwaiter().GetResult()), 64 << 20);
        thread.Start();
        thread.Join();
        Assert.Equal(PythonErrorKind.RecursionError, error!.Kind);
        Assert.InRange(depth, 500, 1000);

        Task<string> Render(string source) => new JinjaEnvironment().FromString(source).RenderAsync(new { count = new Func<string>(() => $"{++depth}") });
    }

    [Fact]
    public async Task Any_number_of_renders_may_wait_in_the_macro_of_one_module_at_a_time()
    {
        var gate = new TaskCompletionSource<string>();
        var environment = Rendering.Environment(("shared", "{% macro m() %}{{ wait() }}{% endmacro %}"));
        environment.Globals["wait"] = () => gate.Task;
        var template = environment.FromString("{% from 'shared' import m %}{{ m() }}");
        var renders = Enumerable.Range(0, 1500).Select(_ => template.RenderAsync()).ToList();
        gate.SetResult("x");
        Assert.All(await Task.WhenAll(renders), text => Assert.Equal("x", text));
    }

    [Fact]
    public async Task A_render_inside_another_begins_at_its_level()
    {
        var template = new JinjaEnvironment().FromString("{% macro m(n) %}{{ m(n - 1) if n else again() }}{% endmacro %}{{ m(40) }}");
        Assert.Equal(PythonErrorKind.RecursionError, (await Assert.ThrowsAsync<PythonError>(Again)).Kind);

        async Task<string> Again()
        {
            await Task.Yield();
            return await template.RenderAsync(new { again = new Func<Task<string>>(Again) });
        }
    }

    // A trace that grew at each level took four gigabytes here.
    [Theory]
    [InlineData("", "")]
    [InlineData("{{ later(1) }}", "")]
    [InlineData("{{ later(1) }}", " if n < 150 else fail()")]
    public async Task An_error_deep_inside_costs_little_and_keeps_the_place_where_it_was_thrown(string before, string otherwise)
    {
        var source = $"{{% macro m(n) %}}{before}{{{{ {string.Concat(Enumerable.Repeat("range(", 25))} m(n + 1) {new string(')', 25)}{otherwise} }}}}{{% endmacro %}}{{{{ m(0) }}}}";
        var environment = new JinjaEnvironment();
        environment.Globals["later"] = new Func<object, Task<object>>(Later);
        environment.Globals["fail"] = new Func<string>(Fail);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var render = environment.FromString(source).RenderAsync();
        // With nothing to wait for all of it happens here.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 500_000_000);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => render);
        Assert.Equal(otherwise.Length > 0, error.StackTrace!.Contains(nameof(Fail), StringComparison.Ordinal));
        Assert.Equal(otherwise.Length > 0, error is InvalidOperationException);

        static string Fail() => throw new InvalidOperationException("from the host");
    }
}
