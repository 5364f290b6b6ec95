using Retort.Http;

namespace Retort;

/// <summary>Serves the files of a static folder. Source: flask.Flask.send_static_file.</summary>
internal static class StaticFiles
{
    /// <summary>The rule under the folder's URL path, which is its own name unless another was given.</summary>
    public static string RuleOf(Scaffold scaffold) => (scaffold.StaticUrlPath ?? "/" + Path.GetFileName(scaffold.StaticFolder!.TrimEnd('/'))).TrimEnd('/') + "/<path:filename>";

    public static Delegate View(Scaffold scaffold) => (string filename, Context context) =>
        SentFiles.FromDirectory(context, scaffold.StaticPath!, filename, new SendFileOptions());
}
