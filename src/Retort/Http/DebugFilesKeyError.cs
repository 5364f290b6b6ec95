namespace Retort.Http;

/// <summary>
/// In debug mode, a file that was read from a form which sent its name alone, because the form lacks <c>enctype="multipart/form-data"</c>.
/// Source: flask.debughelpers.DebugFilesKeyError.
/// </summary>
public sealed class DebugFilesKeyError : KeyNotFoundException
{
    internal DebugFilesKeyError(string message) : base(message)
    {
    }

    /// <summary>The files with this error for the keys that the form has as fields.</summary>
    internal static MultiDict<FileStorage> Explain(Request request, MultiDict<FileStorage> files)
    {
        if (request.MimeType == "multipart/form-data" || files.Count > 0)
            return files;
        var explained = new MultiDict<FileStorage> { Missing = key => request.Form.Contains(key) ? For(request, key) : null };
        explained.Freeze();
        return explained;
    }

    private static DebugFilesKeyError For(Request request, string key)
    {
        var names = string.Join(", ", request.Form.GetList(key).Select(name => $"'{name}'"));
        return new DebugFilesKeyError(
            $"You tried to access the file '{key}' in request.Files, but it does not exist. The mimetype for the request is '{request.MimeType}' instead of 'multipart/form-data', "
            + "which means that no file contents were transmitted. To fix this error write enctype=\"multipart/form-data\" in your form."
            + (names.Length == 0 ? "" : $"\n\nThe browser instead transmitted some file names. This was submitted: {names}"));
    }
}
