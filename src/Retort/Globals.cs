using System.Diagnostics.CodeAnalysis;
using Retort.Http;
using Retort.Http.Exceptions;
using Retort.Jinja;
using Retort.Sessions;
using Retort.Templating;

namespace Retort;

/// <summary>
/// Flask's context locals and functions, for <c>using static Retort.Globals;</c>. They mean the request that is being answered.
/// Source: flask.globals, flask.helpers, flask.templating.
/// </summary>
public static class Globals
{
    /// <summary>The app that answers. Throws <see cref="ContextError"/> outside of a request or command.</summary>
    public static App CurrentApp => Context.Require(nameof(CurrentApp)).App;

    /// <summary>The request. Throws <see cref="ContextError"/> outside of one.</summary>
    public static Request Request => Context.RequireRequest(nameof(Request)).Request;

    /// <summary>The browser's session. Throws <see cref="ContextError"/> outside of a request.</summary>
    public static Session Session => Context.RequireRequest(nameof(Session)).Session;

    /// <summary>Values of this request or command. Throws <see cref="ContextError"/> outside of both.</summary>
    public static AppGlobals G => Context.Require(nameof(G)).G;

    /// <summary>Whether there is a request.</summary>
    public static bool HasRequestContext => Context.Current is { HasRequest: true };

    /// <summary>Whether there is an app.</summary>
    public static bool HasAppContext => Context.Current is not null;

    /// <summary>Ends the view with an HTTP error: <c>Abort(404)</c>. Throws the error of that code; an unknown code throws <see cref="KeyNotFoundException"/>.</summary>
    [DoesNotReturn]
    public static void Abort(int code, string? description = null) => throw HttpException.For(code, description);

    /// <summary>Ends the view with a response.</summary>
    [DoesNotReturn]
    public static void Abort(Response response) => throw new ResponseException(response);

    /// <summary>A redirect to a URL, which is sent as it is given, percent-encoded. Check addresses that come from a browser with <see cref="RedirectTargets"/> first.</summary>
    /// <param name="location">Where to; relative or absolute.</param>
    /// <param name="code">301, 302, 303, 305, 307 or 308.</param>
    public static Response Redirect(string location, int code = 302) => Redirects.To(location, code);

    /// <summary>
    /// The URL of an endpoint. Values fill the rule's variables, the rest becomes the query; null values are left out. A name with a leading dot is in the current blueprint.
    /// </summary>
    /// <param name="endpoint">Such as <c>index</c>, <c>blog.show</c> or <c>.show</c>.</param>
    /// <param name="values">An object's properties or a dictionary: <c>new { id = 3 }</c>.</param>
    /// <param name="anchor">Is added after <c>#</c>.</param>
    /// <param name="method">Picks the rule for this method.</param>
    /// <param name="scheme">The scheme of an absolute URL, which this makes it.</param>
    /// <param name="external">Whether the URL is absolute. Default: only outside of a request.</param>
    /// <exception cref="Routing.BuildError">There is no such endpoint, or a variable has no value.</exception>
    public static string UrlFor(string endpoint, object? values = null, string? anchor = null, string? method = null, string? scheme = null, bool? external = null)
    {
        var context = Context.Require(nameof(UrlFor));
        return context.App.Urls.For(context, endpoint, ObjectValues.Of(values), new UrlOptions(anchor, method, scheme, external));
    }

    /// <summary>The URL of a view: the checked form of <see cref="UrlFor(string, object?, string?, string?, string?, bool?)"/>, so that a renamed view does not compile.</summary>
    public static string UrlFor(Delegate view, object? values = null, string? anchor = null, string? method = null, string? scheme = null, bool? external = null) =>
        UrlFor(Context.Require(nameof(UrlFor)).App.EndpointOf(view), values, anchor, method, scheme, external);

    /// <summary>Renders a template of the app's template folder.</summary>
    /// <param name="name">Path inside the template folder.</param>
    /// <param name="values">What the template sees: an object's properties or a dictionary.</param>
    /// <exception cref="Jinja.TemplateNotFoundError">There is no such template.</exception>
    public static RenderedTemplate RenderTemplate(string name, object? values = null)
    {
        var context = Context.Require(nameof(RenderTemplate));
        return context.App.Templates.Render(context, context.App.Jinja.GetTemplate(name), values);
    }

    /// <summary>Renders the first of several templates that exists.</summary>
    public static RenderedTemplate RenderTemplate(IEnumerable<string> names, object? values = null)
    {
        var context = Context.Require(nameof(RenderTemplate));
        return context.App.Templates.Render(context, context.App.Jinja.SelectTemplate(names), values);
    }

    /// <summary>Renders a template given as text. What it prints is escaped as HTML.</summary>
    public static RenderedTemplate RenderTemplateString(string source, object? values = null)
    {
        var context = Context.Require(nameof(RenderTemplateString));
        return context.App.Templates.Render(context, context.App.Jinja.FromString(source), values);
    }

    /// <summary>Renders a template piece by piece while it is sent, so that the browser sees the beginning of a long page at once. Return it from the view.</summary>
    /// <param name="name">Path inside the template folder.</param>
    /// <param name="values">What the template sees: an object's properties or a dictionary.</param>
    /// <exception cref="Jinja.TemplateNotFoundError">There is no such template.</exception>
    public static IAsyncEnumerable<string> StreamTemplate(string name, object? values = null)
    {
        var context = Context.Require(nameof(StreamTemplate));
        return TemplateRenderer.Stream(context, context.App.Jinja.GetTemplate(name), values);
    }

