using System.Text;
using Retort.Testing;
using static Retort.Forms.Validators;

namespace Retort.Forms.Tests;

public sealed class UploadTests
{
    private sealed class PhotoForm : FlaskForm
    {
        public StringField Title = new("Title", DataRequired());
        public FileField Photo = new("Photo", FileRequired(), FileAllowed("png"), FileSize(4, 1));

        protected override bool CsrfEnabled => false;

        public async Task<string?> ValidateTitle(StringField field)
        {
            await Task.Yield();
            return field.Data == "taken" ? "Taken." : null;
        }
    }

    private static async Task<string> Post(string title, string fileName, string content)
    {
        var app = Apps.Make();
        app.Post("/", async () =>
        {
            var form = new PhotoForm();
            return await form.ValidateOnSubmitAsync() ? $"{form.Title.Data} {form.Photo.SafeName} {form.Photo.Data!.Stream.Length}" : string.Join(";", form.SelectMany(field => field.Errors));
        });
        var body = $"--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n{title}\r\n--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"{fileName}\"\r\nContent-Type: image/png\r\n\r\n{content}\r\n--b--\r\n";
        return (await app.TestClient().Post("/", data: Encoding.UTF8.GetBytes(body), headers: new Dictionary<string, object?> { ["Content-Type"] = "multipart/form-data; boundary=b" })).Text;
    }

    [Fact]
    public async Task A_form_takes_fields_and_files_of_the_request() => Assert.Equal("cat me.png 3", await Post("cat", "../me.png", "abc"));

    [Fact]
    public async Task Empty_and_large_files_files_not_chosen_and_asynchronous_checks_are_errors()
    {
        Assert.Equal("File must be between 1 and 4 bytes.", await Post("cat", "me.png", ""));
        Assert.Equal("File must be between 1 and 4 bytes.", await Post("cat", "me.png", "abcde"));
        Assert.Equal("This field is required.", await Post("cat", "", ""));
        Assert.Equal("Taken.;File does not have an approved extension: png", await Post("taken", "me.exe", "abc"));
    }
}
