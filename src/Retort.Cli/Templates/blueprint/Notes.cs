using System.Collections.Concurrent;
using Retort;
using static Retort.Globals;

namespace __Name__;

/// <summary>Notes: a list, and a form to add one. They are gone when the app ends; a database is where they belong.</summary>
public static class Notes
{
    public static Blueprint Blueprint()
    {
        var notes = new Blueprint("notes") { UrlPrefix = "/notes" };
        var all = new ConcurrentQueue<string>();

        notes.Get("/", () => RenderTemplate("notes/index.html", new { notes = all }), endpoint: "index");
        notes.Post("/", () => Add(all), endpoint: "add");
        return notes;
    }

    private static Response Add(ConcurrentQueue<string> all)
    {
        var text = Request.Form.Get("text", "").Trim();
        if (text.Length == 0)
            Flash("A note needs a text.");
        else
            all.Enqueue(text);
        return Redirect(UrlFor("notes.index"));
    }
}
