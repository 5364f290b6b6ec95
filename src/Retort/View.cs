namespace Retort;

/// <summary>
/// A view as a class: its public method <c>DispatchRequest</c> answers, with parameters as any view has them. Each request gets an object of its own from the
/// function the class was registered with, so that its fields belong to that request; a function that returns the same object each time shares it.
/// Decorators on the class go around all its methods. Source: flask.views.View.
/// </summary>
/// <example>
/// <code>
/// sealed class ShowAll(string template) : View
/// {
///     public Response DispatchRequest() => Globals.RenderTemplate(template);
/// }
/// app.AddUrlRule("/users/", "users", () => new ShowAll("users.html"));
/// </code>
/// </example>
public abstract class View;

/// <summary>
/// A view for one resource with several verbs: its public methods <c>Get</c>, <c>Post</c>, <c>Put</c>, <c>Patch</c>, <c>Delete</c>, <c>Head</c>, <c>Options</c> and
/// <c>Trace</c> answer the requests of their names. A rule without methods takes those that are there; HEAD falls back to <c>Get</c>. Source: flask.views.MethodView.
/// </summary>
public abstract class MethodView : View;