    /// <summary>As <see cref="StreamTemplate"/>, for a template given as text.</summary>
    public static IAsyncEnumerable<string> StreamTemplateString(string source, object? values = null)
    {
        var context = Context.Require(nameof(StreamTemplateString));
        return TemplateRenderer.Stream(context, context.App.Jinja.FromString(source), values);
    }

    /// <summary>
    /// A macro of a template, to be called from C#: <c>GetTemplateAttribute("_forms.html", "field")("name")</c>. It sees no request.
    /// </summary>
    /// <param name="templateName">Path inside the template folder.</param>
    /// <param name="attribute">The macro's name. Throws <see cref="ArgumentException"/> when the template exports none of that name.</param>
    public static TemplateMacro GetTemplateAttribute(string templateName, string attribute) =>
        Context.Require(nameof(GetTemplateAttribute)).App.Templates.Macro(templateName, attribute);

    /// <summary>A message that the next rendered page shows. Kept in the session.</summary>
    public static void Flash(string message, string category = "message") => Flashes.Add(Context.RequireRequest(nameof(Flash)), message, category);

    /// <summary>A message that is HTML already: it is printed as it is.</summary>
    public static void Flash(Markup message, string category = "message") => Flashes.Add(Context.RequireRequest(nameof(Flash)), message, category);

    /// <summary>Takes the flashed messages out of the session; within one request every call gives the same.</summary>
    /// <param name="categoryFilter">Only these categories; none means all.</param>
    public static IReadOnlyList<string> GetFlashedMessages(params string[] categoryFilter) =>
        [.. GetFlashedMessagesWithCategories(categoryFilter).Select(flash => flash.Message)];

    /// <summary>As <see cref="GetFlashedMessages"/>, with the category of each.</summary>
    public static IReadOnlyList<(string Category, string Message)> GetFlashedMessagesWithCategories(params string[] categoryFilter) =>
        [.. Flashes.Take(Context.RequireRequest(nameof(GetFlashedMessages)), categoryFilter).Select(flash => (flash.Category, flash.Message.ToString() ?? ""))];

    /// <summary>A JSON response of a value: an object's properties, a dictionary, a list, or a plain value.</summary>
    public static Response Jsonify(object? value) => Responses.MakeJson(Context.Require(nameof(Jsonify)).App, value);

    /// <summary>A JSON response of null.</summary>
    public static Response Jsonify() => Jsonify(null);

    /// <summary>A JSON response of a list of two values or more.</summary>
    public static Response Jsonify(object? first, object? second, params object?[] others) => Jsonify(new List<object?>([first, second, .. others]));

    /// <summary>The response that a view returning this value would give, to add headers or cookies to.</summary>
    public static Response MakeResponse(object value) => Responses.Make(Context.Require(nameof(MakeResponse)), value);

    /// <summary>Sends a file of the app's own, with ETag, ranges and the answers to conditional requests. Never give it a path that a browser sent.</summary>
    /// <param name="path">Relative to the app's root folder, or absolute. Throws <see cref="FileNotFoundException"/> when it is not there.</param>
    /// <param name="options">How it is sent.</param>
    public static Response SendFile(string path, SendFileOptions? options = null) => SentFiles.File(Context.RequireRequest(nameof(SendFile)), path, options ?? new());

    /// <summary>Sends a stream as a file; give its name or type in the options. It is closed afterwards.</summary>
    public static Response SendFile(Stream content, SendFileOptions options) => SentFiles.Stream(Context.RequireRequest(nameof(SendFile)), content, options);

    /// <summary>Sends a file of a folder whose path came from a browser. What is not a file inside of the folder is a 404.</summary>
    public static Response SendFromDirectory(string directory, string path, SendFileOptions? options = null) =>
        SentFiles.FromDirectory(Context.RequireRequest(nameof(SendFromDirectory)), directory, path, options ?? new());

    /// <summary>
    /// A function that runs with a copy of this request wherever it is called, also after the request has ended: <c>Task.Run(CopyCurrentRequestContext(SendMail))</c>.
    /// Source: flask.copy_current_request_context.
    /// </summary>
    public static Func<Task> CopyCurrentRequestContext(Func<Task> function) =>
        Context.RequireRequest(nameof(CopyCurrentRequestContext)).Copied(async () => { await function(); return true; });

    /// <inheritdoc cref="CopyCurrentRequestContext(Func{Task})"/>
    public static Func<Task> CopyCurrentRequestContext(Action function) =>
        Context.RequireRequest(nameof(CopyCurrentRequestContext)).Copied(() => { function(); return Task.FromResult(true); });

    /// <inheritdoc cref="CopyCurrentRequestContext(Func{Task})"/>
    public static Func<Task<T>> CopyCurrentRequestContext<T>(Func<Task<T>> function) =>
        Context.RequireRequest(nameof(CopyCurrentRequestContext)).Copied(function);

    /// <summary>Runs a function once with the response of this request.</summary>
    public static void AfterThisRequest(Delegate function) => Context.RequireRequest(nameof(AfterThisRequest)).AfterThisRequest(function);
}
