using Retort.Jinja.Values;

namespace Retort.Jinja.Tests;

public sealed class CancellationTests
{
    private const string Endless = "{% for a in range(1000000) %}{% for b in range(1000000) %}{% endfor %}{% endfor %}";
    private const string EndlessMacro = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}";

    // Cancels from inside of the template, so that no test waits for a clock.
    private static object Cancelling(CancellationTokenSource source) => new { cancel = new Action(source.Cancel), never = new Func<Task<int>>(() => new TaskCompletionSource<int>().Task) };

    [Theory]
    [InlineData("{{ cancel() }}" + Endless)]
    [InlineData("{{ cancel() }}" + EndlessMacro)]
    [InlineData("{% for i in range(5) %}{% if i == 2 %}{{ cancel() }}{% elif i > 2 %}{{ 1 // 0 }}{% endif %}{% endfor %}")]
    [InlineData("{{ cancel() }}{{ range(100000000)|list|length }}")]
    public void A_cancelled_render_ends(string text)
    {
        using var source = new CancellationTokenSource();
        var template = new JinjaEnvironment().FromString(text);
        Assert.Throws<OperationCanceledException>(() => template.Render(Cancelling(source), cancellation: source.Token));
    }

    [Fact]
    public void Looking_for_an_item_in_an_endless_sequence_of_the_host_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var model = new { items = Enumerable.Range(0, int.MaxValue).Select(i => i == 1000 ? Cancel() : i) };
        Assert.Throws<OperationCanceledException>(() => new JinjaEnvironment().FromString("{{ -1 in items }}").Render(model, cancellation: source.Token));

        int Cancel()
        {
            source.Cancel();
            return 0;
        }
    }

    [Theory]
    [InlineData("{{ cancel() }}" + Endless)]
    [InlineData("{{ cancel() }}" + EndlessMacro)]
    [InlineData("{{ cancel() }}{{ never() }}")]
    [InlineData("{{ cancel() }}{% for i in never() %}{% endfor %}")]
    public async Task A_cancelled_asynchronous_render_ends_and_waits_for_no_task(string text)
    {
        using var source = new CancellationTokenSource();
        var template = new JinjaEnvironment().FromString(text);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => template.RenderAsync(Cancelling(source), cancellation: source.Token));
    }

    [Fact]
    public void A_render_that_is_cancelled_already_does_not_begin()
    {
        var template = new JinjaEnvironment().FromString("{{ f() }}");
        var model = new { f = new Func<int>(() => throw new InvalidOperationException("began")) };
        Assert.Throws<OperationCanceledException>(() => template.Render(model, cancellation: new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => template.RenderNative(model, cancellation: new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => template.Generate(model, cancellation: new CancellationToken(true)).ToList());
    }

    [Fact]
    public async Task Functions_and_asynchronous_sequences_are_given_the_token()
    {
        using var source = new CancellationTokenSource();
        var seen = new List<CancellationToken>();
        var model = new
        {
            f = new Func<EvalContext, int>(context => { seen.Add(context.Cancellation); return 1; }),
            items = new Func<IAsyncEnumerable<int>>(() => Items()),
        };
        await new JinjaEnvironment().FromString("{{ f() }}{% for i in items() %}{{ i }}{% endfor %}{{ items()|join }}").RenderAsync(model, cancellation: source.Token);
        Assert.Equal([source.Token, source.Token, source.Token], seen);

        async IAsyncEnumerable<int> Items([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
        {
            seen.Add(cancellation);
            await Task.Yield();
            yield return 1;
        }
    }

    [Fact]
    public void A_render_that_a_function_starts_ends_with_the_one_that_it_is_part_of()
    {
        using var source = new CancellationTokenSource();
        var inner = new JinjaEnvironment().FromString(Endless);
        var outer = new JinjaEnvironment().FromString("{{ cancel() }}{{ render() }}");
        Assert.Throws<OperationCanceledException>(() => outer.Render(new { cancel = new Action(source.Cancel), render = new Func<string>(() => inner.Render()) }, cancellation: source.Token));
    }

    [Fact]
    public void A_macro_ends_with_the_render_that_calls_it_and_not_with_the_one_that_imported_it_first()
    {
        using var source = new CancellationTokenSource();
        var environment = Rendering.Environment(
            ("m", "{% macro m(n) %}{% for i in range(n) %}{{ i }}{% endfor %}{% endmacro %}"),
            ("main", "{% from 'm' import m %}{{ m(3) }}"),
            ("cancelled", "{% from 'm' import m %}{{ cancel() }}{{ m(3) }}"));
        Assert.Equal("012", environment.GetTemplate("main").Render(cancellation: source.Token));
        Assert.Throws<OperationCanceledException>(() => environment.GetTemplate("cancelled").Render(new { cancel = new Action(source.Cancel) }, cancellation: source.Token));
        Assert.Equal("012", environment.GetTemplate("main").Render());
    }
}
