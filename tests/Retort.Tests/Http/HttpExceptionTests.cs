using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Tests.Http;

public class HttpExceptionTests
{
    [Fact]
    public void The_page_is_the_one_that_flask_sends() => Assert.Equal(
        """
        <!doctype html>
        <html lang=en>
        <title>404 Not Found</title>
        <h1>Not Found</h1>
        <p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>

        """.ReplaceLineEndings("\n"), new NotFound().GetBody());

    [Fact]
    public void A_description_is_escaped_and_its_lines_are_broken() =>
        Assert.Equal("<p>&lt;b&gt; &amp; &#39;q&#39; &#34;<br>two</p>", new BadRequest("<b> & 'q' \"\ntwo").GetDescription());

    [Fact]
    public void The_name_is_escaped_too() => Assert.Contains("<title>418 I&#39;m a teapot</title>\n<h1>I&#39;m a teapot</h1>", new ImATeapot().GetBody(), StringComparison.Ordinal);

    [Fact]
    public void The_phrases_are_those_of_werkzeug_and_no_more()
    {
        const string known = """
            100 Continue, 101 Switching Protocols, 102 Processing, 103 Early Hints, 200 OK, 201 Created, 202 Accepted, 203 Non Authoritative Information,
            204 No Content, 205 Reset Content, 206 Partial Content, 207 Multi Status, 208 Already Reported, 226 IM Used, 300 Multiple Choices,
            301 Moved Permanently, 302 Found, 303 See Other, 304 Not Modified, 305 Use Proxy, 306 Switch Proxy, 307 Temporary Redirect,
            308 Permanent Redirect, 400 Bad Request, 401 Unauthorized, 402 Payment Required, 403 Forbidden, 404 Not Found, 405 Method Not Allowed,
            406 Not Acceptable, 407 Proxy Authentication Required, 408 Request Timeout, 409 Conflict, 410 Gone, 411 Length Required,
            412 Precondition Failed, 413 Request Entity Too Large, 414 Request URI Too Long, 415 Unsupported Media Type,
            416 Requested Range Not Satisfiable, 417 Expectation Failed, 418 I'm a teapot, 421 Misdirected Request, 422 Unprocessable Entity, 423 Locked,
            424 Failed Dependency, 425 Too Early, 426 Upgrade Required, 428 Precondition Required, 429 Too Many Requests,
            431 Request Header Fields Too Large, 449 Retry With, 451 Unavailable For Legal Reasons, 500 Internal Server Error, 501 Not Implemented,
            502 Bad Gateway, 503 Service Unavailable, 504 Gateway Timeout, 505 HTTP Version Not Supported, 506 Variant Also Negotiates,
            507 Insufficient Storage, 508 Loop Detected, 510 Not Extended, 511 Network Authentication Failed
            """;
        var phrases = Enumerable.Range(0, 1000).Where(code => HttpStatus.Reason(code) is not null).Select(code => $"{code} {HttpStatus.Reason(code)}");
        Assert.Equal(known.ReplaceLineEndings(" "), string.Join(", ", phrases));
    }

    [Theory]
    [InlineData(400, typeof(BadRequest))]
    [InlineData(405, typeof(MethodNotAllowed))]
    [InlineData(421, typeof(MisdirectedRequest))]
    [InlineData(500, typeof(InternalServerError))]
    public void For_makes_the_error_of_a_code(int code, Type type)
    {
        var error = HttpException.For(code, "why");
        Assert.IsType(type, error);
        Assert.Equal(code, error.Code);
        Assert.Equal("why", error.Description);
    }

    [Fact]
    public void A_code_without_an_error_is_a_programming_error()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => HttpException.For(999));
        Assert.StartsWith("Abort(999): there is no HTTP error for status 999. Use one of 400, 401, 403, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_has_code_name_and_description() =>
        Assert.Equal("409 Conflict: taken", new Conflict("taken").Message);

    [Fact]
    public void An_error_of_ones_own_has_its_own_code_and_description()
    {
        var error = new PaymentRequired();
        Assert.Equal("402 Payment Required: Pay first.", error.Message);
        Assert.Contains("<p>Pay first.</p>", error.GetBody(), StringComparison.Ordinal);
        Assert.Equal("Unknown Error", new HttpException(599).Name);
    }

    [Fact]
    public void Headers_tell_what_the_client_can_do_next()
    {
        Assert.Equal("GET, POST", new MethodNotAllowed(["GET", "POST"]).GetHeaders()["Allow"]);
        Assert.False(new MethodNotAllowed().GetHeaders().Contains("Allow"));
        Assert.Equal("bytes */100", new RequestedRangeNotSatisfiable(100).GetHeaders()["Content-Range"]);
        Assert.Equal("120", new ServiceUnavailable(retryAfter: TimeSpan.FromMinutes(2)).GetHeaders()["Retry-After"]);
        Assert.Equal("Tue, 14 Nov 2023 22:13:20 GMT", new TooManyRequests { RetryAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000) }.GetHeaders()["Retry-After"]);
        var challenges = new Unauthorized(null, new WwwAuthenticate("basic", new() { ["realm"] = "a b" }), new WwwAuthenticate("bearer"));
        Assert.Equal(["Basic realm=\"a b\"", "Bearer"], challenges.GetHeaders().GetAll("WWW-Authenticate"));
    }

    [Fact]
    public void A_missing_key_is_shown_only_in_debug_mode()
    {
        var error = new BadRequestKeyError("name");
        Assert.DoesNotContain("name", error.GetBody(), StringComparison.Ordinal);
        error.ShowException = true;
        Assert.EndsWith("could not understand.<br>KeyError: &#39;name&#39;</p>\n", error.GetBody(), StringComparison.Ordinal);
    }

    private sealed class PaymentRequired() : HttpException(402, "Pay first.");
}
