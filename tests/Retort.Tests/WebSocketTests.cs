using System.Net.WebSockets;
using System.Text;

using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

[Collection(ConsoleCollection.Name)]
public sealed class WebSocketTests
{
    [Fact]
    public async Task Messages_go_back_and_forth_until_the_client_closes()
    {
        var app = Apps.Make();
        var ended = false;
        app.TeardownRequest(() => { ended = true; });
        app.WebSocket("/echo", async socket =>
        {
            await foreach (var text in socket.ReadAll())
                await socket.Send(text.ToUpperInvariant());
        });
        await using (var socket = await app.TestClient().WebSocket("/echo"))
        {
            await socket.Send("one");
            await socket.Send("zwei ü");
            Assert.Equal("ONE", await socket.Receive());
            Assert.Equal("ZWEI Ü", await socket.Receive());
            Assert.False(ended);
        }
        Assert.True(ended);
    }

    [Fact]
    public async Task The_end_of_the_view_closes_and_variables_session_and_globals_are_there()
    {
        var app = Apps.Make();
        app.WebSocket("/room/<int:id>", async (Retort.WebSocket socket, int id) => await socket.SendJson(new { id, user = Session["user"], q = Request.Args["q"], url = UrlFor("room", new { id }) }), endpoint: "room");
        var client = app.TestClient();
        client.SessionTransaction(session => session["user"] = "jo");
        await using var socket = await client.WebSocket("/room/7?q=x");
        Assert.Equal("{\"id\":7,\"user\":\"jo\",\"q\":\"x\",\"url\":\"ws://localhost/room/7\"}", await socket.Receive());
        Assert.Null(await socket.Receive());
        Assert.Equal(1000, socket.CloseCode);
    }

    [Fact]
    public async Task Functions_around_the_request_may_refuse_it_and_add_headers()
    {
        var app = Apps.Make();
        app.BeforeRequest(Response? () => Request.Args.Get("token") is not null ? null : ("no token", 401));
        app.AfterRequest((Response response) => { response.Headers["X-Seen"] = "yes"; });
        app.WebSocket("/ws", async socket => await socket.Send("in"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.TestClient().WebSocket("/ws"));
        Assert.Equal("the WebSocket /ws was refused: 401 no token", error.Message);
        await using var socket = await app.TestClient().WebSocket("/ws?token=1");
        Assert.Equal("in", await socket.Receive());
        Assert.Equal("yes", socket.Headers["X-Seen"]);
    }

    [Fact]
    public async Task Ordinary_requests_and_handshakes_have_rules_of_their_own()
    {
        var app = Apps.Make();
        app.Get("/both", () => "page", endpoint: "page");
        app.WebSocket("/both", async socket => await socket.Send("socket"), endpoint: "socket");
        app.WebSocket("/only", async socket => await socket.Send("socket"), endpoint: "only");
        app.Get("/page", () => "page", endpoint: "page_only");
        Assert.Equal("page", await app.Text("/both"));
        await using var socket = await app.TestClient().WebSocket("/both");
        Assert.Equal("socket", await socket.Receive());
        Assert.Equal(400, (await app.TestClient().Get("/only")).StatusCode);
        Assert.StartsWith("the WebSocket /page was refused: 400", (await Assert.ThrowsAsync<InvalidOperationException>(() => app.TestClient().WebSocket("/page"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.test", false)]
    [InlineData("http://localhost", true)]
    [InlineData("http://localhost.evil.test", false)]
    [InlineData("null", false)]
    [InlineData("https://friend.test", true)]
    public async Task Cve_2019_13611_pages_of_other_sites_cannot_connect_with_a_browsers_cookies(string origin, bool allowed)
    {
        var app = Apps.Make();
        if (origin == "https://friend.test")
            app.Config["WEBSOCKET_ALLOWED_ORIGINS"] = new List<object> { "https://friend.test" };
        app.WebSocket("/ws", async socket => await socket.Send("in"));
        if (!allowed)
        {
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.TestClient().WebSocket("/ws", new { Origin = origin }));
            Assert.Contains("refused: 403", error.Message, StringComparison.Ordinal);
            return;
        }
        await using var socket = await app.TestClient().WebSocket("/ws", new { Origin = origin });
        Assert.Equal("in", await socket.Receive());
    }

    [Fact]
    public async Task A_failing_view_closes_with_1011_and_is_logged_and_the_context_sees_it()
    {
        var app = Apps.Make(testing: false);
        Exception? seen = null;
        app.Signals.GotRequestException += (_, e) => seen = e.Exception;
        app.WebSocket("/ws", Task (socket) => throw new InvalidOperationException("broken"));
        await using var socket = await app.TestClient().WebSocket("/ws");
        Assert.Null(await socket.Receive());
        Assert.Equal(1011, socket.CloseCode);
        Assert.Equal("broken", seen?.Message);
    }

    [Fact]
    public async Task Messages_that_are_too_large_or_no_text_close_the_connection()
    {
        var app = Apps.Make();
        app.Config["WEBSOCKET_MAX_MESSAGE_SIZE"] = 10;
        app.WebSocket("/ws", async socket =>
        {
            while (await socket.Receive() is { } text)
                await socket.Send(text);
        });
        await using var large = await app.TestClient().WebSocket("/ws");
        await large.Send("0123456789");
        Assert.Equal("0123456789", await large.Receive());
        await large.Send(new string('x', 100_000));
        Assert.Null(await large.Receive());
        Assert.Equal((1009, "a message may have 10 bytes"), (large.CloseCode, large.CloseReason));
    }

    [Fact]
    public async Task Bytes_json_and_subprotocols()
    {
        var app = Apps.Make();
        app.Config["WEBSOCKET_SUBPROTOCOLS"] = new List<object> { "chat.v2", "chat.v1" };
        app.WebSocket("/ws", async socket =>
        {
            var bytes = await socket.ReceiveBytes();
            await socket.Send(bytes);
            var point = await socket.ReceiveJson<Dictionary<string, int>>();
            await socket.SendJson(new { sum = point!.Values.Sum() });
            await socket.Close(4000, "done");
        });
        await using var socket = await app.TestClient().WebSocket("/ws", null, "chat.v1", "other");
        Assert.Equal("chat.v1", socket.Subprotocol);
        await socket.Send(new byte[] { 0, 255 });
        Assert.Equal(new byte[] { 0, 255 }, await socket.ReceiveBytes());
        await socket.SendJson(new { x = 1, y = 2 });
        Assert.Equal("{\"sum\":3}", await socket.Receive());
        Assert.Null(await socket.Receive());
        Assert.Equal((4000, "done"), (socket.CloseCode, socket.CloseReason));
    }

    [Fact]
    public async Task On_the_wire_a_real_client_connects_and_a_client_that_vanishes_ends_the_view()
    {
        var app = Apps.Make(testing: false);
        var ended = new TaskCompletionSource();
        app.WebSocket("/ws", async socket =>
        {
            await socket.Send("hello " + await socket.Receive());
            await socket.Receive();
            ended.SetResult();
        });
        await using var server = await Hosting.Server.Start(web => web.MapRetort("", app));
        using (var client = new ClientWebSocket())
        {
            await client.ConnectAsync(new Uri($"ws://127.0.0.1:{server.Port}/ws"), TestContext.Current.CancellationToken);
            await client.SendAsync(Encoding.UTF8.GetBytes("jo"), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            var buffer = new byte[100];
            var got = await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            Assert.Equal("hello jo", Encoding.UTF8.GetString(buffer, 0, got.Count));
            client.Abort();
        }
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
