using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Retort.Hosting;

namespace Retort.Tests.Hosting;

public sealed class AccessLogTests
{
    [Fact]
    public void A_line_is_flasks()
    {
        Assert.Matches("""^127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4} \d\d:\d\d:\d\d\] "GET /a\?b=1 HTTP/1\.1" 200 -$""", AccessLog.Line(Request("/a?b=1")));
    }

    [Theory]
    [InlineData("/a\r\nFAKE", "/a\\x0d\\x0aFAKE")]
    [InlineData("/a\"b\\c", "/a\\x22b\\x5cc")]
    [InlineData("/\u001b[31m", "/\\x1b[31m")]
    public void Cve_2024_1681_a_path_cannot_forge_a_line(string target, string shown) => Assert.Contains($" {shown} ", AccessLog.Line(Request(target)), StringComparison.Ordinal);

    private static DefaultHttpContext Request(string target)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "GET";
        http.Request.Protocol = "HTTP/1.1";
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        return http;
    }
}
