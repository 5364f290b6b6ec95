using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Retort.Hosting;

/// <summary>
/// One line a request, in the form of Flask's development server. Lines are queued and written by one background reader,
/// so that a slow terminal does not hold up a request.
/// </summary>
internal sealed class AccessLog : IDisposable
{
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(10_000) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Task _writing;

    public AccessLog(TextWriter output) => _writing = Task.Run(() => WriteAll(output));

    public RequestDelegate Around(RequestDelegate handle) => async http =>
    {
        try
        {
            await handle(http);
        }
        finally
        {
            _lines.Writer.TryWrite(Line(http));
        }
    };

    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _writing.GetAwaiter().GetResult();
    }

    internal static string Line(HttpContext http)
    {
        var request = http.Features.GetRequiredFeature<IHttpRequestFeature>();
        var time = DateTime.Now.ToString("dd/MMM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);
        return $"{http.Connection.RemoteIpAddress?.ToString() ?? "-"} - - [{time}] \"{request.Method} {Escape(request.RawTarget)} {request.Protocol}\" {http.Response.StatusCode} -";
    }

    /// <summary>Control characters and quotes are written as <c>\xNN</c>: a path must not be able to forge a line of the log.</summary>
    internal static string Escape(string target)
    {
        if (!target.AsSpan().ContainsAnyExceptInRange('#', '~') && !target.Contains('\\', StringComparison.Ordinal))
            return target;
        return string.Concat(target.Select(c => c is > ' ' and <= '~' and not ('"' or '\\') ? c.ToString() : c <= 0xFF ? $"\\x{(int)c:x2}" : $"\\u{(int)c:x4}"));
    }

    private async Task WriteAll(TextWriter output)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            output.WriteLine(line);
            if (_lines.Reader.Count == 0)
                await output.FlushAsync();
        }
    }
}
