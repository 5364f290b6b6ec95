using Retort.Testing;

namespace __Name__.Tests;

public sealed class NotesTests
{
    private readonly TestClient _client = Application.Create().TestClient();

    [Fact]
    public async Task A_note_that_was_added_can_be_read()
    {
        var added = await _client.Post("/notes", json: new { text = "milk" });
        Assert.Equal(201, added.StatusCode);
        var read = await _client.Get("/notes/1");
        Assert.Equal(new Note(1, "milk"), read.GetJson<Note>());
    }

    [Fact]
    public async Task A_note_without_a_text_is_refused_by_name()
    {
        var response = await _client.Post("/notes", json: new { });
        Assert.Equal(422, response.StatusCode);
        Assert.Contains("text", response.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_note_that_is_not_there_is_not_found() => Assert.Equal(404, (await _client.Get("/notes/7")).StatusCode);
}
