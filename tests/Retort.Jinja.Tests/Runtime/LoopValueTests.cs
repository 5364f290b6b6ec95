namespace Retort.Jinja.Tests.Runtime;

/// <summary><c>loop</c> over what is waited for.</summary>
public sealed class LoopValueTests
{
    private const string Seen = "{% set ns = namespace(seen=[]) %}{% for m in ['a', 'b', 'a', 'c', 'b'] if m not in ns.seen %}{{ loop.index }}{{ m }}";
    private const string Remember = "{% set ns.seen = ns.seen + [m] %};{% endfor %}";

    [Theory]
    [InlineData(Seen + Remember, "1a;2b;3c;")]
    [InlineData(Seen + "{{ loop.previtem }}" + Remember, "1a;2ba;3cb;")]
    [InlineData(Seen + "{{ loop.last }}" + Remember, "1aFalse;2bFalse;3cTrue;")]
    [InlineData(Seen + "{{ loop.length if loop.index == 2 }}" + Remember, "1a;2b4;3c;4b;")]
    public async Task The_condition_of_an_asynchronous_loop_is_asked_when_an_items_turn_comes(string source, string expected)
    {
        Assert.Equal(expected, await new JinjaEnvironment().FromString(source).RenderAsync());
        Assert.Equal(expected, string.Concat(new JinjaEnvironment().FromString(source).Generate()));
    }

    [Theory]
    [InlineData("{% for x in stream() %}{{ loop.index }}{{ x }}{{ given() }};{% else %}none{% endfor %}", "11<1>;22<2>;33<3>;")]
    [InlineData("{% for x in stream() %}{{ x }}{{ loop.last }}{{ given() }};{% endfor %}", "1False<2>;2False<3>;3True<3>;")]
    [InlineData("{% for x in stream() %}{{ x }}{{ loop.nextitem }}{{ given() }};{% endfor %}", "12<2>;23<3>;3<3>;")]
    [InlineData("{% for x in stream() %}{{ x }}{{ loop.length }}{{ loop.revindex }}{{ given() }};{% endfor %}", "133<3>;232<3>;331<3>;")]
    [InlineData("{% for x in stream() if x > 1 %}{{ loop.first }}{{ x }}{{ loop.last }};{% endfor %}", "True2False;False3True;")]
    [InlineData("{% for x in stream() if x > 5 %}{{ loop.index }}{% else %}none{% endfor %}", "none")]
    [InlineData("{% macro m(l) %}{{ l.last }}{{ l['length'] }}{{ 'so' if l }}{% endmacro %}{% for x in stream() %}{{ m(loop) }};{% endfor %}", "False3so;False3so;True3so;")]
    [InlineData("{% for x in stream() recursive %}{{ x }}{{ loop([7, 8]) if x == 2 and loop.depth == 1 }}{{ loop.last }};{% endfor %}", "1False;27False;8True;False;3True;")]
    public async Task A_loop_waits_for_no_more_items_than_it_is_asked_about(string source, string expected)
    {
        foreach (var delay in new[] { TimeSpan.Zero, TimeSpan.FromMilliseconds(1) })
        {
            var count = 0;
            var text = await new JinjaEnvironment().FromString(source).RenderAsync(new { stream = new Func<IAsyncEnumerable<int>>(Stream), given = new Func<string>(() => $"<{count}>") });
            Assert.Equal(expected, text);

            async IAsyncEnumerable<int> Stream()
            {
                while (count < 3)
                {
                    await Task.Delay(delay);
                    yield return ++count;
                }
            }
        }
    }

    [Fact]
    public async Task An_endless_stream_is_numbered_as_it_comes_and_is_closed_when_its_reader_leaves()
    {
        var closed = false;
        var template = new JinjaEnvironment().FromString("{% for x in stream %}{{ loop.index }}{% if not loop.first %}!{% endif %} {% endfor %}");
        var text = "";
        await foreach (var piece in template.GenerateAsync(new { stream = Stream() }))
        {
            text += piece;
            if (text.Contains('3', StringComparison.Ordinal))
                break;
        }
        Assert.StartsWith("1 2! 3", text, StringComparison.Ordinal);
        Assert.True(closed);

        async IAsyncEnumerable<int> Stream()
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
                closed = true;
            }
        }
    }

    [Fact]
    public async Task What_cannot_wait_for_the_rest_of_a_stream_says_what_can()
    {
        var (rest, closed) = (new TaskCompletionSource(), new TaskCompletionSource());
        var error = await Assert.ThrowsAsync<TemplateRuntimeError>(() => new JinjaEnvironment().FromString("{% for x in stream %}{{ loop|length }}{% endfor %}").RenderAsync(new { stream = Stream() }));
        Assert.Contains("ask loop.length, loop.last or loop.nextitem", error.Message, StringComparison.Ordinal);
        // The stream is closed as soon as it can be.
        Assert.False(closed.Task.IsCompleted);
        rest.SetResult();
        await closed.Task.WaitAsync(TimeSpan.FromMinutes(1));

        async IAsyncEnumerable<int> Stream()
        {
            try
            {
                yield return 1;
                await rest.Task;
            }
            finally
            {
                closed.SetResult();
            }
        }
    }
}
