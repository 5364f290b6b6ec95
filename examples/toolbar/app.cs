// A bookshop with the debug toolbar: queries, templates, messages, a redirect, and a panel of its own. Start it with --debug; without, nothing of the toolbar is there.
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Retort;
using Retort.Toolbar;
using static Retort.Globals;

var app = new App("bookshop") { SecretKey = "dev" };
var toolbar = new DebugToolbarExtension(app);
toolbar.Panels.Add(new MailPanel());

using var store = Store.Open();

app.BeforeRequest(() =>
{
    G["currency"] = "EUR";
});

app.Get("/", Index);
Response Index()
{
    using var db = Database();
    var books = db.Query<Book>("select id, title, price from books order by title").ToList();
    app.Logger.LogInformation("{Count} books are shown", books.Count);
    return RenderTemplate("index.html", new { books, heading = "Books" });
}

app.Get("/book/<int:id>", Show);
Response Show(int id)
{
    using var db = Database();
    var book = db.QuerySingleOrDefault<Book>("select id, title, price from books where id = @id", new { id });
    if (book is null)
    {
        app.Logger.LogWarning("There is no book {Id}", id);
        Abort(404);
    }
    return RenderTemplate("book.html", new { book });
}

app.Post("/book/<int:id>/order", Order);
Response Order(int id)
{
    using var db = Database();
    db.Execute("insert into orders (book, name) values (@id, @name)", new { id, name = Request.Form["name"] });
    Outbox.Of(G).Add(new Mail(Request.Form["name"], $"Your order of book {id}"));
    Flash($"Thank you, {Request.Form["name"]}.");
    return Redirect(UrlFor(Index));
}

app.Run();

// Wrapped, so that the toolbar hears of its queries; the connection itself where it does not listen.
static DbConnection Database() => QueryRecorder.Watch(new SqliteConnection(Store.Address));

internal sealed record Book(long Id, string Title, double Price);

internal sealed record Mail(string To, string Subject);

/// <summary>What was sent during a request.</summary>
internal static class Outbox
{
    public static List<Mail> Of(AppGlobals g) => g.SetDefault("outbox", () => new List<Mail>());
}

/// <summary>A panel of the app's own.</summary>
internal sealed class MailPanel : DebugPanel
{
    public override string Title => "Mail";

    public override string? Subtitle(Context context) => $"{Outbox.Of(context.G).Count} sent";

    public override void Write(Context context, PanelWriter page) =>
        page.Table(["To", "Subject"], Outbox.Of(context.G).Select(mail => new object?[] { mail.To, mail.Subject }), empty: "No mail was sent.");
}

/// <summary>A database in memory, which lives as long as its first connection.</summary>
internal static class Store
{
    public const string Address = "Data Source=bookshop;Mode=Memory;Cache=Shared";

    public static DbConnection Open()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(Address);
        connection.Open();
        connection.Execute("""
            create table books (id integer primary key, title text, price real);
            create table orders (id integer primary key, book integer, name text);
            insert into books (title, price) values ('A room of one''s own', 9.5), ('Middlemarch', 14.0), ('<The> Waves & others', 11.25);
            """);
        return connection;
    }
}
