using System.Diagnostics;
using System.Runtime.CompilerServices;
using Retort.Testing;
using Retort.Toolbar.Profiling;

namespace Retort.Toolbar.Tests;

/// <summary>Where a request's time went.</summary>
public sealed class ProfilerTests
{
    [Fact]
    public async Task It_is_off_unless_its_key_turns_it_on()
    {
        var client = Toolbars.Make().TestClient();
        var page = await client.Get("/");
        Assert.Equal("off", Toolbars.PanelsOf(page)!.Single(panel => panel.Title == "Profiler").Subtitle);
        Assert.Contains("The profiler is off.", await Toolbars.Read(client, page, "Profiler"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_method_of_the_request_is_found_on_whichever_thread_it_ran_and_no_other_requests()
    {
        var stop = false;
        var beside = new Thread(() => Elsewhere(ref stop)) { IsBackground = true };
        beside.Start();
        var app = Toolbars.Make((app, _) =>
        {
            app.Config["DEBUG_TB_PROFILER_ENABLED"] = true;
            app.Get("/slow", async Task<string> () =>
            {
                Slow();
                await Task.Delay(1);
                await Task.Run(SlowBesides);
                return Toolbars.Page;
            });
        });
        var client = app.TestClient();
        var page = await client.Get("/slow");
        Volatile.Write(ref stop, true);
        Assert.Equal("on", Toolbars.PanelsOf(page)!.Single(panel => panel.Title == "Profiler").Subtitle);
        var text = await Toolbars.Read(client, page, "Profiler");
        Assert.Contains("ProfilerTests.Slow", text, StringComparison.Ordinal);
        Assert.Contains("ProfilerTests.SlowBesides", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Elsewhere", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AsyncTaskMethodBuilder", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PollGC", text, StringComparison.Ordinal);
        Assert.Matches(@"\d+ samples of the request's threads", text);
    }

    [Fact]
    public async Task What_an_earlier_request_has_left_running_is_in_no_later_profile()
    {
        var stop = false;
        Task? left = null;
        var app = Toolbars.Make((app, _) =>
        {
            app.Config["DEBUG_TB_PROFILER_ENABLED"] = true;
            app.Get("/leaves", () =>
            {
                left = Task.Run(() => Leftover(() => Volatile.Read(ref stop)));
                return Toolbars.Page;
            });
            app.Get("/slow", () =>
            {
                Slow();
                return Toolbars.Page;
            });
        });
        var client = app.TestClient();
        await Toolbars.Open(client, await client.Get("/leaves"), "Profiler");
        var page = await client.Get("/slow");
        Volatile.Write(ref stop, true);
        await left!;
        var text = await Toolbars.Read(client, page, "Profiler");
        Assert.Contains("ProfilerTests.Slow", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Leftover", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_websocket_or_stream_of_events_keeps_no_page_from_its_profile()
    {
        var recorded = new List<bool>();
        var app = Toolbars.Make((app, _) =>
        {
            app.Config["DEBUG_TB_PROFILER_ENABLED"] = true;
            app.WebSocket("/live", async (WebSocket socket) =>
            {
                recorded.Add(QueryRecorder.IsRecording);
                await socket.Receive();
            });
            app.Get("/events", () =>
            {
                recorded.Add(QueryRecorder.IsRecording);
                return new Response("data: 1\n\n", contentType: "text/event-stream");
            });
        });
        var client = app.TestClient();
        await using var socket = await client.WebSocket("/live");
        await client.Get("/events", headers: new { Accept = "text/event-stream" });
        var page = await client.Get("/");
        Assert.Equal("on", Toolbars.PanelsOf(page)!.Single(panel => panel.Title == "Profiler").Subtitle);
        Assert.Contains("ample", await Toolbars.Read(client, page, "Profiler"), StringComparison.Ordinal);
        Assert.Equal([false, false], recorded);
    }

    [Theory]
    [InlineData("Shop.Notes.Index(int32,class System.String)", "Shop.Notes.Index")]
    [InlineData("Shop.Notes+<Index>d__3.MoveNext()", "Shop.Notes.Index")]
    [InlineData("Program.<<Main>$>g__Work|0_0(int32)", "Program.Work")]
    [InlineData("Program+<<<Main>$>g__Load|0_3>d.MoveNext()", "Program.Load")]
    [InlineData("Program+<>c__DisplayClass0_0.<<Main>$>g__Show|1(int32)", "Program.Show")]
    [InlineData("Program+<>c.<<Main>$>b__0_1()", "Program.Main (lambda)")]
    [InlineData("Shop.Notes+<>c__DisplayClass2_0.<Add>b__1()", "Shop.Notes.Add (lambda)")]
    [InlineData("Shop.Notes+<>c+<<Add>b__1_0>d.MoveNext()", "Shop.Notes.Add (lambda)")]
    [InlineData("Shop.Outer+Inner.Run()", "Shop.Outer.Inner.Run")]
    [InlineData("System.Collections.Generic.List`1[System.__Canon].Add(!0)", "System.Collections.Generic.List`1[System.__Canon].Add")]
    public void Methods_are_named_as_they_are_written(string method, string written) => Assert.Equal(written, ProfileReader.Written(method));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Slow() => Spin(TimeSpan.FromMilliseconds(150));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SlowBesides() => Spin(TimeSpan.FromMilliseconds(150));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Elsewhere(ref bool stop)
    {
        while (!Volatile.Read(ref stop))
            Spin(TimeSpan.FromMilliseconds(1));
    }

    private static async Task Leftover(Func<bool> isOver)
    {
        while (!isOver())
        {
            Spin(TimeSpan.FromMilliseconds(2));
            await Task.Yield();
        }
    }

    private static double Spin(TimeSpan time)
    {
        var sum = 0.0;
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time;)
            sum += Math.Sqrt(sum + 1);
        return sum;
    }
}
