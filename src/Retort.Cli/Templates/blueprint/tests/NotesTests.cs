using Retort.Testing;

namespace __Name__.Tests;

public sealed class NotesTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly TestClient _client = app.NewClient();

    [Fact]
    public async Task A_note_that_was_added_is_listed_and_escaped()
    {
        var response = await _client.Post("/notes/", form: new { text = "<milk>" }, followRedirects: true);
        Assert.Contains("<li>&lt;milk&gt;</li>", response.Text);
    }

    [Fact]
    public async Task An_empty_note_is_refused()
    {
        var response = await _client.Post("/notes/", form: new { text = " " }, followRedirects: true);
        Assert.Contains("A note needs a text.", response.Text);
    }

    [Fact]
    public async Task An_address_without_a_page_leads_back()
    {
        var response = await _client.Get("/nowhere");
        Assert.Contains("href=\"/\"", response.AssertStatus(404).Text);
    }
}
