using System.Text;
using Retort.Http;

namespace Retort.Tests.Http;

/// <summary>Temporary files belong to the process: these tests run while no other one uploads.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class UploadFileTests
{
    [Fact]
    public async Task A_large_file_goes_to_a_temporary_file_that_disappears()
    {
        var before = OpenFiles();
        using (var form = await FormParserTests.Parse(FormParserTests.Body(("f", "x", new string('y', 700_000)))))
        {
            Assert.Equal(0, ((UploadStream)form.Files["f"].Stream).BytesInMemory);
            Assert.Equal(700_000, form.Files["f"].Stream.Length);
            Assert.Equal(0, form.Files["f"].Stream.Position);
            Assert.Single(OpenFiles().Except(before));
        }
        Assert.Empty(OpenFiles().Except(before));
    }

    [Fact]
    public async Task A_form_that_fails_leaves_no_open_file_behind()
    {
        var before = OpenFiles();
        using var form = await FormParserTests.Parse(Encoding.UTF8.GetBytes($"--bnd\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n{new string('y', 700_000)}\r\n--bnd\r\n"));
        Assert.Empty(form.Files);
        Assert.Empty(OpenFiles().Except(before));
    }

    /// <summary>The temporary files that are open here: on Linux one has lost its name by then, and only the process knows it.</summary>
    private static List<string> OpenFiles() => OperatingSystem.IsLinux()
        ? [.. Directory.GetFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget ?? "").Where(target => target.Contains("retort-upload-", StringComparison.Ordinal))]
        : [.. Directory.GetFiles(Path.GetTempPath(), "retort-upload-*")];
}
