using Retort.Testing;

namespace __Name__.Tests;

public sealed class NotesTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly TestClient _client = app.NewClient();

    [Fact]
    public async Task A_note_that_was_added_can_be_read()
    {
        var added = await _client.Post("/notes", json: new { text = "milk" });
        var note = added.AssertStatus(201).GetJson<Note>()!;
        (await _client.Get($"/notes/{note.Id}")).AssertStatus(200).AssertJson(new Note(note.Id, "milk"));
    }

    [Fact]
    public async Task A_note_without_a_text_is_refused_by_name()
    {
        var response = await _client.Post("/notes", json: new { });
        Assert.Contains("text", response.AssertStatus(422).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_note_that_is_not_there_is_not_found() => (await _client.Get("/notes/77")).AssertStatus(404);
}
