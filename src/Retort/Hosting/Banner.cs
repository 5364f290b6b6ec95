namespace Retort.Hosting;

/// <summary>What is printed when the server is up; Flask's lines. Source: flask.cli.show_server_banner, werkzeug.serving.</summary>
internal static class Banner
{
    public static void Print(TextWriter output, HostOptions options, ICollection<string> addresses)
    {
        output.WriteLine($" * Serving Retort app '{options.AppName}'");
        output.WriteLine($" * Debug mode: {(options.Debug ? "on" : "off")}");
        if (options.Host is "0.0.0.0" or "::")
            output.WriteLine($" * Running on all addresses ({options.Host})");
        foreach (var address in addresses)
            output.WriteLine($" * Running on {Shown(address)}");
        output.WriteLine("Press CTRL+C to quit");
        foreach (var note in options.Notes)
            output.WriteLine(note);
        output.Flush();
    }

    private static string Shown(string address) =>
        address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "[::1]", StringComparison.Ordinal);
}
