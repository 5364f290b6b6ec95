using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Retort;
using static Retort.Globals;

namespace __Name__;

/// <summary>A note as it is sent.</summary>
public sealed record NoteInput([property: Required, StringLength(200, MinimumLength = 1)] string? Text);

/// <summary>A note as it is kept.</summary>
public sealed record Note(int Id, string Text);

/// <summary>Makes the app: one each for the server, a command or a test.</summary>
public static class Application
{
    public static App Create()
    {
        var app = new App("__name__");
        app.Config.FromPrefixedEnvironment();
        // Gone when the app ends; a database is where they belong.
        var notes = new ConcurrentDictionary<int, Note>();
        var last = 0;

        app.Get("/notes", () => notes.Values.OrderBy(note => note.Id).ToList(), endpoint: "notes");
        app.Get("/notes/<int:id>", (int id) => Find(notes, id), endpoint: "note");
        app.Post("/notes", ([FromBody] NoteInput input) =>
        {
            var note = new Note(Interlocked.Increment(ref last), input.Text!);
            notes[note.Id] = note;
            return (note, 201);
        }, endpoint: "add_note");
        return app;
    }

    private static Note Find(ConcurrentDictionary<int, Note> notes, int id)
    {
        if (!notes.TryGetValue(id, out var note))
            Abort(404);
        return note!;
    }
}
