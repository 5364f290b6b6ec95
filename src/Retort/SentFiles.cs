using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;
using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort;

/// <summary>Sends files. Source: flask.helpers.send_file and send_from_directory.</summary>
internal static class SentFiles
{
    /// <summary>A file of the app's own; relative paths are in the app's root folder. Throws <see cref="FileNotFoundException"/> when it is not there.</summary>
    public static Response File(Context context, string path, SendFileOptions options) => Send(context, FileToSend.AtPath(Path.Combine(context.App.RootPath, path)), options);

    /// <summary>A stream; the name and type come from the options.</summary>
    public static Response Stream(Context context, Stream content, SendFileOptions options) =>
        Send(context, new FileToSend(null, content.CanSeek ? content.Length : null), (offset, count) => Part(content, offset, count), options);

    /// <summary>A file whose path came from a browser. A path that leaves the folder, by dots or by links, and one that is no file, is a 404.</summary>
    public static Response FromDirectory(Context context, string directory, string path, SendFileOptions options)
    {
        var folder = Path.Combine(context.App.RootPath, directory);
        if (path.Contains('\0', StringComparison.Ordinal) || SafePath.Join(folder, path) is not { } full || FileToSend.Find(full) is not { } file || !SafePath.StaysInside(folder, full))
            throw new NotFound();
        return Send(context, file, options);
    }

    private static Response Send(Context context, FileToSend file, SendFileOptions options) =>
        Send(context, file, (offset, count) => new FileBody(Open(file.Path!), offset, count!.Value), options);

    private static Response Send(Context context, FileToSend file, Func<long, long?, Body> bodyOf, SendFileOptions options)
    {
        var maxAge = options.MaxAge ?? context.App.AnswerOptions.FileMaxAge;
        var answer = SendFile.Plan(file, options with { MaxAge = maxAge }, ConditionalHeaders.Of(context.Http.Request), DateTimeOffset.UtcNow);
        var hasContent = answer.Status is 200 or 206 or 412 && !HttpMethods.IsHead(context.Http.Request.Method);
        var response = new Response(hasContent ? bodyOf(answer.Offset, answer.Count) : Body.Empty, answer.Status) { ContentType = null };
        response.Headers.Extend(answer.Headers);
        if (file.Path is not null && hasContent && context.App.AnswerOptions.UseXSendFile)
            return InstructServer(response, file.Path);
        if (answer.Status is 200 or 206 && answer.Count is { } count)
            response.Headers["Content-Length"] = count.ToString(CultureInfo.InvariantCulture);
        return response;
    }

    /// <summary>Leaves the sending to the server in front, which knows the header. Source: werkzeug.utils.send_file, use_x_sendfile.</summary>
    private static Response InstructServer(Response response, string path)
    {
        response.Content = Body.Empty;
        response.Headers["X-Sendfile"] = Path.GetFullPath(path);
        response.Headers.Remove("Content-Length");
        return response;
    }

    private static StreamBody Part(Stream content, long offset, long? count)
    {
        if (offset > 0)
            content.Seek(offset, SeekOrigin.Begin);
        return new StreamBody(content, count);
    }

    private static SafeFileHandle Open(string path) => System.IO.File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.Asynchronous);
}
