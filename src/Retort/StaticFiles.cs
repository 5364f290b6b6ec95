using Retort.Http;

namespace Retort;

/// <summary>Serves the files of a static folder. Source: flask.Flask.send_static_file.</summary>
internal static class StaticFiles
{
    /// <summary>The rule under the folder's URL path, which is its own name unless another was given.</summary>
    public static string RuleOf(Scaffold scaffold) => (scaffold.StaticUrlPath ?? "/" + Path.GetFileName(scaffold.StaticFolder!.TrimEnd('/'))).TrimEnd('/') + "/<path:filename>";

    /// <summary>The host of the app's static files. Throws when the app matches hosts and was not told it. Source: flask.Flask, static_host.</summary>
    public static string? HostOf(App app)
    {
        if (app.HostMatching && app.StaticHost is null)
            throw new InvalidOperationException("cannot add the rule of the static files: the app matches hosts, and theirs is not known. Set StaticHost, or StaticFolder = null when there are none.");
        return app.HostMatching || app.StaticHost is null ? app.StaticHost
            : throw new InvalidOperationException($"cannot use StaticHost '{app.StaticHost}': the app does not match hosts. Set HostMatching = true, or leave StaticHost out.");
    }

    public static Delegate View(Scaffold scaffold) => (string filename, Context context) =>
        SentFiles.FromDirectory(context, scaffold.StaticPath!, filename, new SendFileOptions());
}
