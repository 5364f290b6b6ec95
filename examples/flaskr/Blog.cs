using Dapper;
using Retort;
using static Retort.Globals;

namespace Flaskr;

/// <summary>The posts: everyone reads, who is logged in writes, the author changes.</summary>
public static class Blog
{
    private const string SelectPosts = "SELECT p.id, title, body, created, author_id, username FROM post p JOIN user u ON p.author_id = u.id";

    public static Blueprint Blueprint { get; } = Make();

    [Get("/")]
    public static Response Index()
    {
        var posts = Database.Connection().Query<Post>(SelectPosts + " ORDER BY created DESC");
        return RenderTemplate("blog/index.html", new { posts });
    }

    [Route("/create", "GET", "POST"), LoginRequired]
    public static Response Create()
    {
        if (Request.Method == "POST")
        {
            var title = Request.Form["title"];
            var body = Request.Form["body"];
            if (title.Length > 0)
            {
                Database.Connection().Execute("INSERT INTO post (title, body, author_id) VALUES (@title, @body, @author)", new { title, body, author = G.Get<User>("user")!.Id });
                return Redirect(UrlFor("blog.index"));
            }
            Flash("Title is required.");
        }
        return RenderTemplate("blog/create.html");
    }

    [Route("/<int:id>/update", "GET", "POST"), LoginRequired]
    public static Response Update(long id)
    {
        var post = OwnPost(id);
        if (Request.Method == "POST")
        {
            var title = Request.Form["title"];
            var body = Request.Form["body"];
            if (title.Length > 0)
            {
                Database.Connection().Execute("UPDATE post SET title = @title, body = @body WHERE id = @id", new { title, body, id });
                return Redirect(UrlFor("blog.index"));
            }
            Flash("Title is required.");
        }
        return RenderTemplate("blog/update.html", new { post });
    }

    [Post("/<int:id>/delete"), LoginRequired]
    public static Response Delete(long id)
    {
        OwnPost(id);
        Database.Connection().Execute("DELETE FROM post WHERE id = @id", new { id });
        return Redirect(UrlFor("blog.index"));
    }

    private static Blueprint Make()
    {
        var blueprint = new Blueprint("blog");
        blueprint.AddViews(typeof(Blog));
        return blueprint;
    }

    /// <summary>The post, if it is the user's: a missing one is a 404, another's a 403.</summary>
    private static Post OwnPost(long id)
    {
        var post = Database.Connection().QuerySingleOrDefault<Post>(SelectPosts + " WHERE p.id = @id", new { id });
        if (post is null)
            Abort(404, $"Post id {id} doesn't exist.");
        if (post.AuthorId != G.Get<User>("user")!.Id)
            Abort(403);
        return post;
    }
}
