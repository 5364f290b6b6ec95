// A JSON API of todos for pages of any origin, as the project TodoBackend describes it.
using Microsoft.AspNetCore.Mvc;
using Retort;
using Retort.Http.Exceptions;
using static Retort.Globals;

var app = new App();
var todos = new TodoList();

app.Get("/todos", Index);
object Index() => todos.All().Select(Shown);

app.Post("/todos", Create);
Response Create([FromBody] Changes given) => (Shown(todos.Add(given)), 201);

app.Delete("/todos", Clear);
Response Clear()
{
    todos.Clear();
    return ("", 204);
}

app.Get("/todos/<int:id>", Show);
object Show(int id) => Shown(todos.Find(id) ?? throw Missing(id));

app.Patch("/todos/<int:id>", Update);
object Update(int id, [FromBody] Changes given) => Shown(todos.Update(id, given) ?? throw Missing(id));

app.Delete("/todos/<int:id>", Delete);
Response Delete(int id) => todos.Remove(id) ? ("", 204) : throw Missing(id);

app.ErrorHandler<HttpException>(error => (new { error = error.Name, description = error.Description }, error.Code));

app.AfterRequest(AllowAllOrigins);
void AllowAllOrigins(Response response)
{
    response.Headers["Access-Control-Allow-Origin"] = "*";
    response.Headers["Access-Control-Allow-Methods"] = "GET, POST, PATCH, DELETE, OPTIONS";
    response.Headers["Access-Control-Allow-Headers"] = "Content-Type";
}

app.Run();

object Shown(Todo todo) => new { title = todo.Title, completed = todo.Completed, order = todo.Order, url = UrlFor(Show, new { id = todo.Id }, external: true) };

NotFound Missing(int id) => new($"There is no todo {id}.");

internal sealed record Todo(int Id, string Title = "", bool Completed = false, double? Order = null)
{
    public Todo With(Changes changes) => this with { Title = changes.Title ?? Title, Completed = changes.Completed ?? Completed, Order = changes.Order ?? Order };
}

internal sealed record Changes(string? Title, bool? Completed, double? Order);

/// <summary>The todos in the order they were made. Requests run side by side, so each takes the lock.</summary>
internal sealed class TodoList
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, Todo> _todos = [];
    private int _lastId;

    public List<Todo> All()
    {
        lock (_lock)
            return [.. _todos.Values];
    }

    public Todo? Find(int id)
    {
        lock (_lock)
            return _todos.GetValueOrDefault(id);
    }

    public Todo Add(Changes given)
    {
        lock (_lock)
            return _todos[++_lastId] = new Todo(_lastId).With(given);
    }

    public Todo? Update(int id, Changes given)
    {
        lock (_lock)
            return _todos.TryGetValue(id, out var todo) ? _todos[id] = todo.With(given) : null;
    }

    public bool Remove(int id)
    {
        lock (_lock)
            return _todos.Remove(id);
    }

    public void Clear()
    {
        lock (_lock)
            _todos.Clear();
    }
}
