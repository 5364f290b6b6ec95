using Retort.Http;

namespace Retort.Tests.Http;

public class FileTests
{
    [Theory]
    [InlineData("../../../etc/passwd", "etc_passwd")]
    [InlineData("i contain cool \xfcml\xe4uts.txt", "i_contain_cool_umlauts.txt")]
    [InlineData("Ｗide ① 𝕄ath ﬁle.txt", "Wide_1_Math_file.txt")]
    [InlineData("日本語", "")]
    [InlineData("a\x1f" + "b\u3000c", "a_b_c")]
    public void A_secure_name_has_nothing_but_ascii_letters_digits_and_three_signs(string name, string expected) => Assert.Equal(expected, FileNames.Secure(name));

    [Fact]
    public void On_windows_backslashes_separate_and_devices_are_renamed()
    {
        Assert.Equal("a_b.txt", FileNames.Secure("a\\b.txt", windows: true));
        Assert.Equal("_con.txt", FileNames.Secure("con.txt", windows: true));
        Assert.Equal("con.txt", FileNames.Secure("con.txt", windows: false));
    }

    [Fact]
    public void The_ascii_of_every_character_is_what_icu_says()
    {
        // Only where normalization works at all: not with invariant globalization.
        Assert.SkipWhen("é".Normalize(System.Text.NormalizationForm.FormKD) == "é", "invariant globalization: string.Normalize does nothing, the table is not compared");
        for (var code = 0x80; code < 0x1D800; code++)
        {
            if (code is >= 0xD800 and <= 0xDFFF || System.Globalization.CharUnicodeInfo.GetUnicodeCategory(code) == System.Globalization.UnicodeCategory.OtherNotAssigned) continue;
            var text = char.ConvertFromUtf32(code);
            var ascii = string.Concat(text.Normalize(System.Text.NormalizationForm.FormKD).Where(char.IsAscii));
            Assert.Equal(ascii, AsciiFold.Apply(text));
        }
    }

    [Fact]
    public void Paths_are_joined_below_the_folder()
    {
        Assert.Equal("/srv/a/b.txt", SafePath.Join("/srv", "a/./c/../b.txt"));
        Assert.Equal("./a", SafePath.Join("", "a"));
        Assert.Equal("/srv", SafePath.Join("/srv", ""));
        Assert.Null(SafePath.Join("/srv", "a/../../b"));
        Assert.Null(SafePath.Join("/srv", "/etc/passwd"));
        Assert.Null(SafePath.Join("/srv", "a", ".."));
    }

    [Fact]
    public void A_link_out_of_the_folder_does_not_stay_inside()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making symbolic links needs a privilege on Windows");
        var root = Directory.CreateTempSubdirectory("retort-links-").FullName;
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, "static")).FullName;
            var secret = Directory.CreateDirectory(Path.Combine(root, "static_private")).FullName;
            File.WriteAllText(Path.Combine(secret, "key"), "");
            Directory.CreateDirectory(Path.Combine(folder, "sub"));
            File.CreateSymbolicLink(Path.Combine(folder, "within"), "sub");
            File.CreateSymbolicLink(Path.Combine(folder, "sub", "out"), "../../static_private");
            File.CreateSymbolicLink(Path.Combine(folder, "absolute"), secret);
            File.CreateSymbolicLink(Path.Combine(folder, "loop"), "loop");

            Assert.True(SafePath.StaysInside(folder, folder));
            Assert.True(SafePath.StaysInside(folder, Path.Combine(folder, "sub", "new.txt")));
            Assert.True(SafePath.StaysInside(folder, Path.Combine(folder, "within", "new.txt")));
            Assert.False(SafePath.StaysInside(folder, Path.Combine(folder, "sub", "out", "key")));
            Assert.False(SafePath.StaysInside(folder, Path.Combine(folder, "within", "out", "key")));
            Assert.False(SafePath.StaysInside(folder, Path.Combine(folder, "absolute", "key")));
            Assert.False(SafePath.StaysInside(folder, Path.Combine(folder, "loop")));
            Assert.False(SafePath.StaysInside(folder, secret));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Theory]
    [InlineData("a.HTML", "text/html", null)]
    [InlineData("a.tar.gz", "application/x-tar", "gzip")]
    [InlineData("a.TGZ", "application/x-tar", "gzip")]
    [InlineData("a.txt.Z", "text/plain", "compress")]
    [InlineData("a.txt.z", null, null)]
    [InlineData("dir.html/README", null, null)]
    [InlineData(".profile", null, null)]
    [InlineData("", null, null)]
    public void A_type_is_guessed_from_the_name(string name, string? type, string? encoding) => Assert.Equal((type, encoding), MimeTypes.Guess(name));

    [Fact]
    public void A_type_can_be_added()
    {
        MimeTypes.Add("retorttest", "x/y");
        Assert.Equal(("x/y", null), MimeTypes.Guess("a.RetortTest"));
    }

    [Fact]
    public void A_file_on_disk_is_described_and_tagged_by_time_size_and_path()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "12345");
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(1_700_000_000.5));
            var file = FileToSend.AtPath(path);
            Assert.Equal(5, file.Length);
            Assert.StartsWith("1700000000.5-5-", SendFile.Tag(file), StringComparison.Ordinal);
            Assert.Equal("1700000000.0-100-831915518", SendFile.Tag(new FileToSend("/srv/files/t.txt", 100, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000))));
        }
        finally
        {
            File.Delete(path);
        }
        Assert.StartsWith("SendFile: there is no file '", Assert.Throws<FileNotFoundException>(() => FileToSend.AtPath(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_needs_a_name_or_a_type()
    {
        var now = DateTimeOffset.UnixEpoch;
        Assert.Equal(
            "SendFile cannot tell the media type: the content is a stream and has no name. Set DownloadName or Mimetype. (Parameter 'options')",
            Assert.Throws<ArgumentException>(() => SendFile.Plan(new FileToSend(null), new(), new(), now)).Message);
        Assert.Equal(
            "SendFile has no name for the attachment: the content is a stream. Set DownloadName.",
            Assert.Throws<ArgumentException>(() => SendFile.Plan(new FileToSend(null), new() { Mimetype = "a/b", AsAttachment = true }, new(), now)).Message);
    }

    [Fact]
    public void A_stream_of_unknown_length_is_sent_whole()
    {
        var answer = SendFile.Plan(new FileToSend(null), new() { Mimetype = "a/b" }, new() { Range = "bytes=0-1" }, DateTimeOffset.UnixEpoch);
        Assert.Equal(200, answer.Status);
        Assert.Null(answer.Count);
        Assert.False(answer.Headers.Contains("Accept-Ranges"));
    }

    [Fact]
    public void Conditions_hold_for_reading_alone()
    {
        var headers = new Headers { { "ETag", "\"v\"" } };
        Assert.Equal(304, Conditional.Apply(new() { IfNoneMatch = "\"v\"" }, headers, null, false).Status);
        Assert.Equal(200, Conditional.Apply(new() { Method = "POST", IfNoneMatch = "\"v\"" }, headers, null, false).Status);
    }
}
