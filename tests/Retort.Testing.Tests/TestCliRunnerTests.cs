namespace Retort.Testing.Tests;

public sealed class TestCliRunnerTests
{
    [Fact]
    public async Task Commands_side_by_side_keep_their_output_apart()
    {
        using var both = new Barrier(2);
        var runs = await Task.WhenAll(new[] { "a", "b" }.Select(word => Task.Factory.StartNew(() => Say(word, both), TaskCreationOptions.LongRunning)));
        Assert.Equal([new string('a', 50), new string('b', 50)], runs.Select(run => run.Output));
        Assert.Equal([new string('a', 50), new string('b', 50)], runs.Select(run => run.Error));
    }

    private static CliResult Say(string word, Barrier both)
    {
        var app = new App("test");
        app.Cli.Command("say", () =>
        {
            for (var i = 0; i < 50; i++)
            {
                Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(60)));
                Console.Write(word);
                Console.Error.Write(word);
            }
        });
        return app.TestCliRunner().Invoke("say");
    }

    [Fact]
    public async Task What_a_command_has_started_may_go_on_to_write_when_it_has_ended()
    {
        var app = new App("test");
        var go = new TaskCompletionSource();
        Task<int>? left = null;
        app.Cli.Command("start", () =>
        {
            left = Task.Run(async () =>
            {
                await go.Task;
                Console.WriteLine("late");
                return 7;
            });
            Console.Write("started");
        });
        Assert.Equal("started", app.TestCliRunner().Invoke("start").Output);
        go.SetResult();
        Assert.Equal(7, await left!);
    }

    [Fact]
    public void A_command_inside_of_a_command_is_heard_alone()
    {
        var app = new App("test");
        CliResult? inner = null;
        app.Cli.Command("inner", () => Console.Write("inner"));
        app.Cli.Command("outer", () =>
        {
            Console.Write("before ");
            inner = app.TestCliRunner().Invoke("inner");
            Console.Write("after");
        });
        Assert.Equal("before after", app.TestCliRunner().Invoke("outer").Output);
        Assert.Equal("inner", inner!.Output);
    }
}
