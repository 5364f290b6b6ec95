using Retort.Testing;

namespace __Name__.Tests;

public sealed class NotesTests
{
    private readonly TestClient _client = Application.Create().TestClient();

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
        Assert.Equal(404, response.StatusCode);
        Assert.Contains("href=\"/\"", response.Text);
    }
}
