using Retort;
using static Retort.Globals;

var app = new App { SecretKey = "not so secret" };
var notes = new List<Note> { new("Buy milk", 1), new("Call <Jo>", 2) };

app.BeforeRequest(() =>
{
    G["user"] = "jo";
});

app.Get("/note/<int:id>", Show);
Response Show(int id)
{
    var note = Find(id);
    return note.Title;
}

Note Find(int id)
{
    try
    {
        return notes[id];
    }
    catch (ArgumentOutOfRangeException error)
    {
        throw new InvalidOperationException($"There is no note {id}: <b>only {notes.Count}</b>", error);
    }
}

app.Get("/page/<int:id>", (int id) => RenderTemplate("page.html", new { notes, id }));
app.Get("/broken", () => RenderTemplate("broken.html"));
app.Get("/later", async () =>
{
    await Task.Yield();
    return await Load(3);
});

async Task<string> Load(int number)
{
    await Task.Yield();
    return notes[number].Title;
}

app.Run();

internal sealed record Note(string Title, int Weight);
