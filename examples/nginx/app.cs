// An app behind nginx (nginx.conf beside it): URLs, cookies and addresses are those that the browser sees.
using Retort;
using static Retort.Globals;

var app = new App
{
    SecretKey = "dev",
    // One proxy, which sets all five headers. Without this line nothing that a request says of proxies is believed.
    ProxyFix = new ProxyFix(xFor: 1, xProto: 1, xHost: 1, xPort: 1, xPrefix: 1),
};

app.Get("/where", Where);
object Where() => new
{
    url = Request.Url,
    url_root = Request.UrlRoot,
    host = Request.Host,
    scheme = Request.Scheme,
    remote_addr = Request.RemoteAddr,
    root_path = Request.ScriptRoot,
    path = Request.Path,
    external = UrlFor(Where, external: true),
    @internal = UrlFor(Where),
};

app.Get("/to", () => Redirect(UrlFor(Where)));

app.Get("/session", Count);
string Count()
{
    var count = Session.Get("count", 0L) + 1;
    Session["count"] = count;
    return $"{count}";
}

app.Post("/echo", () => new Response(Request.GetData(), contentType: Request.ContentType));

app.Get("/stream/n", Numbers);
static async IAsyncEnumerable<string> Numbers()
{
    for (var i = 0; i < 10; i++)
    {
        yield return $"{i}\n";
        await Task.Delay(100);
    }
}

app.Get("/secure", Secure);
Response Secure()
{
    Response response = "a cookie for encrypted connections";
    response.SetCookie("c", "1", secure: true, httpOnly: true, sameSite: "Lax");
    return response;
}

app.WebSocket("/shout", async socket =>
{
    await foreach (var text in socket.ReadAll())
        await socket.Send(text.ToUpperInvariant());
});

app.Run();
