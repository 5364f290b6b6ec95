using System.Buffers;
using System.Globalization;
using System.Text;
using Retort.Http.Exceptions;
using Retort.Routing;
using Retort.Signing;

namespace Retort.Http;

/// <summary>Works out the answer to a request for a file; opening and copying is left to who sends it. Source: werkzeug.utils.send_file.</summary>
public static class SendFile
{
    private static readonly SearchValues<char> SafeInName = PercentEncoding.Safe("!#$&+-.^_`|~");

    /// <summary>
    /// The status, headers and bytes to send. Throws <see cref="RequestedRangeNotSatisfiable"/> for a range that cannot be answered, and
    /// <see cref="ArgumentException"/> when neither a name nor a media type is known.
    /// </summary>
    public static FileAnswer Plan(FileToSend file, SendFileOptions options, ConditionalHeaders request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(request);
        var headers = new Headers();
        var name = options.DownloadName ?? (file.Path is null ? null : Path.GetFileName(file.Path));
        var (type, encoding) = TypeOf(name, options);
        headers.Add("Content-Type", MimeTypes.WithCharset(type));
        // A browser told of the encoding would unpack what it saves.
        if (encoding is not null && !options.AsAttachment) headers.Add("Content-Encoding", encoding);
        AddDisposition(headers, name, options.AsAttachment);
        if (file.Length is { } length) headers.Add("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        if ((options.LastModified ?? file.LastModified) is { } modified) headers.Add("Last-Modified", HttpDate.Format(modified));
        AddCaching(headers, options.MaxAge, now);
        if (options.UseETag && (options.ETag ?? Tag(file)) is { } tag) headers.Add("ETag", ETags.Quote(tag));

        if (!options.Conditional) return new(200, headers, 0, file.Length);
        var (status, offset, count) = Conditional.Apply(request, headers, file.Length, acceptRanges: true);
        return new(status, headers, offset, count);
    }

    /// <summary>The tag of a file, from its time, size and path; null for a stream.</summary>
    public static string? Tag(FileToSend file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Path is null || file.LastModified is not { } modified) return null;
        var seconds = (modified - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond;
        return string.Create(CultureInfo.InvariantCulture, $"{FloatText.Format(seconds)}-{file.Length}-{Adler32(Encoding.UTF8.GetBytes(file.Path))}");
    }

    private static (string Type, string? Encoding) TypeOf(string? name, SendFileOptions options)
    {
        if (options.Mimetype is { } given) return (given, null);
        if (name is null)
        {
            throw new ArgumentException(
                "SendFile cannot tell the media type: the content is a stream and has no name. Set DownloadName or Mimetype.", nameof(options));
        }
        var (type, encoding) = MimeTypes.Guess(name);
        return (type ?? "application/octet-stream", encoding);
    }

    private static void AddDisposition(Headers headers, string? name, bool attachment)
    {
        if (name is null)
        {
            if (attachment) throw new ArgumentException("SendFile has no name for the attachment: the content is a stream. Set DownloadName.");
            return;
        }
        var names = new List<KeyValuePair<string, object?>> { new("filename", AsciiFold.Apply(name)) };
        if (!Ascii.IsValid(name)) names.Add(new("filename*", "UTF-8''" + PercentEncoding.Quote(name, SafeInName)));
        headers.Add("Content-Disposition", attachment ? "attachment" : "inline", names);
    }

    private static void AddCaching(Headers headers, int? maxAge, DateTimeOffset now)
    {
        var caching = new ResponseCacheControl { NoCache = maxAge is not > 0, Public = maxAge > 0, MaxAge = maxAge };
        headers.Add("Cache-Control", caching.ToString());
        if (maxAge is { } seconds) headers.Add("Expires", HttpDate.Format(now.AddSeconds(seconds)));
    }

    private static uint Adler32(ReadOnlySpan<byte> data)
    {
        var (a, b) = (1u, 0u);
        foreach (var value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }
        return (b << 16) | a;
    }
}
