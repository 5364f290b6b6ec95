using System.Text;
using static Retort.Globals;

namespace Retort.Twin;

internal static class Files
{
    public static void AddTo(App app)
    {
        app.Get("/files/report", Report);
        app.Get("/files/attachment", () => SendFile(Data(), new Http.SendFileOptions { AsAttachment = true, DownloadName = Request.Args["name"] }));
        app.Get("/files/dir/<path:name>", (string name) => SendFromDirectory("files", name));
        app.Get("/files/by-ext/<ext>", (string ext) => SendFile(Data(), new Http.SendFileOptions { DownloadName = $"x.{ext}" }));
    }

    private static Response Report()
    {
        var lines = string.Concat(Enumerable.Range(0, 20).Select(line => $"line {line:00} of the report\n"));
        return SendFile(new MemoryStream(Encoding.ASCII.GetBytes(lines)), new Http.SendFileOptions
        {
            Mimetype = "text/plain",
            DownloadName = "report.txt",
            ETag = "fixed",
            LastModified = DateTimeOffset.FromUnixTimeSeconds(1700000000),
            Conditional = true,
            MaxAge = 300,
        });
    }

    private static MemoryStream Data() => new("data"u8.ToArray());
}
