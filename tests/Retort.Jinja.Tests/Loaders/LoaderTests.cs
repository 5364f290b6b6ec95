using System.Text;
using Retort.Jinja.Loaders;

namespace Retort.Jinja.Tests.Loaders;

public sealed class LoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jinja").FullName;

    public LoaderTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "templates", "sub"));
        File.WriteAllText(Path.Combine(_folder, "secret.txt"), "secret");
        File.WriteAllText(Path.Combine(_folder, "templates", "a.txt"), "a");
        File.WriteAllText(Path.Combine(_folder, "templates", "sub", "b.txt"), "b");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private JinjaEnvironment Environment(bool followLinks = false) => new() { Loader = new FileSystemLoader(Path.Combine(_folder, "templates")) { FollowLinks = followLinks } };

    [Theory]
    [InlineData("a.txt", "a")]
    [InlineData("sub/b.txt", "b")]
    [InlineData("/sub//./b.txt", "b")]
    public void Files_are_found_by_their_path(string name, string text) => Assert.Equal(text, Environment().GetTemplate(name).Render());

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("sub/../../secret.txt")]
    [InlineData("..\\secret.txt")]
    [InlineData("sub/..")]
    [InlineData("")]
    [InlineData("a.txt\0.html")]
    [InlineData("C:/secret.txt")]
    public void No_name_leads_out_of_the_folder(string name) => Assert.Throws<TemplateNotFoundError>(() => Environment().GetTemplate(name));

    [Fact]
    public void An_absolute_path_is_looked_for_inside_the_folder() =>
        Assert.Throws<TemplateNotFoundError>(() => Environment().GetTemplate(Path.Combine(_folder, "secret.txt")));

    [Fact]
    public void A_link_that_leads_out_is_followed_only_if_allowed()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "templates", "link.txt"), Path.Combine(_folder, "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "templates", "dir"), "..");
        File.CreateSymbolicLink(Path.Combine(_folder, "templates", "inner.txt"), "sub/b.txt");
        Assert.Throws<TemplateNotFoundError>(() => Environment().GetTemplate("link.txt"));
        Assert.Throws<TemplateNotFoundError>(() => Environment().GetTemplate("dir/secret.txt"));
        // A neighbour whose name begins alike is no part of the folder.
        Directory.CreateDirectory(Path.Combine(_folder, "templates_private"));
        File.WriteAllText(Path.Combine(_folder, "templates_private", "key.txt"), "key");
        File.CreateSymbolicLink(Path.Combine(_folder, "templates", "key.txt"), Path.Combine(_folder, "templates_private", "key.txt"));
        Assert.Throws<TemplateNotFoundError>(() => Environment().GetTemplate("key.txt"));
        Assert.Equal("b", Environment().GetTemplate("inner.txt").Render());
        Assert.Equal("secret", Environment(followLinks: true).GetTemplate("link.txt").Render());
    }

    [Fact]
    public void A_changed_file_is_read_again()
    {
        var environment = Environment();
        var path = Path.Combine(_folder, "templates", "a.txt");
        Assert.Equal("a", environment.GetTemplate("a.txt").Render());
        File.WriteAllText(path, "new");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(1));
        Assert.Equal("new", environment.GetTemplate("a.txt").Render());
    }

    [Fact]
    public void Files_are_listed_with_slashes() => Assert.Equal(["a.txt", "sub/b.txt"], new FileSystemLoader(Path.Combine(_folder, "templates")).ListTemplates());

    [Fact]
    public void Embedded_resources_are_templates()
    {
        var environment = new JinjaEnvironment { Loader = new EmbeddedResourceLoader(typeof(LoaderTests).Assembly, "Embedded") };
        Assert.Equal("Hello you", environment.GetTemplate("mail/hello.txt").Render(new { name = "you" }));
        Assert.Throws<TemplateNotFoundError>(() => environment.GetTemplate("mail/nope.txt"));
    }

    [Fact]
    public void Loaders_combine()
    {
        var first = new DictionaryLoader(new Dictionary<string, string> { ["a"] = "1" });
        var second = new FunctionLoader(name => name is "a" or "b" ? $"2{name}" : (string?)null);
        var environment = new JinjaEnvironment { Loader = new PrefixLoader(new Dictionary<string, Loader> { ["app"] = new ChoiceLoader(first, second) }) };
        Assert.Equal("1", environment.GetTemplate("app/a").Render());
        Assert.Equal("2b", environment.GetTemplate("app/b").Render());
        Assert.Throws<TemplateNotFoundError>(() => environment.GetTemplate("a"));
        Assert.Equal(["app/a"], environment.Loader.ListTemplates());
    }

    [Fact]
    public void Several_names_that_do_not_exist_are_all_told()
    {
        var error = Assert.Throws<TemplatesNotFoundError>(() => Environment().SelectTemplate(["x", "y"]));
        Assert.Equal(["x", "y"], error.Templates);
        Assert.Equal("none of the templates given were found: x, y", error.Reason);
    }

    [Fact]
    public void A_file_that_is_not_found_is_told_with_the_folders_as_they_were_given()
    {
        var one = new JinjaEnvironment { Loader = new FileSystemLoader("pages") };
        Assert.Equal("'no.html' not found in search path: 'pages'", Assert.Throws<TemplateNotFoundError>(() => one.GetTemplate("no.html")).Reason);
        var two = new JinjaEnvironment { Loader = new FileSystemLoader("pages", "it's") };
        Assert.Equal("'no.html' not found in search paths: 'pages', \"it's\"", Assert.Throws<TemplateNotFoundError>(() => two.GetTemplate("no.html")).Reason);
        Assert.Equal("../no.html", Assert.Throws<TemplateNotFoundError>(() => one.GetTemplate("../no.html")).Reason);
    }

    private sealed class ListingLoader(Func<IEnumerable<string>> list) : Loader
    {
        public override TemplateSource? Load(JinjaEnvironment environment, string name) => name == "main" ? new TemplateSource("{% include ['a', 'b'] ignore missing %}.") : null;

        public override IEnumerable<string> ListTemplates() => list();
    }

    [Fact]
    public void Templates_are_listed_only_for_who_reads_that_one_is_missing()
    {
        var listed = 0;
        var environment = new JinjaEnvironment { Loader = new ListingLoader(() => { listed++; return ["main"]; }) };
        Assert.Equal(".", environment.GetTemplate("main").Render());
        Assert.Equal(0, listed);
        var error = Assert.Throws<TemplateNotFoundError>(() => environment.GetTemplate("mian"));
        Assert.Equal("mian. Did you mean 'main'?", error.Message);
    }

    [Fact]
    public void A_loader_that_cannot_list_does_not_hide_that_a_template_is_missing()
    {
        var environment = new JinjaEnvironment { Loader = new ListingLoader(() => throw new IOException("no connection")) };
        Assert.Equal("mian", Assert.Throws<TemplateNotFoundError>(() => environment.GetTemplate("mian")).Message);
    }

    [Fact]
    public void A_loaders_own_error_reaches_the_caller_with_the_place_that_asked()
    {
        var environment = new JinjaEnvironment
        {
            Loader = new ChoiceLoader(
                new DictionaryLoader(new Dictionary<string, string> { ["main"] = "\n{% include 'x' ignore missing %}" }),
                new FunctionLoader((Func<string, string?>)(_ => throw new IOException("no connection")))),
        };
        var error = Assert.Throws<IOException>(() => environment.GetTemplate("main").Render());
        Assert.Equal("template \"main\", line 2", error.Data["Retort.Jinja.Position"]);
    }

    [Fact]
    public void Files_are_utf_8_or_utf_16_with_any_line_ends()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            void Save(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder.FullName, name), bytes);
            Save("bom", [.. Encoding.UTF8.Preamble, .. "é"u8]);
            Save("utf16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("é")]);
            Save("utf16be", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("é")]);
            Save("lines", "a\r\nb\rc\n"u8.ToArray());
            Save("latin1", [.. "abc "u8, 0xe9, .. " def"u8]);
            Directory.CreateDirectory(Path.Combine(folder.FullName, "folder"));
            // Names of files where they are allowed to be; on Windows they would lead elsewhere.
            if (!OperatingSystem.IsWindows())
                Assert.All(["c:bom", "\\bom", "..\\bom"], name => Save(name, [1]));
            var environment = new JinjaEnvironment { Loader = new FileSystemLoader(folder.FullName) };
            Assert.All(["bom", "utf16", "utf16be"], name => Assert.Equal("é", environment.GetTemplate(name).Render()));
            Assert.Equal("a\nb\nc", environment.GetTemplate("lines").Render());
            Assert.Equal("the file is not valid UTF-8; save it as UTF-8\n  template \"latin1\", line 1", Assert.Throws<TemplateSyntaxError>(() => environment.GetTemplate("latin1")).Message);
            foreach (var name in new[] { "folder", "folder/", ".", "", "/", "a\0b", "c:bom", "\\bom", "../bom", "folder/../bom", "..\\bom", "%2e%2e/bom", new string('a', 5000) })
                Assert.Throws<TemplateNotFoundError>(() => environment.GetTemplate(name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_template_whose_file_is_deleted_is_gone()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "a"), "text");
            var environment = new JinjaEnvironment { Loader = new FileSystemLoader(folder.FullName) };
            Assert.Equal("text", environment.GetTemplate("a").Render());
            File.Delete(Path.Combine(folder.FullName, "a"));
            Assert.Throws<TemplateNotFoundError>(() => environment.GetTemplate("a"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Of_a_name_that_several_loaders_know_there_is_one() =>
        Assert.Equal(["a", "b"], new ChoiceLoader(
            new DictionaryLoader(new Dictionary<string, string> { ["b"] = "" }), new DictionaryLoader(new Dictionary<string, string> { ["b"] = "", ["a"] = "" })).ListTemplates());
}
