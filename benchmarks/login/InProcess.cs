using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Retort.Benchmarks.Login;

/// <summary>CPU time and allocations of requests that are made by hand, so that nothing but the app is measured.</summary>
internal static class InProcess
{
    private const int Rounds = 11;
    private static readonly Dictionary<string, App> Made = ((string[])["plain", "login", "csrf", "both"]).ToDictionary(kind => kind, Apps.Make);

    public static async Task Run(double seconds)
    {
        var (cookie, token) = await SignIn();
        var cases = Case.All(cookie, token);
        foreach (var each in cases)
            await Check(each, 200);
        foreach (var (each, status) in Case.Refused(cookie, token))
            await Check(each, status);
        var best = cases.ToDictionary(each => each, _ => double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var each in cases)
                best[each] = Math.Min(best[each], await Measure(each, seconds / Rounds));
        }
        Console.WriteLine($"{"",-20}{"us",8}{"ratio",8}{"more us",9}{"bytes",9}");
        foreach (var each in cases)
        {
            var (time, peer) = (best[each], best[cases[each.Form is null ? 0 : 1]]);
            var bytes = await Bytes(each);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{each.Name,-20}{time,8:F2}{time / peer,8:F2}{time - peer,9:F2}{bytes,9:N0}"));
        }
        Console.WriteLine("The ratio is to the view alone; where a form is sent, to the same with a form.");
    }

    private static async Task<(string Cookie, string Token)> SignIn()
    {
        var (http, body) = await Answer(new("log in", "both", "/in", null, null, null), "GET");
        return (http.Response.Headers.SetCookie.ToString().Split(';')[0], body);
    }

    private static async Task Check(Case each, int status)
    {
        var (http, text) = await Answer(each, "POST");
        if (http.Response.StatusCode != status || (status == 200 && text != "done"))
            throw new InvalidOperationException($"{each.Name} answers {http.Response.StatusCode}: {text}");
    }

    private static async Task<(HttpContext Http, string Body)> Answer(Case each, string method)
    {
        var http = Make(each, method);
        using var body = new MemoryStream();
        http.Response.Body = body;
        await Made[each.App].Handle(http);
        return (http, Encoding.UTF8.GetString(body.ToArray()));
    }

    private static async Task<double> Measure(Case each, double seconds)
    {
        using var process = Process.GetCurrentProcess();
        var (app, start, count) = (Made[each.App], process.TotalProcessorTime, 0);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            for (var i = 0; i < 200; i++, count++)
                await app.Handle(Make(each, "POST"));
        }
        process.Refresh();
        return (process.TotalProcessorTime - start).TotalMicroseconds / count;
    }

    private static async Task<long> Bytes(Case each)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        await Made[each.App].Handle(Make(each, "POST"));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static DefaultHttpContext Make(Case each, string method)
    {
        var http = new DefaultHttpContext();
        var request = http.Request;
        (request.Method, request.Scheme, request.Host, request.Path) = (method, "http", new HostString("localhost"), each.Path);
        request.Headers.UserAgent = "benchmark";
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        if (each.Cookie is not null)
            request.Headers.Cookie = each.Cookie;
        if (each.Token is not null)
            request.Headers["X-CSRFToken"] = each.Token;
        if (each.Form is not null)
        {
            var body = Encoding.UTF8.GetBytes(each.Form);
            (request.ContentType, request.ContentLength, request.Body) = ("application/x-www-form-urlencoded", body.Length, new MemoryStream(body));
        }
        return http;
    }
}
